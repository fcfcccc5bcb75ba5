/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-floor.h"
#include "bench-page.h"
#include "bench-plot.h"
#include "bench-programs.h"
#include "bench-report.h"
#include "bench-rows.h"
#include "bench-transports.h"

#include <locale.h>
#include <stdlib.h>

/*
 * The benchmark. This is the program: which rows are wanted, where the results go, and the order of
 * the parts, of which each measures its series in rounds.
 */

#define DEFAULT_ROUNDS 15
#define WARM_UP_ROUNDS 3

typedef struct
{
  int rounds;
  gboolean is_quick;
  char **only;
  char **series;
  char *json_path;
  char *plot_path;
} Options;

/* Returns: (transfer full): where this program is, and what belongs to it */
static char *
dup_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return g_path_get_dirname (program);
}

static gboolean
parse_options (Options   *options,
               int       *argc,
               char    ***argv,
               GError   **error)
{
  const GOptionEntry entries[] = {
    { "rounds", 'r', 0, G_OPTION_ARG_INT, &options->rounds,
      "How often all is measured; 15 by default", "N" },
    { "only", 'o', 0, G_OPTION_ARG_STRING_ARRAY, &options->only,
      "Measure the rows with NAME in their name only; may be repeated", "NAME" },
    { "series", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options->series,
      "Measure this series, alone and without its row; may be repeated", "SERIES" },
    { "quick", 'q', 0, G_OPTION_ARG_NONE, &options->is_quick,
      "Measure once and nothing that takes long, to see that it works", NULL },
    { "json", 'j', 0, G_OPTION_ARG_FILENAME, &options->json_path, "Write the results", "FILE" },
    { "plot", 'p', 0, G_OPTION_ARG_FILENAME, &options->plot_path,
      "Draw the payloads as SVG; benchmark.svg beside the program by default", "FILE" },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  if (options->rounds == 0)
    options->rounds = options->is_quick ? 1 : DEFAULT_ROUNDS;
  if (options->rounds < 1 || *argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "bad arguments; see %s --help",
                   g_get_prgname ());
      return FALSE;
    }

  return TRUE;
}

static void
clear_options (Options *options)
{
  g_strfreev (options->only);
  g_strfreev (options->series);
  g_free (options->json_path);
  g_free (options->plot_path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* Whatever nobody else measures is a matter of the page. */
static GStrv
list_page_series (BenchResults *results)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, bench_results_get_wanted (results));
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!bench_programs_measure (name) && !bench_transports_measure (name))
      g_strv_builder_add (builder, name);

  return g_strv_builder_end (builder);
}

static gboolean
measure (BenchResults  *results,
         Options       *options,
         const char    *folder,
         GError       **error)
{
  g_auto(GStrv) page_series = list_page_series (results);
  g_autofree char *extension_dir = g_build_filename (folder, "closures", NULL);

  if (!bench_programs_run (results, folder, options->rounds, options->is_quick, error) ||
      !bench_transports_run (results, folder, options->rounds, error))
    return FALSE;
  if (*page_series == NULL)
    return TRUE;

  g_setenv ("MULLION_EXTENSION_DIR", extension_dir, TRUE);
  if (bench_page_run (results, page_series, options->is_quick ? 0 : WARM_UP_ROUNDS,
                      options->rounds))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The page did not measure everything");
  return FALSE;
}

static gboolean
report (BenchResults  *results,
        Options       *options,
        const char    *folder,
        GError       **error)
{
  g_autofree char *plot = options->plot_path != NULL
                            ? g_strdup (options->plot_path)
                            : g_build_filename (folder, "benchmark.svg", NULL);

  bench_report_print (results);
  if (options->is_quick)
    g_print ("One round shows that all of it works. It is too short to judge by.\n");
  if (bench_plot_is_possible (results))
    {
      if (!bench_plot_save (results, plot, error))
        return FALSE;
      g_print ("The plot of the payloads is in %s\n", plot);
    }

  return options->json_path == NULL || bench_report_save (results, options->json_path, error);
}

static gboolean
run (Options  *options,
     GError  **error)
{
  g_autofree char *folder = dup_folder ();
  g_autoptr(BenchResults) results = NULL;
  GHashTable *wanted = bench_rows_choose (options->only, options->series, options->is_quick, error);

  if (wanted == NULL)
    return FALSE;

  results = bench_results_new (wanted);

  return bench_floor_start (error) &&
         measure (results, options, folder, error) &&
         report (results, options, folder, error);
}

int
main (int    argc,
      char **argv)
{
  g_auto(Options) options = { 0 };
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_set_prgname ("mullion-bench");
  if (parse_options (&options, &argc, &argv, &error) && run (&options, &error))
    return EXIT_SUCCESS;

  g_printerr ("mullion-bench: %s\n", error->message);
  return error->domain == G_OPTION_ERROR ? 2 : EXIT_FAILURE;
}
