/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "mullion-node-channel.h"
#include "mullion-spawn-options-private.h"

G_BEGIN_DECLS

/* The app's ends of the descriptors of a child process. */
typedef struct
{
  GOutputStream *input;    /* (nullable) (owned) */
  GInputStream *bare[3];   /* (nullable) (owned): MullionChildOutput of 1 and 2, as bytes */
  GInputStream *output[3]; /* (nullable) (owned): the same, as the app reads them */
  GHashTable *others;      /* (owned): number → GIOStream, from 3 on */

  MullionNodeChannel *channel; /* (nullable) (owned) */
  guint channel_fd;            /* what it is in the process */
} MullionChildStdio;

/* Makes the pipes that @options want. Their other ends, and what is inherited or given away, belong
 * to @launcher then. */
gboolean mullion_child_stdio_open  (MullionChildStdio    *self,
                                    MullionSpawnOptions  *options,
                                    GSubprocessLauncher  *launcher,
                                    GError              **error);
void     mullion_child_stdio_clear (MullionChildStdio    *self);

G_END_DECLS
