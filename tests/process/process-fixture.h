/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-child-process.h"

/* Runs the main loop until something is so; what does not happen in time ends the test. */
#define wait_until(condition) \
  G_STMT_START { \
    guint limit = g_timeout_add_seconds (30, expire_cb, (gpointer) #condition); \
    while (!(condition)) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (limit); \
  } G_STMT_END

gboolean expire_cb (gpointer condition);

/* What a process did. */
typedef struct
{
  guint n_exits;
  guint n_closes;
  int code;
  int signal_number;
  GError *error;
} Outcome;

/* @options: (transfer full) (nullable) */
MullionChildProcess *spawn        (MullionSpawnOptions *options,
                                   Outcome             *outcome,
                                   const char          *program,
                                   ...) G_GNUC_NULL_TERMINATED;
MullionChildProcess *spawn_shell  (MullionSpawnOptions *options,
                                   Outcome             *outcome,
                                   const char          *script);
void                 follow       (MullionChildProcess *child,
                                   Outcome             *outcome);
/* Everything until the end, as a text. */
char                *read_to_end  (GInputStream        *stream);
/* Waits for the end, checks that nobody else holds the object, and clears all. */
void                 finish       (MullionChildProcess *child,
                                   Outcome             *outcome);
