/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-browser-window.h"

G_BEGIN_DECLS

typedef void (*MullionAutomationFocused) (gpointer user_data);

/* Notes from now on when @window has the focus: each has to be watched from its beginning. */
void mullion_automation_focus_watch (MullionBrowserWindow *window);

/* Shows @window, and calls @focused once keys go to it, or will never. */
void mullion_automation_focus (MullionBrowserWindow     *window,
                               MullionAutomationFocused  focused,
                               gpointer                  user_data);

G_END_DECLS
