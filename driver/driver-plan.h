/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a new session shall start, and how. */
typedef struct
{
  char **argv;             /* owned */
  char **environ;          /* owned: NAME=VALUE, besides the driver's own */
  char *folder;            /* (nullable) (owned): where the program starts */
  JsonObject *for_webkit;  /* owned: the capabilities that WebKit's driver looks at */
} DriverPlan;

/* Reads the body of "New Session". @launcher: the program that runs a folder. */
DriverPlan *driver_plan_read (JsonObject  *body,
                              const char  *launcher,
                              GError     **error);
void        driver_plan_free (DriverPlan  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DriverPlan, driver_plan_free)

G_END_DECLS
