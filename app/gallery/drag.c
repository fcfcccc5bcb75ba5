/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-files.h"
#include "gallery-replies.h"

/*
 * Files that cross the edge of the window, either way.
 *
 * Out: the page says that a drag began, and never of what: a file that is written here. In: the paths are
 * for the preload script, which hands the page no more than names.
 */

#define FILE_NAME "A pane of glass.svg"

static const char picture[] =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'>"
  "<rect x='4' y='4' width='56' height='56' rx='6' fill='#3584e4'/></svg>\n";

/* Only while the user holds the button down in the page, and once for each press. */
static void
start (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  GError *error = NULL;
  g_autofree char *path = gallery_write_file (user_data, FILE_NAME, picture, &error);
  const char *const files[] = { path, NULL };

  if (path != NULL)
    mullion_web_contents_start_drag (mullion_ipc_main_invoke_event_get_sender (event), files, path,
                                     &error);
  gallery_reply (event, error);
}

void
gallery_drag_register (MullionApp *app)
{
  mullion_ipc_main_handle (mullion_app_get_ipc_main (app), "drag:start", start, app, NULL);
}
