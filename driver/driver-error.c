/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-error.h"

/* The errors of the WebDriver standard: https://www.w3.org/TR/webdriver2/#errors */

G_DEFINE_QUARK (driver-error-quark, driver_error)

static const struct
{
  const char *name;
  guint status;
} errors[] = {
  [DRIVER_ERROR_CLICK_INTERCEPTED] = { "element click intercepted", 400 },
  [DRIVER_ERROR_NOT_INTERACTABLE] = { "element not interactable", 400 },
  [DRIVER_ERROR_INVALID_ARGUMENT] = { "invalid argument", 400 },
  [DRIVER_ERROR_INVALID_COOKIE_DOMAIN] = { "invalid cookie domain", 400 },
  [DRIVER_ERROR_INVALID_SESSION] = { "invalid session id", 404 },
  [DRIVER_ERROR_JAVASCRIPT] = { "javascript error", 500 },
  [DRIVER_ERROR_MOVE_OUT_OF_BOUNDS] = { "move target out of bounds", 500 },
  [DRIVER_ERROR_NO_SUCH_WINDOW] = { "no such window", 404 },
  [DRIVER_ERROR_SESSION_NOT_CREATED] = { "session not created", 500 },
  [DRIVER_ERROR_TIMEOUT] = { "timeout", 500 },
  [DRIVER_ERROR_UNKNOWN_COMMAND] = { "unknown command", 404 },
  [DRIVER_ERROR_UNKNOWN] = { "unknown error", 500 },
  [DRIVER_ERROR_UNKNOWN_METHOD] = { "unknown method", 405 },
  [DRIVER_ERROR_UNSUPPORTED] = { "unsupported operation", 500 },
};

static int
get_code (const GError *error)
{
  if (error->domain == DRIVER_ERROR && error->code < (int) G_N_ELEMENTS (errors))
    return error->code;

  return DRIVER_ERROR_UNKNOWN;
}

const char *
driver_error_get_name (const GError *error)
{
  return errors[get_code (error)].name;
}

guint
driver_error_get_status (const GError *error)
{
  return errors[get_code (error)].status;
}
