/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

/*
 * The module `shell`: links and files in other programs. Main process.
 *
 * A link is opened when the manifest lists its scheme, which is https unless it says more. A file is
 * opened, shown or thrown away when the user chose it in a dialog of this run: a page cannot name
 * others, so it cannot have a program of the user's started with a file of its choice.
 */

#define URL "[{\"type\":\"string\",\"maxLength\":8192}]"

static void
opened_link_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_shell_open_external_finish (result, &error);
  mullion_desktop_answer (event, error);
}

static gboolean
is_allowed (MullionDesktop *self,
            const char     *scheme)
{
  JsonObject *options = mullion_desktop_get_options (self);

  if (options == NULL || !json_object_has_member (options, "schemes"))
    return g_str_equal (scheme, "https");

  return mullion_desktop_is_listed (self, "schemes", scheme);
}

/* Security: here and not in the preload, whose process the page may have taken over. What is no
 * address at all is for the library to refuse. */
static gboolean
check_scheme (MullionDesktop  *self,
              const char      *url,
              GError         **error)
{
  g_autofree char *parsed = g_uri_parse_scheme (url);
  g_autofree char *scheme = parsed != NULL ? g_ascii_strdown (parsed, -1) : NULL;

  if (scheme == NULL || is_allowed (self, scheme))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
               "cannot open this link: the \"schemes\" of the capability \"shell\" do not list "
               "\"%.32s\"", scheme);
  return FALSE;
}

static void
open_external_cb (MullionIpcMainInvokeEvent *event,
                  JsonArray                 *args,
                  gpointer                   user_data)
{
  const char *url = json_array_get_string_element (args, 0);
  MullionBrowserWindow *window = mullion_desktop_get_window (event);
  GError *error = NULL;

  if (check_scheme (user_data, url, &error))
    mullion_shell_open_external_async (url, window != NULL ? GTK_WINDOW (window) : NULL,
                                       mullion_ipc_main_invoke_event_get_cancellable (event),
                                       opened_link_cb, g_object_ref (event));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

/* -- Files -- */

typedef void     (*Begin)  (const char           *path,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);
typedef gboolean (*Finish) (GAsyncResult         *result,
                            GError              **error);

typedef struct
{
  MullionIpcMainInvokeEvent *event;
  Finish finish;
} Call;

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Call *call = user_data;
  GError *error = NULL;

  call->finish (result, &error);
  mullion_desktop_answer (call->event, error);
  g_object_unref (call->event);
  g_free (call);
}

static void
use_file (MullionDesktop            *self,
          MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          Begin                      begin,
          Finish                     finish)
{
  const char *path = json_array_get_string_element (args, 0);
  GError *error = NULL;
  Call *call;

  if (!mullion_desktop_check_file (self, path, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  call = g_new0 (Call, 1);
  call->event = g_object_ref (event);
  call->finish = finish;
  begin (path, mullion_ipc_main_invoke_event_get_cancellable (event), called_cb, call);
}

static void
open_path_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  use_file (user_data, event, args, mullion_shell_open_path_async, mullion_shell_open_path_finish);
}

static void
show_item_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  use_file (user_data, event, args, mullion_shell_show_item_in_folder_async,
            mullion_shell_show_item_in_folder_finish);
}

static void
trash_item_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  use_file (user_data, event, args, mullion_shell_trash_item_async,
            mullion_shell_trash_item_finish);
}

static void
beep_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  mullion_shell_beep ();
  mullion_ipc_main_invoke_event_return (event, NULL);
}

/* -- The module -- */

/* The library has a list as well, for all of the app, which what is listed here must pass. */
static void
widen_schemes (JsonArray *listed)
{
  g_autoptr(GStrvBuilder) schemes = g_strv_builder_new ();
  g_auto(GStrv) all = NULL;

  g_strv_builder_add_many (schemes, "https", "http", "mailto", NULL);
  for (guint i = 0; i < json_array_get_length (listed); i++)
    g_strv_builder_add (schemes, json_array_get_string_element (listed, i));
  all = g_strv_builder_end (schemes);
  mullion_shell_set_external_schemes ((const char *const *) all);
}

static gpointer
open_module (MullionDesktop *desktop)
{
  JsonObject *options = mullion_desktop_get_options (desktop);

  if (options != NULL && json_object_has_member (options, "schemes"))
    widen_schemes (json_object_get_array_member (options, "schemes"));

  return NULL;
}

static const MullionDesktopMethod methods[] = {
  { "beep", beep_cb, MULLION_DESKTOP_NOTHING },
  { "openExternal", open_external_cb, URL },
  { "openPath", open_path_cb, MULLION_DESKTOP_PATH },
  { "showItemInFolder", show_item_cb, MULLION_DESKTOP_PATH },
  { "trashItem", trash_item_cb, MULLION_DESKTOP_PATH },
  { NULL },
};

const MullionDesktopModule mullion_desktop_shell = {
  .name = "shell",
  .methods = methods,
  .options = "{\"type\":\"object\",\"properties\":{\"schemes\":{\"type\":\"array\","
             "\"items\":{\"type\":\"string\",\"minLength\":1}}},\"additionalProperties\":false}",
  .open = open_module,
};
