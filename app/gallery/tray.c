/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-replies.h"

/*
 * An icon in the tray, with a menu, and what the user does with it.
 *
 * There is one, of the app and not of a page: it stays when the page goes. A desktop without a tray
 * says so, and the icon appears when one comes.
 */

#define MAX_TEXT 200

static const char menu_template[] =
  "[ { \"id\": \"clean\", \"label\": \"&Clean the Panes\" },"
  "  { \"id\": \"shutters\", \"label\": \"&Shutters\", \"type\": \"checkbox\" } ]";

static MullionTray *tray; /* (nullable): not shown */

static void
tell (const char *event,
      const char *detail)
{
  gallery_tell_pages ("tray:event", gallery_args_new (gallery_string_node (event),
                                                      gallery_string_node (detail), NULL));
}

static void
click_cb (MullionTray *icon,
          int          x,
          int          y)
{
  g_autofree char *place = g_strdup_printf ("%d, %d", x, y);

  tell ("click", place);
}

static void
scroll_cb (MullionTray    *icon,
           int             delta,
           GtkOrientation  orientation)
{
  g_autofree char *way = g_strdup_printf ("%d", delta);

  tell ("scroll", way);
}

static void
failed_cb (MullionTray  *icon,
           const GError *error)
{
  tell ("failed", error->message);
}

/* Chosen where no window of ours may have the focus: so it is told to all of them. */
static void
chosen_cb (MullionMenuItem *item)
{
  gboolean is_shutters = g_str_equal (mullion_menu_item_get_id (item), "shutters");

  if (!is_shutters)
    tell ("menu", "The panes are clean");
  else
    tell ("menu", mullion_menu_item_get_checked (item) ? "The shutters are closed"
                                                       : "The shutters are open");
}

static void
listen_to (MullionMenu *menu,
           const char  *id)
{
  g_signal_connect (mullion_menu_get_menu_item_by_id (menu, id), "click", G_CALLBACK (chosen_cb),
                    NULL);
}

static MullionTray *
create_tray (void)
{
  g_autoptr(MullionMenu) menu = mullion_menu_new_from_json (menu_template, NULL);
  MullionTray *icon = mullion_tray_new ("logo.svg");

  listen_to (menu, "clean");
  listen_to (menu, "shutters");
  g_signal_connect (icon, "click", G_CALLBACK (click_cb), NULL);
  g_signal_connect (icon, "scroll", G_CALLBACK (scroll_cb), NULL);
  g_signal_connect (icon, "failed", G_CALLBACK (failed_cb), NULL);
  mullion_tray_set_context_menu (icon, menu);
  return icon;
}

/* Shown again, it changes what it says. */
static void
show (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  GError *error = NULL;
  const char *tool_tip = gallery_args_get_string (args, 0, MAX_TEXT, &error);

  if (tool_tip == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  if (tray == NULL)
    tray = create_tray ();
  mullion_tray_set_tool_tip (tray, tool_tip);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
hide (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  if (tray != NULL)
    mullion_tray_destroy (tray);
  g_clear_object (&tray);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
will_quit_cb (void)
{
  g_clear_object (&tray);
}

void
gallery_tray_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "tray:show", show, NULL, NULL);
  mullion_ipc_main_handle (ipc, "tray:hide", hide, NULL, NULL);
  g_signal_connect (app, "will-quit", G_CALLBACK (will_quit_cb), NULL);
}
