/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-key-watch.h"

#include "mullion-key-names.h"
#include "mullion-web-contents-private.h"

/*
 * MullionKeyWatch: the keys that the user presses in a page, before the page gets them.
 *
 * Lives in the main process and belongs to the web contents. It hears of each key in GTK's capture
 * phase, which is before WebKit and before the accelerators of a menu.
 *
 * What the page has no use for, WebKit puts into GTK's queue again, the same event and not a copy,
 * for the accelerators to see. It must not be told of twice. WebKit does so in the order of the
 * keys, so that all that was told of before such an event can be forgotten.
 */

/* More than anybody types while a page thinks. */
#define MAX_TOLD 256

struct _MullionKeyWatch
{
  MullionWebContents *contents; /* (unowned): owns us */
  GtkEventController *controller;
  WebKitWebView *view;
  GQueue told; /* (owned) of GdkEvent, in their order */
  guint held;  /* the keycode that repeats when it is held down, or 0 */
};

static const struct
{
  GdkModifierType mask;
  const char *flag;
  const char *modifier; /* Chromium's */
} modifiers[] = {
  { GDK_SHIFT_MASK, "shift", "shift" },
  { GDK_CONTROL_MASK, "control", "control" },
  { GDK_ALT_MASK, "alt", "alt" },
  { GDK_SUPER_MASK | GDK_META_MASK, "meta", "meta" },
  { GDK_BUTTON1_MASK, NULL, "leftbuttondown" },
  { GDK_BUTTON2_MASK, NULL, "middlebuttondown" },
  { GDK_BUTTON3_MASK, NULL, "rightbuttondown" },
  { GDK_LOCK_MASK, NULL, "capslock" },
};

static gboolean
is_press (GdkEvent *event)
{
  return gdk_event_get_event_type (event) == GDK_KEY_PRESS;
}

/* The keyboard says what was held down before; a page is told what is held down with the key. */
static GdkModifierType
get_state (GdkEvent *event)
{
  GdkModifierType own = mullion_key_names_modifier (gdk_key_event_get_keyval (event));
  GdkModifierType state = gdk_event_get_modifier_state (event);

  return is_press (event) ? state | own : state & ~own;
}

static gboolean
is_composing (MullionWebContents *contents)
{
  WebKitInputMethodContext *context =
    webkit_web_view_get_input_method_context (mullion_web_contents_get_web_view (contents));
  g_autofree char *preedit = NULL;

  if (context != NULL)
    webkit_input_method_context_get_preedit (context, &preedit, NULL, NULL);

  return preedit != NULL && *preedit != '\0';
}

static void
add_modifiers (JsonObject         *input,
               GdkEvent           *event,
               MullionKeyLocation  location,
               gboolean            is_repeat)
{
  const char *const places[] = { NULL, "left", "right", "iskeypad" };
  GdkModifierType state = get_state (event);
  GdkDevice *keyboard = gdk_event_get_device (event);
  JsonArray *list = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (modifiers); i++)
    {
      if (modifiers[i].flag != NULL)
        json_object_set_boolean_member (input, modifiers[i].flag, (state & modifiers[i].mask) != 0);
      if ((state & modifiers[i].mask) != 0)
        json_array_add_string_element (list, modifiers[i].modifier);
    }
  if (keyboard != NULL && gdk_device_get_num_lock_state (keyboard))
    json_array_add_string_element (list, "numlock");
  if (places[location] != NULL)
    json_array_add_string_element (list, places[location]);
  if (is_repeat)
    json_array_add_string_element (list, "isautorepeat");
  json_object_set_array_member (input, "modifiers", list);
}

static JsonObject *
describe (MullionKeyWatch *self,
          GdkEvent        *event,
          gboolean         is_repeat)
{
  JsonObject *input = json_object_new ();
  g_autofree char *key = mullion_key_names_dup_key (gdk_key_event_get_keyval (event));
  const char *code = mullion_key_names_get_code (gdk_key_event_get_keycode (event));
  MullionKeyLocation location = mullion_key_names_locate (code);

  json_object_set_string_member (input, "type", is_press (event) ? "keyDown" : "keyUp");
  json_object_set_string_member (input, "key", key);
  json_object_set_string_member (input, "code", code);
  json_object_set_boolean_member (input, "isAutoRepeat", is_repeat);
  json_object_set_boolean_member (input, "isComposing", is_composing (self->contents));
  json_object_set_int_member (input, "location", location);
  add_modifiers (input, event, location, is_repeat);

  return input;
}

/* GDK does not say that a key repeats. Only the one that was pressed last does. */
static gboolean
note_held (MullionKeyWatch *self,
           GdkEvent        *event)
{
  guint keycode = gdk_key_event_get_keycode (event);
  gboolean was_held = self->held == keycode;

  if (is_press (event))
    self->held = keycode;
  else if (was_held)
    self->held = 0;

  return is_press (event) && was_held;
}

static void
forget (MullionKeyWatch *self,
        guint            n_told)
{
  while (n_told-- > 0)
    gdk_event_unref (g_queue_pop_head (&self->told));
}

/* Returns whether @event is one that WebKit gives back. */
static gboolean
note_told (MullionKeyWatch *self,
           GdkEvent        *event)
{
  int index = g_queue_index (&self->told, event);

  if (index >= 0)
    {
      forget (self, index + 1);
      return TRUE;
    }

  g_queue_push_tail (&self->told, gdk_event_ref (event));
  if (g_queue_get_length (&self->told) > MAX_TOLD)
    forget (self, 1);
  return FALSE;
}

static gboolean
is_listened_to (MullionWebContents *contents)
{
  return g_signal_has_handler_pending (contents,
                                       g_signal_lookup ("before-input-event",
                                                        MULLION_TYPE_WEB_CONTENTS), 0, FALSE);
}

/* Which key is held is noted all the same: somebody may begin to listen meanwhile. */
static gboolean
key_cb (MullionKeyWatch *self,
        GdkEvent        *event)
{
  g_autoptr(MullionWebContents) contents = g_object_ref (self->contents);
  g_autoptr(JsonObject) input = NULL;
  gboolean is_prevented = FALSE;
  gboolean is_repeat;

  if (note_told (self, event))
    return GDK_EVENT_PROPAGATE;

  is_repeat = note_held (self, event);
  if (mullion_web_contents_is_destroyed (contents) || !is_listened_to (contents))
    return GDK_EVENT_PROPAGATE;

  input = describe (self, event, is_repeat);
  g_signal_emit_by_name (contents, "before-input-event", input, &is_prevented);
  return is_prevented ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/* The Web Inspector may stand in the view, and its keys are not the page's. */
static gboolean
event_cb (GtkEventController *controller,
          GdkEvent           *event,
          MullionKeyWatch    *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if ((type != GDK_KEY_PRESS && type != GDK_KEY_RELEASE) ||
      !gtk_widget_is_focus (GTK_WIDGET (self->view)))
    return GDK_EVENT_PROPAGATE;

  return key_cb (self, event);
}

/* Where the key is let go is not heard then. */
static void
notify_focus_cb (MullionKeyWatch *self)
{
  self->held = 0;
}

void
mullion_key_watch_free (MullionKeyWatch *self)
{
  g_signal_handlers_disconnect_by_data (self->controller, self);
  g_signal_handlers_disconnect_by_data (self->view, self);
  g_object_unref (self->controller);
  g_object_unref (self->view);
  forget (self, g_queue_get_length (&self->told));
  g_free (self);
}

MullionKeyWatch *
mullion_key_watch_new (MullionWebContents *contents,
                       WebKitWebView      *view)
{
  MullionKeyWatch *self = g_new0 (MullionKeyWatch, 1);

  self->contents = contents;
  self->view = g_object_ref (view);
  self->controller = g_object_ref (gtk_event_controller_legacy_new ());
  g_queue_init (&self->told);
  gtk_event_controller_set_propagation_phase (self->controller, GTK_PHASE_CAPTURE);
  g_signal_connect (self->controller, "event", G_CALLBACK (event_cb), self);
  g_signal_connect_swapped (view, "notify::has-focus", G_CALLBACK (notify_focus_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (view), self->controller);

  return self;
}
