/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* What the launcher calls: first the handlers, then, once the app is ready, the first window.
 * @place: (nullable): the name of a page, and perhaps "/" and a word for it */
void mullion_gallery_register (MullionApp *app);
void mullion_gallery_open     (MullionApp *app,
                               const char *place);

/* What the files of this folder share: each pattern registers itself, and windows are made in
 * one place. @page is the name of a page, such as "notes". */
typedef enum
{
  GALLERY_WINDOW_MAIN,
  GALLERY_WINDOW_SMALL,
  GALLERY_WINDOW_REMOTE,
} GalleryWindowKind;

MullionBrowserWindow *gallery_open_window (MullionApp        *app,
                                           GalleryWindowKind  kind,
                                           const char        *page);

void gallery_app_register          (MullionApp *app);
void gallery_appearance_register   (MullionApp *app);
void gallery_ask_register          (MullionApp *app);
void gallery_binary_register       (MullionApp *app);
void gallery_bus_register          (MullionApp *app);
void gallery_cancel_register       (MullionApp *app);
void gallery_chat_register         (MullionApp *app);
void gallery_clipboard_register    (MullionApp *app);
void gallery_crash_register        (MullionApp *app);
void gallery_devtools_register     (MullionApp *app);
void gallery_dialogs_register      (MullionApp *app);
void gallery_downloads_register    (MullionApp *app);
void gallery_drag_register         (MullionApp *app);
void gallery_errors_register       (MullionApp *app);
void gallery_invoke_register       (MullionApp *app);
void gallery_legacy_register       (MullionApp *app);
void gallery_menu_register         (MullionApp *app);
void gallery_messages_register     (MullionApp *app);
void gallery_node_register         (MullionApp *app);
void gallery_node_ipc_register     (MullionApp *app);
void gallery_notes_register        (MullionApp *app);
void gallery_notification_register (MullionApp *app);
void gallery_permissions_register  (MullionApp *app);
void gallery_ports_register        (MullionApp *app);
void gallery_power_register        (MullionApp *app);
void gallery_print_register        (MullionApp *app);
void gallery_push_register         (MullionApp *app);
void gallery_screens_register      (MullionApp *app);
void gallery_secrets_register      (MullionApp *app);
void gallery_session_register      (MullionApp *app);
void gallery_shared_register       (MullionApp *app);
void gallery_shell_register        (MullionApp *app);
void gallery_shortcuts_register    (MullionApp *app);
void gallery_streams_register      (MullionApp *app);
void gallery_sync_register         (MullionApp *app);
void gallery_system_register       (MullionApp *app);
void gallery_tray_register         (MullionApp *app);
void gallery_welcome_register      (MullionApp *app);
void gallery_windows_register      (MullionApp *app);

G_END_DECLS
