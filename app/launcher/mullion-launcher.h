/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-launch-options.h"

#include <mullion.h>

G_BEGIN_DECLS

/* The exit statuses of the program besides 0. */
#define MULLION_LAUNCHER_FAILED 1 /* something went wrong while the app ran */
#define MULLION_LAUNCHER_MISUSED 2 /* the command line or the app folder is not as it must be */

/* The app that is bundled with the program, for a start without a folder. */
typedef struct
{
  void (*add_handlers) (MullionApp *app);
  /* @place: (nullable): where it opens: the first argument after "--" */
  void (*open) (MullionApp *app, const char *place);
} MullionLauncherGallery;

/* Runs until the app ends; the result is the exit status of the program. @gallery: (nullable) */
int mullion_launcher_run (const char                   *program,
                          const MullionLaunchOptions   *options,
                          const MullionLauncherGallery *gallery);

/* (transfer full) (nullable): the app in @folder, which does not run yet: once it is ready it opens its
 * window. For a program that runs it itself, and one at a time. */
MullionApp *mullion_launcher_open (const char  *folder,
                                   GError     **error);

G_END_DECLS
