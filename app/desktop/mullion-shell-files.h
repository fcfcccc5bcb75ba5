/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
void     mullion_shell_open_path_async            (const char           *path,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_shell_open_path_finish           (GAsyncResult         *result,
                                                   GError              **error);
MULLION_AVAILABLE_IN_ALL
void     mullion_shell_show_item_in_folder_async  (const char           *path,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_shell_show_item_in_folder_finish (GAsyncResult         *result,
                                                   GError              **error);
MULLION_AVAILABLE_IN_ALL
void     mullion_shell_trash_item_async           (const char           *path,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_shell_trash_item_finish          (GAsyncResult         *result,
                                                   GError              **error);
MULLION_AVAILABLE_IN_ALL
void     mullion_shell_beep                       (void);

G_END_DECLS
