/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_WEB_CONTENTS_VIEW (mullion_web_contents_view_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionWebContentsView, mullion_web_contents_view,
                      MULLION, WEB_CONTENTS_VIEW, GtkWidget)

MULLION_AVAILABLE_IN_ALL
MullionWebContentsView *mullion_web_contents_view_new              (MullionApp             *app,
                                                                    JsonObject             *options);

MULLION_AVAILABLE_IN_ALL
MullionWebContents     *mullion_web_contents_view_get_web_contents (MullionWebContentsView *self);

MULLION_AVAILABLE_IN_ALL
void                    mullion_web_contents_view_set_bounds       (MullionWebContentsView *self,
                                                                    const GdkRectangle     *bounds);
MULLION_AVAILABLE_IN_ALL
void                    mullion_web_contents_view_get_bounds       (MullionWebContentsView *self,
                                                                    GdkRectangle           *bounds);

MULLION_AVAILABLE_IN_ALL
void                    mullion_web_contents_view_set_background_color
                                                                   (MullionWebContentsView *self,
                                                                    const GdkRGBA          *color);
MULLION_AVAILABLE_IN_ALL
void                    mullion_web_contents_view_set_border_radius
                                                                   (MullionWebContentsView *self,
                                                                    int                     radius);

G_END_DECLS
