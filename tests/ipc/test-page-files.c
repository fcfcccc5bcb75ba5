/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "user-drop.h"

#include <glib/gstdio.h>
#include <string.h>

/* Files that the user gives to a page, and who hears where they are. */

typedef struct
{
  IpcWindow *window;
  char *folder;
  char *first;  /* paths of files */
  char *second;
} Fixture;

static char *
make_file (Fixture    *fixture,
           const char *name)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, name, -1, NULL));
  return path;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("page-files-XXXXXX", NULL);
  fixture->first = make_file (fixture, "first file.txt");
  fixture->second = make_file (fixture, "zweite-ä.txt");
  fixture->window = ipc_window_new (
    "{ \"webPreferences\": { \"preload\": \"page-files/preload.js\" } }");
  ipc_window_load (fixture->window, "page-files/index.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ipc_window_free (fixture->window);
  g_unlink (fixture->first);
  g_unlink (fixture->second);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->first);
  g_free (fixture->second);
}

static WebKitWebView *
get_view (Fixture *fixture)
{
  return mullion_web_contents_get_web_view (fixture->window->contents);
}

static gboolean
has_come (Fixture    *fixture,
          const char *how)
{
  g_autofree char *code = g_strdup_printf ("window.last?.how === '%s'", how);
  g_autofree char *text = ipc_window_run (fixture->window, code);

  return g_str_equal (text, "true");
}

static void
assert_last (Fixture    *fixture,
             const char *how,
             const char *first,
             const char *second)
{
  g_autofree char *expected =
    second != NULL ? g_strdup_printf ("{\"how\":\"%s\",\"paths\":[\"%s\",\"%s\"]}", how, first, second)
                   : g_strdup_printf ("{\"how\":\"%s\",\"paths\":[\"%s\"]}", how, first);

  ipc_wait_until (has_come (fixture, how));
  ipc_assert_run (fixture->window, "window.last", expected);
}

/* -- Choosing -- */

/* The user clicks at an input, and chooses. */
static void
choose (Fixture    *fixture,
        const char *input,
        const char *first,
        const char *second)
{
  g_autofree char *code = g_strdup_printf ("%s.click ()", input);
  JsonObject *answer = json_object_new ();
  JsonArray *paths = json_array_new ();

  json_array_add_string_element (paths, first);
  if (second != NULL)
    json_array_add_string_element (paths, second);
  json_object_set_array_member (answer, "filePaths", paths);
  g_assert_true (mullion_dialog_answer_next (answer, NULL));
  /* WebKit takes a script of the view's owner for the user's hand. */
  webkit_web_view_evaluate_javascript (get_view (fixture), code, -1, NULL, NULL, NULL, NULL, NULL);
}

static void
test_chosen (Fixture       *fixture,
             gconstpointer  data)
{
  choose (fixture, "document.querySelector ('input')", fixture->first, fixture->second);
  assert_last (fixture, "input", fixture->first, fixture->second);
  choose (fixture, "inner", fixture->second, NULL);
  assert_last (fixture, "inner", fixture->second, NULL);
}

/* A File stays the one that it is, however often it crosses. */
static void
test_crossing (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *expected = g_strdup_printf ("\"%s\"", fixture->first);

  choose (fixture, "document.querySelector ('input')", fixture->first, NULL);
  ipc_wait_until (has_come (fixture, "input"));
  ipc_assert_run (fixture->window, "api.pathOf (api.echo (files[0]))", expected);
  ipc_assert_run (fixture->window, "api.echo (files[0]) === files[0]", "true");
  ipc_assert_run (fixture->window, "files[0].text ()", "\"first file.txt\"");
  ipc_assert_run (fixture->window, "Object.keys (files[0])", "[]");
}

#define NO_FILE "\"getPathForFile expected to receive a File object but one was not provided\""

/* Whatever a script makes has no path, be it like a file to the last byte. */
static void
test_made_up (Fixture       *fixture,
              gconstpointer  data)
{
  choose (fixture, "document.querySelector ('input')", fixture->first, NULL);
  ipc_wait_until (has_come (fixture, "input"));
  ipc_assert_run (fixture->window, "makeAnother (files[0]).then (api.pathOf)", "\"\"");
  ipc_assert_run (fixture->window, "makeAnother (files[0]).then (file => pretend ([file]))", "[\"\"]");
  ipc_assert_run (fixture->window, "pretend ([new File (['x'], 'passwd')])", "[\"\"]");
  ipc_assert_run (fixture->window, "api.pathOf (new File ([], '/etc/passwd'))", "\"\"");
  ipc_assert_run (fixture->window, "refusal (new Blob ([]))", NO_FILE);
  ipc_assert_run (fixture->window, "refusal (Object.create (File.prototype))", NO_FILE);
}

/* -- Dropping -- */

static gboolean
is_true (Fixture    *fixture,
         const char *code)
{
  g_autofree char *text = ipc_window_run (fixture->window, code);

  return g_str_equal (text, "true");
}

static void
drop (Fixture    *fixture,
      const char *uris)
{
  UserDrop *drop;

  ipc_assert_run (fixture->window, "isOver = false", "false");
  drop = user_drop_begin (GTK_WIDGET (get_view (fixture)), uris);
  ipc_wait_until (is_true (fixture, "isOver"));
  user_drop_let_go (drop);
  ipc_wait_until (user_drop_is_finished (drop));
  user_drop_end (drop);
}

static void
test_dropped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *first = g_filename_to_uri (fixture->first, NULL, NULL);
  g_autofree char *second = g_filename_to_uri (fixture->second, NULL, NULL);
  g_autofree char *uris = g_strdup_printf ("%s\r\n%s\r\n", second, first);

  mullion_browser_window_show (fixture->window->window);
  ipc_wait_until (gtk_widget_get_mapped (GTK_WIDGET (get_view (fixture))));
  drop (fixture, uris);
  assert_last (fixture, "drop", fixture->second, fixture->first);
  ipc_assert_run (fixture->window, "JSON.stringify (api.dropped ()) === JSON.stringify (last.paths)",
                  "true");
}

/* Each drop has its own files. */
static void
test_dropped_again (Fixture       *fixture,
                    gconstpointer  data)
{
  char *const paths[] = { fixture->first, fixture->second, fixture->first };

  mullion_browser_window_show (fixture->window->window);
  ipc_wait_until (gtk_widget_get_mapped (GTK_WIDGET (get_view (fixture))));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *uri = g_filename_to_uri (paths[i], NULL, NULL);
      g_autofree char *code = g_strdup_printf ("last?.paths.join () === '%s'", paths[i]);

      drop (fixture, uri);
      ipc_wait_until (is_true (fixture, code));
    }
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/page-files/chosen", test_chosen },
    { "/page-files/crossing", test_crossing },
    { "/page-files/made-up", test_made_up },
    { "/page-files/dropped", test_dropped },
    { "/page-files/dropped-again", test_dropped_again },
  };
  MullionApp *app;
  int status;

  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPageFiles");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
