/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-dialog.h"

G_BEGIN_DECLS

/* An open dialog that a page asks for; mullion_dialog_show_open_dialog_finish () ends it.
 * @window: (nullable); @filter: (nullable): of types that the page takes */
void mullion_dialog_open_for_page_async (MullionBrowserWindow *window,
                                         JsonObject           *options,
                                         GtkFileFilter        *filter,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);

G_END_DECLS
