/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_undo (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_redo (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_cut (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_copy (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_paste (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_paste_and_match_style (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_delete (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_select_all (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_unselect (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_insert_text (MullionWebContents *self,
                                       const char         *text);

G_END_DECLS
