/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the command line of the launcher says. */
typedef struct
{
  char *target;       /* (nullable): the app folder, or NULL for the Gallery */
  GStrv arguments;    /* what follows "--": the app's own arguments */
  gboolean dev_tools;
  char *screenshot;   /* (nullable): where the picture goes */
  int width;          /* of the page, or 0 */
  int height;
  int timeout;        /* seconds until a screenshot is given up */
  gboolean version;
  gboolean audit;     /* allow all, and say what was used */
  gboolean doctor;    /* say what the machine has */
} MullionLaunchOptions;

MullionLaunchOptions *mullion_launch_options_parse (const char *const     *argv,
                                                    GError               **error);
void                  mullion_launch_options_free  (MullionLaunchOptions  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionLaunchOptions, mullion_launch_options_free)

G_END_DECLS
