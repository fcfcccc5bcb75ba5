/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-processes.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/*
 * What Linux tells in /proc about a program and all processes that it started: WebKit's, their
 * sandbox and its helpers. A process may be gone when it is looked at; then it counts for nothing.
 */

/* Calls @visit with each number that names something in @folder. */
static void
visit_numbers (const char *folder,
               void      (*visit) (int      number,
                                   gpointer user_data),
               gpointer    user_data)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    if (g_ascii_isdigit (*name))
      visit (atoi (name), user_data);
}

/* Returns: the number behind @label in a file of such lines, 0 without one */
static guint64
read_number (const char *path,
             const char *label)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;

  line = g_str_has_prefix (text, label) ? text : strstr (text, label);

  return line != NULL ? g_ascii_strtoull (line + strlen (label), NULL, 10) : 0;
}

/* -- The tree -- */

typedef struct
{
  GArray *processes;
  gboolean has_grown;
} Search;

static gboolean
contains (GArray *processes,
          int     process)
{
  for (guint i = 0; i < processes->len; i++)
    if (g_array_index (processes, int, i) == process)
      return TRUE;

  return FALSE;
}

static void
add_child (int      process,
           gpointer user_data)
{
  Search *search = user_data;
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", process);
  int parent = read_number (path, "\nPPid:");

  if (!contains (search->processes, parent) || contains (search->processes, process))
    return;

  g_array_append_val (search->processes, process);
  search->has_grown = TRUE;
}

/* Returns: (transfer full): @root and all that descend from it */
GArray *
bench_processes_list (int root)
{
  Search search = { .processes = g_array_new (FALSE, FALSE, sizeof (int)) };

  g_array_append_val (search.processes, root);
  do
    {
      search.has_grown = FALSE;
      visit_numbers ("/proc", add_child, &search);
    }
  while (search.has_grown);

  return search.processes;
}

gboolean
bench_processes_are_alive (GArray *processes)
{
  for (guint i = 0; i < processes->len; i++)
    if (kill (g_array_index (processes, int, i), 0) == 0)
      return TRUE;

  return FALSE;
}

/* -- What they take -- */

/* Returns: MiB; of memory that processes share, each has its part */
double
bench_processes_get_memory (GArray *processes)
{
  guint64 kibibytes = 0;

  for (guint i = 0; i < processes->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup",
                                               g_array_index (processes, int, i));

      kibibytes += read_number (path, "\nPss:");
    }

  return kibibytes / 1024.0;
}

typedef struct
{
  int process;
  GHashTable *threads;
} WakeUps;

static void
add_wake_ups (int      thread,
              gpointer user_data)
{
  WakeUps *wake_ups = user_data;
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/status", wake_ups->process, thread);
  guint64 count = read_number (path, "\nvoluntary_ctxt_switches:");

  g_hash_table_insert (wake_ups->threads, GINT_TO_POINTER (thread), GSIZE_TO_POINTER (count));
}

/* Returns: (transfer full): of each thread, how often it went to sleep so far, which is once for
 *   each wake-up */
GHashTable *
bench_processes_list_wake_ups (GArray *processes)
{
  WakeUps wake_ups = { .threads = g_hash_table_new (NULL, NULL) };

  for (guint i = 0; i < processes->len; i++)
    {
      g_autofree char *folder = NULL;

      wake_ups.process = g_array_index (processes, int, i);
      folder = g_strdup_printf ("/proc/%d/task", wake_ups.process);
      visit_numbers (folder, add_wake_ups, &wake_ups);
    }

  return wake_ups.threads;
}

/* A thread that has ended meanwhile takes what it did along, and counts for nothing.
 *
 * Returns: how often the threads of @processes woke up since @before was listed */
guint64
bench_processes_count_wake_ups (GArray     *processes,
                                GHashTable *before)
{
  g_autoptr(GHashTable) now = bench_processes_list_wake_ups (processes);
  GHashTableIter iter;
  gpointer thread, count;
  guint64 sum = 0;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &thread, &count))
    sum += GPOINTER_TO_SIZE (count) - GPOINTER_TO_SIZE (g_hash_table_lookup (before, thread));

  return sum;
}
