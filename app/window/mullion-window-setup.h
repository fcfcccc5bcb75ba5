/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-window-options.h"

G_BEGIN_DECLS

void mullion_window_setup_apply            (GtkWindow                  *window,
                                            const MullionWindowOptions *options);
gboolean mullion_window_setup_set_icon     (GtkWindow                  *window,
                                            const char                 *icon,
                                            const char                 *app_path,
                                            GError                    **error);
void mullion_window_setup_set_background   (GtkWindow                  *window,
                                            WebKitWebView              *view,
                                            const GdkRGBA              *color);
void mullion_window_setup_limit            (GtkWindow                  *window,
                                            const MullionWindowOptions *options);
void mullion_window_setup_resize           (GtkWindow                  *window,
                                            const MullionWindowOptions *options,
                                            int                         width,
                                            int                         height);
void mullion_window_setup_resize_content   (GtkWindow                  *window,
                                            const MullionWindowOptions *options);
void mullion_window_setup_keep_within      (GtkWindow                  *window,
                                            const MullionWindowOptions *options);

G_END_DECLS
