/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_PROCESS_ERROR (mullion_process_error_quark ())

/**
 * MullionProcessError:
 * @MULLION_PROCESS_ERROR_FAILED: a process could not be started, for a reason that has no code
 * @MULLION_PROCESS_ERROR_PROGRAM_NOT_FOUND: there is no such program
 * @MULLION_PROCESS_ERROR_NOT_EXECUTABLE: the file is there and cannot be run
 * @MULLION_PROCESS_ERROR_FOLDER_NOT_FOUND: the folder that it should run in cannot be entered
 * @MULLION_PROCESS_ERROR_NODE_NOT_FOUND: a script needs Node.js, and it is not installed
 * @MULLION_PROCESS_ERROR_NO_PARENT: no process of Node.js waits for this one to speak
 *
 * What starting another process, and finding the one that started the app, fails with.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_PROCESS_ERROR_FAILED,
  MULLION_PROCESS_ERROR_PROGRAM_NOT_FOUND,
  MULLION_PROCESS_ERROR_NOT_EXECUTABLE,
  MULLION_PROCESS_ERROR_FOLDER_NOT_FOUND,
  MULLION_PROCESS_ERROR_NODE_NOT_FOUND,
  MULLION_PROCESS_ERROR_NO_PARENT,
} MullionProcessError;

MULLION_AVAILABLE_IN_ALL
GQuark mullion_process_error_quark (void);

G_END_DECLS
