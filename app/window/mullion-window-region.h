/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a window takes the pointer, from now on. Pixels are counted from the corner of the window.
 * @region: (nullable) (transfer full): NULL is all of it */
void mullion_window_region_set_shape   (GtkWindow      *window,
                                        cairo_region_t *region);
/* Nowhere, whatever its shape. */
void mullion_window_region_set_ignored (GtkWindow      *window,
                                        gboolean        is_ignored);

G_END_DECLS
