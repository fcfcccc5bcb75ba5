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
 * @MULLION_PROCESS_ERROR_HOST_NOT_FOUND: Mullion's own program that runs modules is not installed
 * @MULLION_PROCESS_ERROR_MODULE_NOT_LOADED: a module is no shared library, or needs what is not there
 * @MULLION_PROCESS_ERROR_NO_ENTRY_POINT: a module lacks the function that is called
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
  MULLION_PROCESS_ERROR_HOST_NOT_FOUND,
  MULLION_PROCESS_ERROR_MODULE_NOT_LOADED,
  MULLION_PROCESS_ERROR_NO_ENTRY_POINT,
} MullionProcessError;

MULLION_AVAILABLE_IN_ALL
GQuark mullion_process_error_quark (void);

G_END_DECLS
