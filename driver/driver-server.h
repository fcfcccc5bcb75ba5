/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DRIVER_TYPE_SERVER (driver_server_get_type ())
G_DECLARE_FINAL_TYPE (DriverServer, driver_server, DRIVER, SERVER, GObject)

/* @launcher: what runs an app's folder; @webkit_driver: WebKit's driver */
DriverServer *driver_server_new    (const char    *launcher,
                                    const char    *webkit_driver);

/* Listens on the loopback interface; port 0 chooses one. Returns the port, or 0. */
guint         driver_server_listen (DriverServer  *self,
                                    guint          port,
                                    GError       **error);

/* Ends all sessions and their apps. */
void          driver_server_stop   (DriverServer  *self);

G_END_DECLS
