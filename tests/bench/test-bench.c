/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/*
 * A quick run of the benchmark, and what it writes: a row for each thing that it promises, in the
 * shape that programs read, and a picture. What the times are is no matter of a test.
 */

static const char *bench;

typedef struct
{
  char *folder;
  char *json;
  char *plot;
} Files;

static void
set_up (Files         *files,
        gconstpointer  data)
{
  files->folder = g_dir_make_tmp ("mullion-bench-XXXXXX", NULL);
  g_assert_nonnull (files->folder);
  files->json = g_build_filename (files->folder, "results.json", NULL);
  files->plot = g_build_filename (files->folder, "plot.svg", NULL);
}

static void
tear_down (Files         *files,
           gconstpointer  data)
{
  g_remove (files->json);
  g_remove (files->plot);
  g_rmdir (files->folder);
  g_free (files->json);
  g_free (files->plot);
  g_free (files->folder);
}

/* Returns: (transfer full): what it says on the standard output, or on the other one */
static char *
run (GSubprocessFlags    flags,
     gboolean            is_good,
     const char *const  *args)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  g_ptr_array_add (argv, (char *) bench);
  for (gsize i = 0; args[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) args[i]);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_newv ((const char *const *) argv->pdata, flags, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &errors, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_successful (process), ==, is_good);

  return output != NULL ? g_steal_pointer (&output) : g_steal_pointer (&errors);
}

/* -- The rows -- */

static void
check_summary (JsonObject *row,
               const char *member,
               gboolean    may_be_zero)
{
  const char *measures[] = { "median", "p99", "spread" };
  JsonObject *summary = json_object_get_object_member (row, member);

  g_assert_nonnull (summary);
  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      double value = json_object_get_double_member_with_default (summary, measures[i], NAN);

      g_assert_true (isfinite (value));
      g_assert_cmpfloat (value, >=, 0);
    }

  if (!may_be_zero)
    g_assert_cmpfloat (json_object_get_double_member (summary, "median"), >, 0);
}

static void
check_row (JsonObject *row)
{
  const char *name = json_object_get_string_member (row, "name");
  /* Nothing may wake an idle program. */
  gboolean may_be_zero = g_str_has_prefix (name, "wake-ups");

  g_assert_cmpstr (name, !=, "");
  g_assert_cmpstr (json_object_get_string_member (row, "unit"), !=, "");
  g_assert_cmpstr (json_object_get_string_member (row, "reference_name"), !=, "");
  check_summary (row, "mullion", may_be_zero);
  check_summary (row, "reference", may_be_zero);
  check_summary (row, "ratio", may_be_zero);
  g_assert_cmpint (json_object_has_member (row, "wanted"), ==, json_object_has_member (row, "met"));
}

static void
check_has_row (JsonArray  *rows,
               const char *name,
               gboolean    has_goal)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_str_equal (json_object_get_string_member (row, "name"), name) &&
          json_object_has_member (row, "wanted") == has_goal)
        return;
    }

  g_test_message ("there is no row '%s'", name);
  g_test_fail ();
}

static void
check_json (const char *path)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  JsonArray *rows;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  rows = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    check_row (json_array_get_object_element (rows, i));

  check_has_row (rows, "invoke, one after another", TRUE);
  check_has_row (rows, "invoke, 1,000 in flight", TRUE);
  check_has_row (rows, "sendSync", FALSE);
  check_has_row (rows, "bridge, empty call", TRUE);
  check_has_row (rows, "text, 1 MiB", TRUE);
  check_has_row (rows, "ArrayBuffer, 1 MiB", FALSE);
  check_has_row (rows, "stdio, round trip", FALSE);
  check_has_row (rows, "Node's channel, 64 KiB texts", FALSE);
  check_has_row (rows, "socket, round trip", FALSE);
  check_has_row (rows, "D-Bus, round trip", FALSE);
  check_has_row (rows, "D-Bus, 64 KiB texts", FALSE);
  check_has_row (rows, "start to DOMContentLoaded", TRUE);
  check_has_row (rows, "memory, 1 window", TRUE);
  check_has_row (rows, "wake-ups, 5 s idle", TRUE);
}

/* -- The picture -- */

static void
start_element_cb (GMarkupParseContext  *context,
                  const char           *element,
                  const char          **names,
                  const char          **values,
                  gpointer              user_data,
                  GError              **error)
{
  int *marks = user_data;

  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "class") && g_str_has_prefix (values[i], "mark "))
      (*marks)++;
}

/* A mark for each size of each curve, and for each curve in the legend. */
static void
check_plot (const char *path)
{
  const GMarkupParser parser = { .start_element = start_element_cb };
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autoptr(GdkPixbuf) picture = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *svg = NULL;
  int marks = 0;

  g_file_get_contents (path, &svg, NULL, &error);
  g_assert_no_error (error);
  context = g_markup_parse_context_new (&parser, 0, &marks, NULL);
  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpint (marks, ==, 4 * 6 + 4);

  picture = gdk_pixbuf_new_from_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), >, gdk_pixbuf_get_height (picture));
}

static void
test_quick (Files         *files,
            gconstpointer  data)
{
  const char *args[] = { "--quick", "--json", files->json, "--plot", files->plot, NULL };
  g_autofree char *table = run (G_SUBPROCESS_FLAGS_STDOUT_PIPE, TRUE, args);

  g_assert_nonnull (strstr (table, "invoke, one after another"));
  check_json (files->json);
  check_plot (files->plot);
}

/* What needs a program that is not there says so, in each of its rows. */
static void
test_missing (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mullion-bench-XXXXXX", NULL);
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  const char *args[] = { "--quick", "--only", "Redis", NULL };
  g_autofree char *table = NULL;

  g_setenv ("PATH", folder, TRUE);
  table = run (G_SUBPROCESS_FLAGS_STDOUT_PIPE, TRUE, args);
  g_setenv ("PATH", path, TRUE);
  g_assert_true (g_regex_match_simple ("Redis, round trip +not measured: redis-server is not installed\n"
                                       "Redis, 64 KiB texts +not measured: redis-server is not installed\n",
                                       table, 0, 0));
  g_rmdir (folder);
}

static void
test_unknown (void)
{
  const char *args[] = { "--only", "no such row", NULL };
  g_autofree char *errors = run (G_SUBPROCESS_FLAGS_STDERR_PIPE, FALSE, args);

  g_assert_cmpstr (errors, ==, "mullion-bench: no row has 'no such row' in its name\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  bench = argv[1];

  g_test_add ("/bench/quick", Files, NULL, set_up, test_quick, tear_down);
  g_test_add_func ("/bench/missing", test_missing);
  g_test_add_func ("/bench/unknown", test_unknown);

  return g_test_run ();
}
