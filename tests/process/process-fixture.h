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

/* How long the main loop was busy between two of 60 ticks a second, with the priority of painting. */
typedef struct
{
  guint id;
  guint n_ticks;
  gint64 last;
  gint64 longest; /* in µs, whatever else the machine does */
} LoopWatch;

void watch_loop (LoopWatch *watch);
/* Waits until there were @n_ticks, and checks that none was late by more than 100 ms. */
void unwatch_loop (LoopWatch *watch,
                   guint      n_ticks);

/* Installs the packages of tests/npm, once. Skips the test where that cannot be. */
gboolean skips_packages (void);

/* Makes the certificate of 127.0.0.1 and proxied.test in a folder, "cert.pem" and "key.pem". Skips the
 * test where there is no openssl. */
gboolean skips_certificate (const char *folder);

/* A folder and all that is in it. */
void remove_folder (const char *path);

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
