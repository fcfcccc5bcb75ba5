/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-web-contents-view.h"
#include "mullion-window-options.h"

G_BEGIN_DECLS

/* (transfer floating): the page of a window, with what lies above it */
GtkWidget *mullion_window_content_new          (GtkWidget                  *view,
                                                const MullionWindowOptions *options);

void       mullion_window_content_add_view     (GtkWidget                  *content,
                                                MullionWebContentsView     *child);
gboolean   mullion_window_content_remove_view  (GtkWidget                  *content,
                                                MullionWebContentsView     *child);

/* (transfer container): the lowest first */
GList     *mullion_window_content_list_views   (GtkWidget                  *content);

G_END_DECLS
