/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-replies.h"

/*
 * Keys that are heard wherever the focus is.
 *
 * The page chooses from those below. One that could name any key would hear what the user types into
 * other programs.
 */

#define MAX_ACCELERATOR 40

static const char *const accelerators[] = {
  "CmdOrCtrl+Alt+M", "CmdOrCtrl+Shift+F9", "Super+F12", "MediaPlayPause", NULL,
};

static void
pressed_cb (const char *accelerator,
            gpointer    user_data)
{
  gallery_tell_pages ("shortcuts:pressed",
                      gallery_args_new (gallery_string_node (accelerator), NULL));
}

/* (nullable): what the page named, if it is one of ours. */
static const char *
get_accelerator (JsonArray  *args,
                 GError    **error)
{
  const char *accelerator = gallery_args_get_string (args, 0, MAX_ACCELERATOR, error);

  if (accelerator == NULL || g_strv_contains (accelerators, accelerator))
    return accelerator;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "The Gallery has no shortcut %s", accelerator);
  return NULL;
}

static void
registered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_global_shortcut_register_finish (result, &error);
  gallery_reply (event, error);
}

/* It takes a while: on Wayland the portal may ask the user. */
static void
register_shortcut (MullionIpcMainInvokeEvent *event,
                   JsonArray                 *args,
                   gpointer                   user_data)
{
  GError *error = NULL;
  const char *accelerator = get_accelerator (args, &error);

  if (accelerator == NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_global_shortcut_register_async (accelerator, pressed_cb, NULL, NULL, NULL,
                                            registered_cb, g_object_ref (event));
}

static void
unregister_shortcut (MullionIpcMainInvokeEvent *event,
                     JsonArray                 *args,
                     gpointer                   user_data)
{
  GError *error = NULL;
  const char *accelerator = get_accelerator (args, &error);

  if (accelerator != NULL)
    mullion_global_shortcut_unregister (accelerator);
  gallery_reply (event, error);
}

/* Which there are, and which of them are ours at the moment. */
static void
list_shortcuts (MullionIpcMainInvokeEvent *event,
                JsonArray                 *args,
                gpointer                   user_data)
{
  g_autoptr(JsonObject) all = json_object_new ();

  for (gsize i = 0; accelerators[i] != NULL; i++)
    json_object_set_boolean_member (all, accelerators[i],
                                    mullion_global_shortcut_is_registered (accelerators[i]));
  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), all));
}

void
gallery_shortcuts_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "shortcuts:list", list_shortcuts, NULL, NULL);
  mullion_ipc_main_handle (ipc, "shortcuts:register", register_shortcut, NULL, NULL);
  mullion_ipc_main_handle (ipc, "shortcuts:unregister", unregister_shortcut, NULL, NULL);
}
