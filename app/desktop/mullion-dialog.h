/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
void      mullion_dialog_show_open_dialog_async   (MullionBrowserWindow *window,
                                                   JsonObject           *options,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
char    **mullion_dialog_show_open_dialog_finish  (GAsyncResult         *result,
                                                   GError              **error);
MULLION_AVAILABLE_IN_ALL
void      mullion_dialog_show_save_dialog_async   (MullionBrowserWindow *window,
                                                   JsonObject           *options,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
gboolean  mullion_dialog_show_save_dialog_finish  (GAsyncResult         *result,
                                                   char                **file_path,
                                                   GError              **error);
MULLION_AVAILABLE_IN_ALL
void      mullion_dialog_show_message_box_async   (MullionBrowserWindow *window,
                                                   JsonObject           *options,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
int       mullion_dialog_show_message_box_finish  (GAsyncResult         *result,
                                                   gboolean             *checkbox_checked,
                                                   GError              **error);
MULLION_AVAILABLE_IN_ALL
void      mullion_dialog_show_error_box           (const char           *title,
                                                   const char           *content);

MULLION_AVAILABLE_IN_ALL
gboolean  mullion_dialog_answer_next              (JsonObject           *answer,
                                                   GError              **error);
MULLION_AVAILABLE_IN_ALL
JsonNode *mullion_dialog_dup_record               (void);

G_END_DECLS
