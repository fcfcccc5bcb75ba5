/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-desktop.h"

#include "capabilities/mullion-capability.h"
#include "desktop/mullion-desktop-listeners.h"
#include "mullion-launcher-resources.h"

/*
 * The desktop for pages: what stands behind `require ('mullion/desktop')`. Main process.
 *
 * A module is a table of functions, each with its channel, its handler and the schema of its
 * arguments; which pages may call one is said by the capabilities and the grants of the manifest,
 * and checked before a handler runs. A module that the manifest does not name has handlers too, and
 * all that these do is to say so: a page finds nothing behind them, whatever it sends.
 */

/* Counted: menus of pages may be shown still when the set goes, and then tell nobody. */
struct _MullionDesktop
{
  const MullionDesktopModule *module;
  MullionCapabilitySet *set; /* (unowned): it owns us */
  JsonObject *options;       /* (nullable) */
  gpointer state;            /* (nullable) */
  MullionDesktopListeners *listeners; /* NULL where there are no events */
};

const char *
mullion_desktop_get_preload (void)
{
  /* The launcher is a static library, of which a program gets what it names. */
  g_assert (mullion_launcher_get_resource () != NULL);

  return "resource:///io/github/mullion/launcher/desktop-preload.js";
}

/* -- Channels -- */

static char *
make_channel (const MullionDesktopModule *module,
              const char                 *name)
{
  return g_strdup_printf ("mullion:desktop.%s.%s", module->name, name);
}

static void
handle (MullionCapabilitySet       *set,
        const MullionDesktopModule *module,
        const char                 *name,
        MullionIpcMainHandler       handler,
        gpointer                    data,
        MullionSchema              *schema)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (mullion_capability_set_get_app (set));
  g_autofree char *channel = make_channel (module, name);

  mullion_ipc_main_set_schema (ipc, channel, schema);
  mullion_capability_set_handle (set, channel, handler, data);
}

/* A source is looked for now and no earlier: before there was no display perhaps, and nobody to tell. */
static void
listen_cb (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  MullionDesktop *self = user_data;
  MullionWebFrameMain *frame = mullion_ipc_main_invoke_event_get_sender_frame (event);
  MullionWebContents *contents = mullion_desktop_find_contents (event);
  const char *name = json_array_get_string_element (args, 0);
  gpointer source = NULL;

  if (contents == NULL || frame == NULL)
    return;
  if (self->module->events_right != NULL &&
      !mullion_desktop_check_right (self, event, self->module->events_right))
    return;

  if (self->module->get_source != NULL)
    source = self->module->get_source (self, contents);
  mullion_desktop_listeners_add (self->listeners, frame, name, source);
  mullion_ipc_main_invoke_event_return (event, NULL);
  if (self->module->listened != NULL)
    self->module->listened (self, frame, name);
}

static void
stop_listening_cb (MullionIpcMainInvokeEvent *event,
                   JsonArray                 *args,
                   gpointer                   user_data)
{
  MullionDesktop *self = user_data;
  MullionWebFrameMain *frame = mullion_ipc_main_invoke_event_get_sender_frame (event);

  if (frame != NULL)
    mullion_desktop_listeners_remove (self->listeners, frame,
                                      json_array_get_string_element (args, 0));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

/* One argument: the name of an event. */
static MullionSchema *
create_event_schema (const MullionDesktopModule *module)
{
  g_autofree char *names = g_strjoinv ("\",\"", (char **) module->events);
  g_autofree char *text = g_strdup_printf ("[{\"enum\":[\"%s\"]}]", names);

  return mullion_schema_new_from_text (text, NULL);
}

static void
add_events (MullionDesktop *self)
{
  g_autoptr(MullionSchema) schema = create_event_schema (self->module);

  self->listeners = mullion_desktop_listeners_new (self->module->name);
  handle (self->set, self->module, "on", listen_cb, self, schema);
  handle (self->set, self->module, "off", stop_listening_cb, self, schema);
}

MullionDesktop *
mullion_desktop_ref (MullionDesktop *self)
{
  return g_rc_box_acquire (self);
}

void
mullion_desktop_unref (MullionDesktop *self)
{
  g_rc_box_release (self);
}

/* The handlers are gone by now. */
static void
close_desktop (gpointer data)
{
  MullionDesktop *self = data;

  if (self->state != NULL)
    self->module->close (g_steal_pointer (&self->state));
  g_clear_pointer (&self->listeners, mullion_desktop_listeners_free);
  g_clear_pointer (&self->options, json_object_unref);
  mullion_desktop_unref (self);
}

void
mullion_desktop_add (MullionCapabilitySet       *set,
                     const MullionDesktopModule *module,
                     JsonObject                 *options)
{
  MullionDesktop *self = g_rc_box_new0 (MullionDesktop);

  self->module = module;
  self->set = set;
  self->options = options != NULL ? json_object_ref (options) : NULL;
  mullion_capability_set_own (set, self, close_desktop);

  if (module->events != NULL)
    add_events (self);
  if (module->open != NULL)
    self->state = module->open (self);
  for (const MullionDesktopMethod *method = module->methods; method->name != NULL; method++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MullionSchema) schema = mullion_schema_new_from_text (method->arguments, &error);

      g_assert_no_error (error);
      handle (set, module, method->name, method->handler,
              self->state != NULL ? self->state : self, schema);
    }
}

static void
refuse_cb (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  const MullionDesktopModule *module = user_data;
  JsonObject *details = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), details);

  json_object_set_string_member (details, "capability", module->name);
  json_object_unref (details);
  mullion_ipc_main_invoke_event_return_error_with_details (
    event,
    g_error_new (MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                 "this app lacks the capability \"%s\": its package.json would have to name it in "
                 "\"mullion.capabilities\"", module->name),
    node);
}

void
mullion_desktop_refuse (MullionCapabilitySet       *set,
                        const MullionDesktopModule *module)
{
  gpointer data = (gpointer) module;

  for (const MullionDesktopMethod *method = module->methods; method->name != NULL; method++)
    handle (set, module, method->name, refuse_cb, data, NULL);
  if (module->events == NULL)
    return;
  handle (set, module, "on", refuse_cb, data, NULL);
  handle (set, module, "off", refuse_cb, data, NULL);
}

/* -- For the modules -- */

MullionCapabilitySet *
mullion_desktop_get_set (MullionDesktop *self)
{
  return self->set;
}

JsonObject *
mullion_desktop_get_options (MullionDesktop *self)
{
  return self->options;
}

gpointer
mullion_desktop_get_state (MullionDesktop *self)
{
  return self->state;
}

gboolean
mullion_desktop_check_right (MullionDesktop            *self,
                             MullionIpcMainInvokeEvent *event,
                             const char                *right)
{
  if (self->options == NULL || (json_object_has_member (self->options, right)
                                && json_object_get_boolean_member (self->options, right)))
    return TRUE;

  mullion_ipc_main_invoke_event_return_new_error (
    event, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
    "the capability \"%s\" of this app does not include \"%s\"", self->module->name, right);
  return FALSE;
}

gboolean
mullion_desktop_is_listed (MullionDesktop *self,
                           const char     *name,
                           const char     *text)
{
  JsonArray *list = self->options != NULL && json_object_has_member (self->options, name)
                      ? json_object_get_array_member (self->options, name) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (g_str_equal (json_array_get_string_element (list, i), text))
      return TRUE;

  return FALSE;
}

gboolean
mullion_desktop_is_listened_to (MullionDesktop *self,
                                const char     *event)
{
  return self->listeners != NULL && mullion_desktop_listeners_has (self->listeners, event);
}

void
mullion_desktop_tell (MullionDesktop      *self,
                      MullionWebFrameMain *frame,
                      const char          *event,
                      JsonArray           *details)
{
  if (self->listeners != NULL)
    mullion_desktop_listeners_tell (self->listeners, frame, event, details);
  else
    g_clear_pointer (&details, json_array_unref);
}

gboolean
mullion_desktop_check_file (MullionDesktop  *self,
                            const char      *path,
                            GError         **error)
{
  if (mullion_file_grants_has (mullion_capability_set_get_grants (self->set), path))
    return TRUE;

  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                       "the user did not choose this file in a dialog");
  return FALSE;
}

gboolean
mullion_desktop_check_icon (const char  *icon,
                            GError     **error)
{
  if (!g_path_is_absolute (icon) && strstr (icon, "..") == NULL && strchr (icon, ':') == NULL)
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
               "icon: expected a file of the app, or the name of an icon");
  return FALSE;
}

gboolean
mullion_desktop_check_icon_option (JsonObject  *options,
                                   GError     **error)
{
  JsonNode *node = options != NULL ? json_object_get_member (options, "icon") : NULL;
  const char *icon = node != NULL && JSON_NODE_HOLDS_VALUE (node)
                       && json_node_get_value_type (node) == G_TYPE_STRING
                         ? json_node_get_string (node) : NULL;

  return icon == NULL || mullion_desktop_check_icon (icon, error);
}

MullionBrowserWindow *
mullion_desktop_get_window (MullionIpcMainInvokeEvent *event)
{
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);

  return sender != NULL ? mullion_browser_window_from_web_contents (sender) : NULL;
}

MullionWebContents *
mullion_desktop_find_contents (MullionIpcMainInvokeEvent *event)
{
  MullionWebContents *contents = mullion_ipc_main_invoke_event_get_sender (event);

  if (contents == NULL)
    mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_GONE,
                                                    "the page is gone");
  return contents;
}

JsonObject *
mullion_desktop_get_object (JsonArray *args,
                            guint      index)
{
  return index < json_array_get_length (args) ? json_array_get_object_element (args, index) : NULL;
}

gboolean
mullion_desktop_read_rectangle (JsonObject   *object,
                                GdkRectangle *rectangle)
{
  if (object == NULL)
    return FALSE;

  rectangle->x = (int) json_object_get_int_member (object, "x");
  rectangle->y = (int) json_object_get_int_member (object, "y");
  rectangle->width = (int) json_object_get_int_member (object, "width");
  rectangle->height = (int) json_object_get_int_member (object, "height");

  return TRUE;
}

void
mullion_desktop_answer (MullionIpcMainInvokeEvent *event,
                        GError                    *error)
{
  if (error != NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_ipc_main_invoke_event_return (event, NULL);
}

void
mullion_desktop_answer_text (MullionIpcMainInvokeEvent *event,
                             char                      *text,
                             GError                    *error)
{
  if (text == NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_ipc_main_invoke_event_return (event, mullion_value_new_string (text, -1));
  g_free (text);
}

void
mullion_desktop_answer_texts (MullionIpcMainInvokeEvent *event,
                              const char *const         *texts)
{
  g_autoptr(JsonArray) answer = json_array_new ();

  for (gsize i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (answer, texts[i]);
  mullion_ipc_main_invoke_event_return (event, json_node_init_array (json_node_alloc (), answer));
}

void
mullion_desktop_answer_bytes (MullionIpcMainInvokeEvent *event,
                              GBytes                    *bytes,
                              GError                    *error)
{
  if (bytes == NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_ipc_main_invoke_event_return (event, mullion_value_new_bytes (bytes));
}

void
mullion_desktop_answer_boolean (MullionIpcMainInvokeEvent *event,
                                gboolean                   value)
{
  mullion_ipc_main_invoke_event_return (event, json_node_init_boolean (json_node_alloc (), value));
}

void
mullion_desktop_answer_number (MullionIpcMainInvokeEvent *event,
                               double                     value)
{
  mullion_ipc_main_invoke_event_return (event, mullion_value_new_number (value));
}
