/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-display.h"

G_BEGIN_DECLS

#define DRIVER_TYPE_REMOTE_DESKTOP (driver_remote_desktop_get_type ())
G_DECLARE_FINAL_TYPE (DriverRemoteDesktop, driver_remote_desktop, DRIVER, REMOTE_DESKTOP,
                      DriverDisplay)

/* @app lives longer. Fails where the display that shows @place takes no input from programs. */
DriverDisplay *driver_remote_desktop_open (DriverApp          *app,
                                           const DriverPlace  *place,
                                           GError            **error);

G_END_DECLS
