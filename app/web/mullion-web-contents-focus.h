/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_focus (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_is_focused (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_scroll_to_top (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_scroll_to_bottom (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_is_currently_audible (MullionWebContents *self);

G_END_DECLS
