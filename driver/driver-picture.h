/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <X11/Xlib.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full): a PNG of a window as it is on the display, with its frame and with the menus that
 * the process @pid has open. */
GBytes *driver_picture_take (Display  *display,
                             gulong    window,
                             int       pid,
                             GError  **error);

G_END_DECLS
