/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "print-fixture.h"

#include <glib/gstdio.h>

void
print_set_up (PrintFixture *fixture,
              gconstpointer data)
{
  fixture->window = ipc_window_new ("{}");
  ipc_window_load (fixture->window, "print/index.html");
}

void
print_forget (PrintFixture *fixture)
{
  g_clear_pointer (&fixture->pdf, g_bytes_unref);
  g_clear_error (&fixture->error);
}

void
print_tear_down (PrintFixture *fixture,
                 gconstpointer data)
{
  print_forget (fixture);
  if (fixture->window != NULL)
    ipc_window_free (fixture->window);
}

static void
job_done_cb (GObject      *contents,
             GAsyncResult *result,
             gpointer      user_data)
{
  PrintFixture *fixture = user_data;

  print_forget (fixture);
  g_assert_true (mullion_web_contents_print_finish (MULLION_WEB_CONTENTS (contents), result,
                                                    &fixture->error) == (fixture->error == NULL));
  fixture->n_answers++;
}

void
print_begin_job (PrintFixture *fixture,
                 const char   *json,
                 GCancellable *cancellable)
{
  g_autoptr(JsonNode) options = json_from_string (json, NULL);

  g_assert_nonnull (options);
  mullion_web_contents_print_async (fixture->window->contents, json_node_get_object (options),
                                    cancellable, job_done_cb, fixture);
}

void
print_job (PrintFixture *fixture,
           const char   *json)
{
  guint n = fixture->n_answers;

  print_begin_job (fixture, json, NULL);
  ipc_wait_until (fixture->n_answers > n);
}

void
print_read_file (PrintFixture *fixture,
                 const char   *path)
{
  char *bytes;
  gsize length;

  g_assert_no_error (fixture->error);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_unlink (path);
  fixture->pdf = g_bytes_new_take (bytes, length);
}

/* -- The printers -- */

static void
printers_cb (GObject      *contents,
             GAsyncResult *result,
             gpointer      user_data)
{
  JsonArray **printers = user_data;

  *printers = mullion_web_contents_get_printers_finish (MULLION_WEB_CONTENTS (contents), result,
                                                        NULL);
  g_assert_nonnull (*printers);
}

/* There is one, GTK's own. */
static char *
dup_file_printer (PrintFixture *fixture)
{
  g_autoptr(JsonArray) printers = NULL;
  JsonObject *printer;

  mullion_web_contents_get_printers_async (fixture->window->contents, NULL, printers_cb, &printers);
  ipc_wait_until (printers != NULL);
  g_assert_cmpuint (json_array_get_length (printers), ==, 1);
  printer = json_array_get_object_element (printers, 0);
  g_assert_cmpstr (json_object_get_string_member (printer, "name"), ==,
                   json_object_get_string_member (printer, "displayName"));
  g_assert_nonnull (json_object_get_string_member (printer, "description"));
  g_assert_nonnull (json_object_get_object_member (printer, "options"));
  return g_strdup (json_object_get_string_member (printer, "name"));
}

/* A job for that printer. @path: (nullable) */
char *
print_dup_job (PrintFixture *fixture,
               gboolean      is_silent,
               const char   *path)
{
  g_autofree char *printer = dup_file_printer (fixture);
  g_autoptr(JsonObject) options = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), options);

  json_object_set_boolean_member (options, "silent", is_silent);
  if (path != NULL)
    json_object_set_string_member (options, "filePath", path);
  json_object_set_string_member (options, "deviceName", printer);
  return json_to_string (node, FALSE);
}

int
print_run_tests (int              argc,
                 char           **argv,
                 const PrintTest *tests,
                 gsize            n_tests)
{
  MullionApp *app;
  int status;

  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPrint");
  /* What printers the machine knows is its own affair. */
  g_object_set (gtk_settings_get_default (), "gtk-print-backends", "file", NULL);

  for (gsize i = 0; i < n_tests; i++)
    g_test_add (tests[i].path, PrintFixture, NULL, print_set_up, tests[i].test, print_tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
