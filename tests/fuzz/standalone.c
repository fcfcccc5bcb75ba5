/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* The main function of a fuzz target that is built without a fuzzer: it runs the
 * target over every file of the corpus folders given as arguments, so that what
 * was found once stays found. */

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);

/* Runs one file. It is copied into a block of just its size, because GLib adds
 * a NUL, behind which a sanitizer would not see a step too far. */
static void
run_file (const char *folder,
          const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autofree uint8_t *data = NULL;
  g_autoptr(GError) error = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("Cannot read the corpus: %s", error->message);

  data = g_memdup2 (text, length);
  g_print ("%s\n", path);
  LLVMFuzzerTestOneInput (data, length);
}

static guint
run_folder (const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) files = g_dir_open (folder, 0, &error);
  const char *name;
  guint count = 0;

  if (files == NULL)
    g_error ("Cannot open the corpus: %s", error->message);

  while ((name = g_dir_read_name (files)) != NULL)
    {
      run_file (folder, name);
      count++;
    }

  return count;
}

int
main (int argc,
      char *argv[])
{
  guint count = 0;

  for (int i = 1; i < argc; i++)
    count += run_folder (argv[i]);

  /* An empty corpus would pass for ever. */
  if (count == 0)
    g_error ("There is no corpus to run");

  return 0;
}
