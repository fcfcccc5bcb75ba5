/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-spawn-options.h"

G_BEGIN_DECLS

/* Beside those of MullionStdio: what was given with mullion_spawn_options_take_fd (). */
#define MULLION_STDIO_FD ((MullionStdio) -1)

typedef struct
{
  MullionStdio what;
  int source; /* (owned): of MULLION_STDIO_FD, else -1 */
} MullionStdioEntry;

struct _MullionSpawnOptions
{
  GObject parent_instance;

  char *cwd;      /* (nullable): the app's own */
  char **env;     /* (nullable): the app's own, when the process starts */
  char *exec_path;  /* (nullable): of fork (); the node in PATH */
  char **exec_argv; /* (nullable): of fork () */
  char *encoding; /* (nullable): bytes as they come */
  GArray *stdio;  /* of MullionStdioEntry, by the number of the descriptor */

  MullionSerialization serialization; /* of the IPC channel */
  gboolean detached;
  gboolean ends_with_app;
  guint timeout_ms; /* 0 is none */
  int kill_signal;
};

G_END_DECLS
