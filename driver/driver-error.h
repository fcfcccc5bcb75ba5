/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a command can fail with: the errors of the WebDriver standard, in its order. */
#define DRIVER_ERROR (driver_error_quark ())

typedef enum
{
  DRIVER_ERROR_CLICK_INTERCEPTED,
  DRIVER_ERROR_NOT_INTERACTABLE,
  DRIVER_ERROR_INVALID_ARGUMENT,
  DRIVER_ERROR_INVALID_COOKIE_DOMAIN,
  DRIVER_ERROR_INVALID_SESSION,
  DRIVER_ERROR_JAVASCRIPT,
  DRIVER_ERROR_MOVE_OUT_OF_BOUNDS,
  DRIVER_ERROR_NO_SUCH_WINDOW,
  DRIVER_ERROR_SESSION_NOT_CREATED,
  DRIVER_ERROR_TIMEOUT,
  DRIVER_ERROR_UNKNOWN_COMMAND,
  DRIVER_ERROR_UNKNOWN,
  DRIVER_ERROR_UNKNOWN_METHOD,
  DRIVER_ERROR_UNSUPPORTED,
  /* Any other that WebKit's driver has answered with: its name stands before the message. */
  DRIVER_ERROR_OF_WEBKIT,
} DriverError;

GQuark      driver_error_quark      (void);

/* The name on the wire, such as "no such window", and the HTTP status that goes with it. */
const char *driver_error_get_name   (const GError *error);
guint       driver_error_get_status (const GError *error);

G_END_DECLS
