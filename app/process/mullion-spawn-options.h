/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/**
 * MullionStdio:
 * @MULLION_STDIO_PIPE: a pipe whose other end the app gets; from 3 on a socket, for both directions
 * @MULLION_STDIO_IGNORE: `/dev/null`; from 3 on the descriptor is not open at all
 * @MULLION_STDIO_INHERIT: what the app itself has open as that descriptor
 * @MULLION_STDIO_IPC: the IPC channel of Node.js; see [method@ChildProcess.get_channel]
 *
 * What a file descriptor of a child process is, by the names of Node.js.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_STDIO_PIPE,
  MULLION_STDIO_IGNORE,
  MULLION_STDIO_INHERIT,
  MULLION_STDIO_IPC,
} MullionStdio;

/**
 * MullionSerialization:
 * @MULLION_SERIALIZATION_JSON: what JSON can say, as `JSON.stringify ()` makes it
 * @MULLION_SERIALIZATION_ADVANCED: what a structured clone can: bytes, Maps, Dates, BigInts, cycles
 *
 * What messages on the IPC channel of Node.js can carry, by its names `json` and `advanced`.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_SERIALIZATION_JSON,
  MULLION_SERIALIZATION_ADVANCED,
} MullionSerialization;

#define MULLION_TYPE_SPAWN_OPTIONS (mullion_spawn_options_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionSpawnOptions, mullion_spawn_options, MULLION, SPAWN_OPTIONS, GObject)

MULLION_AVAILABLE_IN_ALL
MullionSpawnOptions *mullion_spawn_options_new (void);

MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_set_cwd           (MullionSpawnOptions *self,
                                              const char          *cwd);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_set_env           (MullionSpawnOptions *self,
                                              const char * const  *env);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_setenv            (MullionSpawnOptions *self,
                                              const char          *name,
                                              const char          *value);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_set_stdio         (MullionSpawnOptions *self,
                                              guint                fd,
                                              MullionStdio         stdio);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_take_fd           (MullionSpawnOptions *self,
                                              guint                fd,
                                              int                  source);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_set_exec_path     (MullionSpawnOptions *self,
                                              const char          *exec_path);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_set_exec_argv     (MullionSpawnOptions *self,
                                              const char * const  *exec_argv);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_set_encoding      (MullionSpawnOptions *self,
                                              const char          *encoding);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_set_detached      (MullionSpawnOptions *self,
                                              gboolean             detached);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_set_ends_with_app (MullionSpawnOptions *self,
                                              gboolean             ends_with_app);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_set_serialization (MullionSpawnOptions  *self,
                                              MullionSerialization  serialization);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_set_timeout       (MullionSpawnOptions *self,
                                              guint                timeout_ms);
MULLION_AVAILABLE_IN_ALL
void mullion_spawn_options_set_kill_signal   (MullionSpawnOptions *self,
                                              int                  kill_signal);

G_END_DECLS
