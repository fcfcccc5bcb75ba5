/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop-listeners.h"

/*
 * MullionDesktopListeners: which documents hear of the events of one module. Main process.
 *
 * A document is told only what it asked for, as long as it is there: it is forgotten when it goes. It
 * can ask once for each event, so pages cannot make this grow. An object is followed for as long as a
 * document hears of it, so a window that a page listened to goes with its page.
 */

struct _MullionDesktopListeners
{
  char *channel;
  GPtrArray *all; /* of Listener (owned) */
};

typedef struct
{
  MullionDesktopListeners *owner;
  MullionWebFrameMain *frame;
  gulong detached;
  const char *event; /* interned */
  GObject *source;   /* (nullable): whose signal the event is */
  gulong told;
} Listener;

static void
free_listener (gpointer data)
{
  Listener *listener = data;

  g_clear_signal_handler (&listener->told, listener->source);
  g_clear_object (&listener->source);
  g_clear_signal_handler (&listener->detached, listener->frame);
  g_object_unref (listener->frame);
  g_free (listener);
}

MullionDesktopListeners *
mullion_desktop_listeners_new (const char *module)
{
  MullionDesktopListeners *self = g_new0 (MullionDesktopListeners, 1);

  self->channel = g_strdup_printf ("mullion:desktop.%s.event", module);
  self->all = g_ptr_array_new_with_free_func (free_listener);

  return self;
}

void
mullion_desktop_listeners_free (MullionDesktopListeners *self)
{
  g_ptr_array_unref (self->all);
  g_free (self->channel);
  g_free (self);
}

static gboolean
find (MullionDesktopListeners *self,
      MullionWebFrameMain     *frame,
      const char              *event,
      guint                   *index)
{
  for (*index = 0; *index < self->all->len; (*index)++)
    {
      Listener *listener = self->all->pdata[*index];

      if (listener->frame == frame && g_str_equal (listener->event, event))
        return TRUE;
    }

  return FALSE;
}

static void
detached_cb (Listener *listener)
{
  g_ptr_array_remove_fast (listener->owner->all, listener);
}

static JsonArray *
copy_details (const char *event,
              JsonArray  *details)
{
  JsonArray *copy = json_array_new ();

  json_array_add_string_element (copy, event);
  for (guint i = 0; details != NULL && i < json_array_get_length (details); i++)
    json_array_add_element (copy, json_array_dup_element (details, i));

  return copy;
}

static void
tell (Listener  *listener,
      JsonArray *details)
{
  mullion_web_frame_main_send (listener->frame, listener->owner->channel,
                               copy_details (listener->event, details));
}

gboolean
mullion_desktop_listeners_has (MullionDesktopListeners *self,
                               const char              *event)
{
  for (guint i = 0; i < self->all->len; i++)
    if (g_str_equal (((Listener *) self->all->pdata[i])->event, event))
      return TRUE;

  return FALSE;
}

void
mullion_desktop_listeners_tell (MullionDesktopListeners *self,
                                MullionWebFrameMain     *frame,
                                const char              *event,
                                JsonArray               *details)
{
  for (guint i = 0; i < self->all->len; i++)
    {
      Listener *listener = self->all->pdata[i];

      if (g_str_equal (listener->event, event) && (frame == NULL || frame == listener->frame))
        tell (listener, details);
    }
  g_clear_pointer (&details, json_array_unref);
}

/* -- Signals -- */

static JsonNode *
describe_texts (const char *const *texts)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_init_array (json_node_alloc (), array);

  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  json_array_unref (array);

  return node;
}

/* What our signals carry: booleans, numbers, texts, lists of texts, and JSON. */
static JsonNode *
describe_value (const GValue *value)
{
  GType type = G_VALUE_TYPE (value);
  JsonNode *node;

  if (type == G_TYPE_STRV)
    return describe_texts (g_value_get_boxed (value));
  node = json_node_alloc ();
  if (type == G_TYPE_BOOLEAN)
    return json_node_init_boolean (node, g_value_get_boolean (value));
  if (type == G_TYPE_INT)
    return json_node_init_int (node, g_value_get_int (value));
  if (type == G_TYPE_UINT)
    return json_node_init_int (node, g_value_get_uint (value));
  if (type == G_TYPE_STRING && g_value_get_string (value) != NULL)
    return json_node_init_string (node, g_value_get_string (value));
  if (type == JSON_TYPE_OBJECT && g_value_get_boxed (value) != NULL)
    return json_node_init_object (node, g_value_get_boxed (value));
  if (type == JSON_TYPE_ARRAY && g_value_get_boxed (value) != NULL)
    return json_node_init_array (node, g_value_get_boxed (value));

  return json_node_init_null (node);
}

static void
marshal_event (GClosure     *closure,
               GValue       *result,
               guint         n_values,
               const GValue *values,
               gpointer      hint,
               gpointer      data)
{
  g_autoptr(JsonArray) details = json_array_new ();

  /* The first value is the object itself. */
  for (guint i = 1; i < n_values; i++)
    json_array_add_element (details, describe_value (&values[i]));
  tell (closure->data, details);
}

static void
follow (Listener *listener,
        GObject  *source)
{
  GClosure *closure = g_closure_new_simple (sizeof (GClosure), listener);

  g_closure_set_marshal (closure, marshal_event);
  listener->source = g_object_ref (source);
  listener->told = g_signal_connect_closure (source, listener->event, closure, FALSE);
}

void
mullion_desktop_listeners_add (MullionDesktopListeners *self,
                               MullionWebFrameMain     *frame,
                               const char              *event,
                               gpointer                 source)
{
  Listener *listener;
  guint index;

  if (mullion_web_frame_main_is_detached (frame) || find (self, frame, event, &index))
    return;

  listener = g_new0 (Listener, 1);
  listener->owner = self;
  listener->frame = g_object_ref (frame);
  listener->event = g_intern_string (event);
  listener->detached = g_signal_connect_swapped (frame, "detached", G_CALLBACK (detached_cb),
                                                 listener);
  if (source != NULL)
    follow (listener, source);
  g_ptr_array_add (self->all, listener);
}

void
mullion_desktop_listeners_remove (MullionDesktopListeners *self,
                                  MullionWebFrameMain     *frame,
                                  const char              *event)
{
  guint index;

  if (find (self, frame, event, &index))
    g_ptr_array_remove_index_fast (self->all, index);
}
