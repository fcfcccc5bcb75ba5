/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-process-list.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * What /proc says of processes. In the process guard.
 *
 * The kernel can list the children of a process, but not in every configuration; that all processes
 * name their parent is always so.
 */

/* Programs of WebKit's, and the one that it lets a sandbox talk to the bus with. */
static const char *const webkit_programs[] = {
  "WebKitGPUProcess",
  "WebKitNetworkProcess",
  "WebKitWebProcess",
  "xdg-dbus-proxy",
};

/* As much as fits of a file of /proc, with a NUL behind it; -1 when there is no such process. */
static ssize_t
read_entry (pid_t       pid,
            const char *name,
            char       *buffer,
            size_t      size)
{
  char path[64];
  ssize_t n;
  int fd;

  snprintf (path, sizeof path, "/proc/%d/%s", (int) pid, name);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return -1;

  n = read (fd, buffer, size - 1);
  close (fd);
  if (n >= 0)
    buffer[n] = '\0';

  return n;
}

pid_t
mullion_process_get_parent (pid_t pid)
{
  char stat[512];
  const char *end;

  if (read_entry (pid, "stat", stat, sizeof stat) < 0)
    return 0;

  /* The name, in brackets, can hold anything; behind it is the state, which is one letter. */
  end = strrchr (stat, ')');
  return end != NULL && strlen (end) > 4 ? (pid_t) strtol (end + 4, NULL, 10) : 0;
}

static int
is_webkit_program (const char *argument)
{
  const char *slash = strrchr (argument, '/');
  const char *name = slash != NULL ? slash + 1 : argument;

  for (size_t i = 0; i < sizeof webkit_programs / sizeof webkit_programs[0]; i++)
    if (strcmp (name, webkit_programs[i]) == 0)
      return 1;

  return 0;
}

int
mullion_process_is_webkit (pid_t pid)
{
  char line[4096];
  ssize_t n = read_entry (pid, "cmdline", line, sizeof line);

  for (ssize_t i = 0; i < n; i += (ssize_t) strlen (line + i) + 1)
    if (is_webkit_program (line + i))
      return 1;

  return 0;
}

size_t
mullion_process_list_read (MullionProcess **list)
{
  DIR *dir = opendir ("/proc");
  size_t size = 0;
  size_t n = 0;
  struct dirent *entry;

  *list = NULL;
  while (dir != NULL && (entry = readdir (dir)) != NULL)
    {
      pid_t pid = (pid_t) strtol (entry->d_name, NULL, 10);
      pid_t parent = pid > 0 ? mullion_process_get_parent (pid) : 0;

      if (parent <= 0)
        continue;
      if (n == size)
        {
          MullionProcess *larger = realloc (*list, (size + 256) * sizeof **list);

          if (larger == NULL)
            break;
          *list = larger;
          size += 256;
        }
      (*list)[n++] = (MullionProcess) { pid, parent };
    }
  if (dir != NULL)
    closedir (dir);

  return n;
}
