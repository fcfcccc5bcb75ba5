/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "user-catch.h"
#include "user-hand.h"

#include <glib/gstdio.h>

/* Files that the user drags out of a page, to another program on the display. */

typedef struct
{
  IpcWindow *window;
  char *folder;
  char *files[3]; /* paths, and NULL */
  guint n_drags;
  GError *error; /* (nullable): of the last one */
} Fixture;

static void
drag_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  Fixture *fixture = user_data;

  g_clear_error (&fixture->error);
  mullion_web_contents_start_drag (mullion_ipc_main_event_get_sender (event),
                                   (const char *const *) fixture->files, NULL, &fixture->error);
  fixture->n_drags++;
}

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
  fixture->folder = g_dir_make_tmp ("page-drag-XXXXXX", NULL);
  fixture->files[0] = make_file (fixture, "first file.txt");
  fixture->files[1] = make_file (fixture, "zweite-ä.txt");
  fixture->window = ipc_window_new (
    "{ \"width\": 300, \"height\": 200, \"frame\": false, \"resizable\": false,"
    "  \"webPreferences\": { \"preload\": \"page-drag/preload.js\" } }");
  mullion_ipc_main_on (mullion_web_contents_get_ipc (fixture->window->contents), "drag", drag_cb,
                       fixture, NULL);
  ipc_window_load (fixture->window, "page-drag/index.html");

  /* WebKit takes no notice of the pointer before the first frame. */
  ipc_assert_run (fixture->window, "new Promise((done) => requestAnimationFrame("
                                   "  () => requestAnimationFrame(() => done(true))))", "true");
  ipc_wait_until (
    g_strcmp0 (gtk_window_get_title (GTK_WINDOW (fixture->window->window)), "Drag") == 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ipc_window_free (fixture->window);
  for (guint i = 0; i < 2; i++)
    {
      g_unlink (fixture->files[i]);
      g_free (fixture->files[i]);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_clear_error (&fixture->error);
}

static GtkWidget *
get_view (Fixture *fixture)
{
  return GTK_WIDGET (mullion_web_contents_get_web_view (fixture->window->contents));
}

/* A hand is never quite still. */
static gboolean
pull_cb (gpointer user_data)
{
  user_hand_pull (GPOINTER_TO_INT (user_data), 1);
  return G_SOURCE_CONTINUE;
}

static void
begin (Fixture *fixture)
{
  guint pull = g_timeout_add (50, pull_cb, GINT_TO_POINTER (1));
  guint n = fixture->n_drags;

  user_hand_grab (get_view (fixture), 20, 20);
  ipc_wait_until (fixture->n_drags > n);
  g_source_remove (pull);
}

/* To the other side of the display, where another program is. */
static void
drag_to_another (Fixture    *fixture,
                 const char *expected)
{
  UserCatch *target = user_catch_new (600, 0, 600, 800);

  ipc_wait_until (user_catch_is_ready (target));
  begin (fixture);
  g_assert_no_error (fixture->error);
  user_hand_pull (800, 300);
  ipc_wait_until (user_catch_is_entered (target));
  user_hand_let_go ();
  ipc_wait_until (user_catch_get_dropped (target) != NULL);
  g_assert_cmpstr (user_catch_get_dropped (target), ==, expected);
  user_catch_free (target);
}

static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *first = g_filename_to_uri (fixture->files[0], NULL, NULL);
  g_autofree char *second = g_filename_to_uri (fixture->files[1], NULL, NULL);
  g_autofree char *expected = g_strdup_printf ("%s\r\n%s\r\n", first, second);
  guint pull;

  drag_to_another (fixture, expected);

  /* The page knows that the button is up, and a pointer above its text selects nothing. */
  ipc_assert_run (fixture->window, "heard.length = 0", "0");
  user_hand_pull (-790, -190);
  pull = g_timeout_add (50, pull_cb, GINT_TO_POINTER (5));
  ipc_assert_run (fixture->window, "until(() => heard.length > 5)", "true");
  g_source_remove (pull);
  ipc_assert_run (fixture->window, "heard.every((what) => what === 'mousemove 0')", "true");
  ipc_assert_run (fixture->window, "String(getSelection())", "\"\"");

  drag_to_another (fixture, expected);
}

/* Without a button that is held down in the page there is nothing to drag with. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  const char *none[] = { NULL };
  const char *relative[] = { "first file.txt", NULL };
  const char *missing[] = { "/nowhere/first file.txt", NULL };
  const struct { const char *const *files; MullionError code; const char *message; } bad[] = {
    { none, MULLION_ERROR_INVALID_ARGUMENT, "There is no file to drag" },
    { relative, MULLION_ERROR_INVALID_ARGUMENT,
      "The path of a file to drag must be absolute: first file.txt" },
    { missing, MULLION_ERROR_NOT_FOUND, "There is no file to drag at /nowhere/first file.txt" },
    { (const char *const *) fixture->files, MULLION_ERROR_NOT_ALLOWED,
      "The user holds no button down in the page to drag with" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (mullion_web_contents_start_drag (fixture->window->contents, bad[i].files,
                                                       NULL, &error));
      g_assert_error (error, MULLION_ERROR, (int) bad[i].code);
      g_assert_cmpstr (error->message, ==, bad[i].message);
    }

  /* A page that says so by itself. */
  ipc_assert_run (fixture->window, "dispatchEvent(new DragEvent('dragstart'))", "true");
  ipc_wait_until (fixture->n_drags == 1);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED);
}

/* One press is good for one drag, and a window may go away under it. */
static void
test_once (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  begin (fixture);
  g_assert_no_error (fixture->error);
  g_assert_false (mullion_web_contents_start_drag (fixture->window->contents,
                                                   (const char *const *) fixture->files, NULL,
                                                   &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED);
  mullion_browser_window_destroy (fixture->window->window);
  user_hand_let_go ();
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/page-drag/files", test_files },
    { "/page-drag/refused", test_refused },
    { "/page-drag/once", test_once },
  };
  MullionApp *app;
  int status;

  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPageDrag");
  if (!user_hand_is_there ())
    {
      g_print ("1..0 # SKIP no xdotool here\n");
      return 0;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
