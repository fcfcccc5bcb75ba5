/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_SCREEN (mullion_screen_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionScreen, mullion_screen, MULLION, SCREEN, GObject)

MULLION_AVAILABLE_IN_ALL
MullionScreen *mullion_screen_get_default               (void);

MULLION_AVAILABLE_IN_ALL
JsonArray     *mullion_screen_get_all_displays          (MullionScreen      *self);
MULLION_AVAILABLE_IN_ALL
JsonObject    *mullion_screen_get_primary_display       (MullionScreen      *self);
MULLION_AVAILABLE_IN_ALL
JsonObject    *mullion_screen_get_display_nearest_point (MullionScreen      *self,
                                                         int                 x,
                                                         int                 y);
MULLION_AVAILABLE_IN_ALL
JsonObject    *mullion_screen_get_display_matching      (MullionScreen      *self,
                                                         const GdkRectangle *rectangle);
MULLION_AVAILABLE_IN_ALL
gboolean       mullion_screen_get_cursor_screen_point   (MullionScreen      *self,
                                                         int                *x,
                                                         int                *y);

G_END_DECLS
