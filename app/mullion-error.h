/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_ERROR (mullion_error_quark ())

/**
 * MullionError:
 * @MULLION_ERROR_FAILED: something failed that has no code of its own
 * @MULLION_ERROR_INVALID_ARGUMENT: an argument, option or manifest entry is not what it must be
 * @MULLION_ERROR_NOT_FOUND: a file, page, window or handler is not there
 * @MULLION_ERROR_NOT_ALLOWED: the app did not ask for this, or its grant does not reach so far
 * @MULLION_ERROR_GONE: the page that should answer was closed, navigated or crashed
 * @MULLION_ERROR_SCRIPT: JavaScript threw
 * @MULLION_ERROR_TOO_LARGE: a message, file or picture, or what waits for a page, is over its limit
 * @MULLION_ERROR_DATA_CLONE: a page's value is of a kind that cannot be sent
 * @MULLION_ERROR_TIMED_OUT: a page did not answer in time
 * @MULLION_ERROR_UNAVAILABLE: a service of the desktop is missing; the message names it
 * @MULLION_ERROR_NOT_SUPPORTED: Electron has it and WebKitGTK has not; the message names it
 *
 * What the functions of Mullion fail with.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_ERROR_FAILED,
  MULLION_ERROR_INVALID_ARGUMENT,
  MULLION_ERROR_NOT_FOUND,
  MULLION_ERROR_NOT_ALLOWED,
  MULLION_ERROR_GONE,
  MULLION_ERROR_SCRIPT,
  MULLION_ERROR_TOO_LARGE,
  MULLION_ERROR_DATA_CLONE,
  MULLION_ERROR_TIMED_OUT,
  MULLION_ERROR_UNAVAILABLE,
  MULLION_ERROR_NOT_SUPPORTED,
} MullionError;

MULLION_AVAILABLE_IN_ALL
GQuark mullion_error_quark (void);

G_END_DECLS
