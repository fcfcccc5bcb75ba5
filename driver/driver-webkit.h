/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-answer.h"
#include "driver-process.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define DRIVER_TYPE_WEBKIT (driver_webkit_get_type ())
G_DECLARE_FINAL_TYPE (DriverWebKit, driver_webkit, DRIVER, WEBKIT, GObject)

/* Starts WebKit's driver for the pages behind @inspector_port. */
DriverWebKit *driver_webkit_start   (const char    *program,
                                     guint          inspector_port,
                                     GError       **error);

/* (transfer none) */
DriverProcess *driver_webkit_get_process (DriverWebKit *self);

/* (transfer full): begins its session, and returns its capabilities. */
JsonObject   *driver_webkit_begin   (DriverWebKit  *self,
                                     JsonObject    *capabilities,
                                     GError       **error);

/* Whether it has given its session up, as it does when the web process of a page dies. */
gboolean      driver_webkit_has_lost_session (DriverWebKit *self);

/* A command of the session as a client has it; @path is what follows the session's id. */
DriverAnswer *driver_webkit_forward (DriverWebKit  *self,
                                     const char    *method,
                                     const char    *path,
                                     GBytes        *body,
                                     GError       **error);

/* (transfer full): the value that a command is answered with. @failure (out) (transfer full): what
 * WebKit's driver itself answered when it refused. */
JsonNode     *driver_webkit_call    (DriverWebKit  *self,
                                     const char    *method,
                                     const char    *path,
                                     JsonNode      *body,
                                     DriverAnswer **failure,
                                     GError       **error);

G_END_DECLS
