/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-node-channel.h"
#include "mullion-spawn-options.h"

G_BEGIN_DECLS

#define MULLION_TYPE_CHILD_PROCESS (mullion_child_process_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionChildProcess, mullion_child_process, MULLION, CHILD_PROCESS, GObject)

MULLION_AVAILABLE_IN_ALL
MullionChildProcess *mullion_child_process_spawn      (const char * const   *argv,
                                                       MullionSpawnOptions  *options,
                                                       GCancellable         *cancellable,
                                                       GError              **error);
MULLION_AVAILABLE_IN_ALL
MullionChildProcess *mullion_child_process_fork       (const char           *module_path,
                                                       const char * const   *args,
                                                       MullionSpawnOptions  *options,
                                                       GCancellable         *cancellable,
                                                       GError              **error);

MULLION_AVAILABLE_IN_ALL
GOutputStream *mullion_child_process_get_stdin        (MullionChildProcess *self);
MULLION_AVAILABLE_IN_ALL
GInputStream  *mullion_child_process_get_stdout       (MullionChildProcess *self);
MULLION_AVAILABLE_IN_ALL
GInputStream  *mullion_child_process_get_stderr       (MullionChildProcess *self);
MULLION_AVAILABLE_IN_ALL
GIOStream     *mullion_child_process_get_stdio        (MullionChildProcess *self,
                                                       guint                fd);

MULLION_AVAILABLE_IN_ALL
MullionNodeChannel *mullion_child_process_get_channel (MullionChildProcess *self);

MULLION_AVAILABLE_IN_ALL
int            mullion_child_process_get_pid          (MullionChildProcess *self);
MULLION_AVAILABLE_IN_ALL
gboolean       mullion_child_process_is_running       (MullionChildProcess *self);
MULLION_AVAILABLE_IN_ALL
int            mullion_child_process_get_exit_code    (MullionChildProcess *self);
MULLION_AVAILABLE_IN_ALL
int            mullion_child_process_get_signal_code  (MullionChildProcess *self);

MULLION_AVAILABLE_IN_ALL
gboolean       mullion_child_process_kill             (MullionChildProcess *self,
                                                       int                  signal_number);
MULLION_AVAILABLE_IN_ALL
gboolean       mullion_child_process_is_killed        (MullionChildProcess *self);

G_END_DECLS
