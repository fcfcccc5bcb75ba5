/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "launcher/capabilities/mullion-capability.h"

#include <glib/gstdio.h>

/*
 * The capability `dialogs` in a real window: a page asks, this test answers in the place of the
 * user, and the page says in its title what it got. The dialogs of GTK before 4.10 are windows of
 * this process and can be answered from here; later ones cannot.
 */

#define TIMEOUT_SECONDS 60

typedef struct
{
  MullionApp *app;
  MullionCapabilitySet *set;
  MullionBrowserWindow *window;
  MullionWebContents *contents;
  char *folder;

  char *title; /* the latest one */
  GtkWindow *dialog; /* the dialog that is open */
  int response;      /* what it is answered with */
  guint timeout_id;
} Fixture;

static const char preload[] =
  "const { contextBridge, ipcRenderer } = require('electron');"
  "contextBridge.exposeInMainWorld('call', (...args) => ipcRenderer.invoke(...args));";

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
timeout_cb (gpointer user_data)
{
  g_error ("nothing happened for a minute");
  return G_SOURCE_REMOVE;
}

/* Turns the loop until @condition holds. */
#define WAIT_FOR(condition)                                                                       \
  G_STMT_START                                                                                    \
  {                                                                                               \
    while (!(condition))                                                                          \
      g_main_context_iteration (NULL, TRUE);                                                      \
  }                                                                                               \
  G_STMT_END

static void
title_cb (MullionWebContents *contents,
          const char         *title,
          gpointer            user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->title);
  fixture->title = g_strdup (title);
}

static void
toplevels_cb (GListModel *toplevels,
              guint       position,
              guint       removed,
              guint       added,
              gpointer    user_data)
{
  Fixture *fixture = user_data;

  fixture->dialog = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (GTK_IS_DIALOG (window))
        fixture->dialog = window;
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *id = g_strdup_printf ("io.github.mullion.Dialogs%u", g_random_int ());

  fixture->folder = g_dir_make_tmp ("mullion-dialogs-XXXXXX", NULL);
  write_file (fixture, "index.html", "<!doctype html><title>loaded</title>");
  write_file (fixture, "preload.js", preload);

  fixture->app = mullion_app_new (id, G_APPLICATION_NON_UNIQUE);
  mullion_app_set_app_path (fixture->app, fixture->folder);
  g_assert_true (g_application_register (G_APPLICATION (fixture->app), NULL, NULL));
  fixture->set = mullion_capability_set_new (fixture->app);
  mullion_capability_set_add (fixture->set, "dialogs", NULL);
  mullion_capability_set_add (fixture->set, "text-files", NULL);

  fixture->window = mullion_browser_window_new_from_json (
    fixture->app, "{ \"webPreferences\": { \"preload\": \"preload.js\" } }", NULL);
  g_object_ref (fixture->window);
  fixture->contents = g_object_ref (mullion_browser_window_get_web_contents (fixture->window));
  g_signal_connect (fixture->contents, "page-title-updated", G_CALLBACK (title_cb), fixture);
  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (toplevels_cb),
                    fixture);
  fixture->timeout_id = g_timeout_add_seconds (TIMEOUT_SECONDS, timeout_cb, fixture);

  mullion_browser_window_load_file (fixture->window, "index.html");
  WAIT_FOR (g_strcmp0 (fixture->title, "loaded") == 0);
  WAIT_FOR (!mullion_web_contents_is_loading (fixture->contents));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *index = g_build_filename (fixture->folder, "index.html", NULL);
  g_autofree char *script = g_build_filename (fixture->folder, "preload.js", NULL);
  g_autofree char *saved = g_build_filename (fixture->folder, "saved.txt", NULL);

  g_source_remove (fixture->timeout_id);
  g_signal_handlers_disconnect_by_data (gtk_window_get_toplevels (), fixture);
  g_signal_handlers_disconnect_by_data (fixture->contents, fixture);
  if (!mullion_browser_window_is_destroyed (fixture->window))
    mullion_browser_window_destroy (fixture->window);
  g_clear_object (&fixture->window);
  g_clear_object (&fixture->contents);
  g_clear_object (&fixture->set);
  g_clear_object (&fixture->app);
  g_remove (index);
  g_remove (script);
  g_remove (saved);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->title);
}

/* The page calls, and puts the outcome behind @label into its title. */
static void
call (Fixture    *fixture,
      const char *label,
      const char *arguments)
{
  g_autofree char *code = NULL;

  code = g_strdup_printf ("call(%s).then((v) => { document.title = '%s ' + JSON.stringify(v); },"
                          "  (e) => { document.title = '%s ' + e.message; }); undefined",
                          arguments, label, label);
  mullion_web_contents_execute_javascript_async (fixture->contents, code, NULL, NULL, NULL);
}

static void
assert_title (Fixture    *fixture,
              const char *label,
              const char *expected)
{
  WAIT_FOR (g_str_has_prefix (fixture->title, label));
  g_assert_cmpstr (fixture->title + strlen (label) + 1, ==, expected);
}

static void
test_message (Fixture       *fixture,
              gconstpointer  data)
{
  call (fixture, "one", "'mullion:dialogs.message', { type: 'question', message: 'Really?',"
                        " title: 'T', detail: 'D', buttons: ['a_b', 'c', 'd'] }");
  WAIT_FOR (fixture->dialog != NULL);
  g_assert_true (gtk_window_get_modal (fixture->dialog));
  g_assert_true (gtk_window_get_transient_for (fixture->dialog) == GTK_WINDOW (fixture->window));
  gtk_dialog_response (GTK_DIALOG (fixture->dialog), 1);
  assert_title (fixture, "one", "{\"response\":1,\"checkboxChecked\":false}");
  WAIT_FOR (fixture->dialog == NULL);

  /* Closing the box is the answer of cancelId. */
  call (fixture, "two", "'mullion:dialogs.message', { message: 'm', buttons: ['a', 'b', 'c'],"
                        " cancelId: 2 }");
  WAIT_FOR (fixture->dialog != NULL);
  gtk_window_close (fixture->dialog);
  assert_title (fixture, "two", "{\"response\":2,\"checkboxChecked\":false}");
}

static void
test_one_at_a_time (Fixture       *fixture,
                    gconstpointer  data)
{
  call (fixture, "first", "'mullion:dialogs.message', { message: 'm' }");
  WAIT_FOR (fixture->dialog != NULL);
  call (fixture, "second", "'mullion:dialogs.open'");
  assert_title (fixture, "second",
                "Error invoking remote method 'mullion:dialogs.open': Error: this page has a dialog "
                "open already");
  gtk_dialog_response (GTK_DIALOG (fixture->dialog), 0);
  assert_title (fixture, "first", "{\"response\":0,\"checkboxChecked\":false}");
}

/* A page that goes takes its dialog along, and the next page may ask again. */
static void
test_reload (Fixture       *fixture,
             gconstpointer  data)
{
  call (fixture, "first", "'mullion:dialogs.message', { message: 'm' }");
  WAIT_FOR (fixture->dialog != NULL);
  mullion_web_contents_reload (fixture->contents);
  WAIT_FOR (fixture->dialog == NULL);
  WAIT_FOR (!mullion_web_contents_is_loading (fixture->contents));
  call (fixture, "second", "'mullion:dialogs.open', { title: 'Open' }");
  WAIT_FOR (fixture->dialog != NULL);
  mullion_web_contents_reload (fixture->contents);
  WAIT_FOR (fixture->dialog == NULL);
}

static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  call (fixture, "first", "'mullion:dialogs.message', { message: 'm' }");
  WAIT_FOR (fixture->dialog != NULL);
  mullion_browser_window_destroy (fixture->window);
  WAIT_FOR (fixture->dialog == NULL);
}

static gboolean
respond_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  if (fixture->dialog != NULL)
    gtk_dialog_response (GTK_DIALOG (fixture->dialog), fixture->response);
  return G_SOURCE_CONTINUE;
}

/* Answers the dialog of this call until it is gone. GTK passes over an answer to a file dialog that
 * still reads its folder, and has no signal for the end of that: so the button is pressed again. */
static void
respond (Fixture *fixture,
         int      response)
{
  guint id;

  WAIT_FOR (fixture->dialog != NULL);
  fixture->response = response;
  id = g_timeout_add (100, respond_cb, fixture);
  WAIT_FOR (fixture->dialog == NULL);
  g_source_remove (id);
}

static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "saved.txt", NULL);
  g_autofree char *save = NULL;
  g_autofree char *write = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;

  save = g_strdup_printf ("'mullion:dialogs.save', { defaultPath: '%s' }", path);
  write = g_strdup_printf ("'mullion:text-files.write', '%s', 'text'", path);
  expected = g_strdup_printf ("{\"canceled\":false,\"filePath\":\"%s\"}", path);

  call (fixture, "open", "'mullion:dialogs.open'");
  respond (fixture, GTK_RESPONSE_CANCEL);
  assert_title (fixture, "open", "{\"canceled\":true,\"filePaths\":[]}");

  /* Shown to the user is not chosen by the user. */
  call (fixture, "dismissed", save);
  respond (fixture, GTK_RESPONSE_CANCEL);
  assert_title (fixture, "dismissed", "{\"canceled\":true,\"filePath\":\"\"}");
  call (fixture, "refused", write);
  WAIT_FOR (g_str_has_prefix (fixture->title, "refused Error invoking"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  call (fixture, "saved", save);
  respond (fixture, GTK_RESPONSE_ACCEPT);
  assert_title (fixture, "saved", expected);
  call (fixture, "written", write);
  WAIT_FOR (g_str_has_prefix (fixture->title, "written"));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "text");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#if GTK_CHECK_VERSION (4, 10, 0)
  g_print ("1..0 # SKIP the dialogs of this GTK cannot be answered from here\n");
  return 0;
#else
  ADD ("/dialogs/message", test_message);
  ADD ("/dialogs/one-at-a-time", test_one_at_a_time);
  ADD ("/dialogs/reload", test_reload);
  ADD ("/dialogs/close", test_close);
  ADD ("/dialogs/files", test_files);

  return g_test_run ();
#endif
}
