/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_TRAY (mullion_tray_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionTray, mullion_tray, MULLION, TRAY, GObject)

MULLION_AVAILABLE_IN_ALL
MullionTray *mullion_tray_new              (const char  *image);

MULLION_AVAILABLE_IN_ALL
void         mullion_tray_set_image        (MullionTray *self,
                                            const char  *image);
MULLION_AVAILABLE_IN_ALL
void         mullion_tray_set_tool_tip     (MullionTray *self,
                                            const char  *tool_tip);
MULLION_AVAILABLE_IN_ALL
void         mullion_tray_set_title        (MullionTray *self,
                                            const char  *title);
MULLION_AVAILABLE_IN_ALL
const char  *mullion_tray_get_title        (MullionTray *self);
MULLION_AVAILABLE_IN_ALL
void         mullion_tray_set_context_menu (MullionTray *self,
                                            MullionMenu *menu);
MULLION_AVAILABLE_IN_ALL
gboolean     mullion_tray_get_needs_attention (MullionTray *self);
MULLION_AVAILABLE_IN_ALL
void         mullion_tray_set_needs_attention (MullionTray *self,
                                               gboolean     needs_attention);
MULLION_AVAILABLE_IN_ALL
void         mullion_tray_destroy          (MullionTray *self);
MULLION_AVAILABLE_IN_ALL
gboolean     mullion_tray_is_destroyed     (MullionTray *self);

G_END_DECLS
