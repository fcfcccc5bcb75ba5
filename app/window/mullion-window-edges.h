/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives @window, which has no frame, edges that it is resized by, above all that is in @content. */
void mullion_window_edges_add (GtkWindow  *window,
                               GtkOverlay *content);

G_END_DECLS
