/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a program writes to its standard output and error. Any thread may use it. */
typedef struct _DriverLog DriverLog;

/* Reads till the end of @pipe, and passes it on to the driver's own standard error. */
DriverLog *driver_log_new   (GInputStream *pipe);
DriverLog *driver_log_ref   (DriverLog    *self);
void       driver_log_unref (DriverLog    *self);

/* (transfer full): what was written since the last time, as UTF-8 */
char      *driver_log_take  (DriverLog    *self);

G_END_DECLS
