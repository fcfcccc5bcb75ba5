/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* The processes of the machine at one moment. */
typedef struct
{
  pid_t pid;
  pid_t parent;
} MullionProcess;

/* The number of processes in *list, which the caller frees; 0 with NULL when they cannot be read. */
size_t mullion_process_list_read  (MullionProcess **list);

/* The parent of @pid, 0 where there is no such process. */
pid_t  mullion_process_get_parent (pid_t            pid);

/* Whether the command line of @pid names a program of WebKit's: itself, or as what it sandboxes. */
int    mullion_process_is_webkit  (pid_t            pid);
