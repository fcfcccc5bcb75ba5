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
  int timeout;        /* seconds until a screenshot, or an answer in a replay, is given up */
  gboolean version;
  gboolean is_service; /* the bus starts it */
  gboolean new_instance; /* beside one that runs */
  gboolean audit;     /* allow all, and say what was used */
  gboolean doctor;    /* say what the machine has, or what the app lacks */
  char *record;       /* (nullable): where a recording goes */
  GStrv redacted;     /* (nullable): channels that are left out of it */
  char *replay;       /* (nullable): a recording that is replayed; the app does not run */
  GStrv ignored;      /* (nullable): channels that are not compared then */
  gboolean json;      /* report as JSON */
} MullionLaunchOptions;

MullionLaunchOptions *mullion_launch_options_parse (const char *const     *argv,
                                                    GError               **error);
void                  mullion_launch_options_free  (MullionLaunchOptions  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionLaunchOptions, mullion_launch_options_free)

G_END_DECLS
