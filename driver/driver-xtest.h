/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-display.h"

G_BEGIN_DECLS

#define DRIVER_TYPE_XTEST (driver_xtest_get_type ())
G_DECLARE_FINAL_TYPE (DriverXtest, driver_xtest, DRIVER, XTEST, DriverDisplay)

/* @name: such as ":0" */
DriverDisplay *driver_xtest_open (const char  *name,
                                  GError     **error);

G_END_DECLS
