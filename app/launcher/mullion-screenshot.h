/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

#define MULLION_TYPE_SCREENSHOT (mullion_screenshot_get_type ())

G_DECLARE_FINAL_TYPE (MullionScreenshot, mullion_screenshot, MULLION, SCREENSHOT, GObject)

/* Takes one picture of @window once its page is painted. Make it before the page is loaded.
 * Emits `done` once, with NULL or what went wrong. */
MullionScreenshot *mullion_screenshot_new      (MullionBrowserWindow *window,
                                                const char           *file,
                                                guint                 timeout);
/* The size that the page itself shall have, without what the window draws around it. */
void               mullion_screenshot_set_size (MullionScreenshot    *self,
                                                int                   width,
                                                int                   height);

G_END_DECLS
