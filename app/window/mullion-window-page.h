/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* Has @window take on what its page says, until it leaves it. */
void mullion_window_page_follow (MullionBrowserWindow *window,
                                 MullionWebContents   *contents);
void mullion_window_page_leave  (MullionBrowserWindow *window,
                                 MullionWebContents   *contents);

G_END_DECLS
