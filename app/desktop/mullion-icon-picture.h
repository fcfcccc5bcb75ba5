/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Draws an icon of the desktop, @size pixels wide and high. */
void        mullion_icon_picture_create_async  (GIcon                *icon,
                                                int                   size,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
/* (transfer full): %NULL with @error set, which is NOT_FOUND where the theme has no such icon */
GdkTexture *mullion_icon_picture_create_finish (GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
