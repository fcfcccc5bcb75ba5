/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "mullion-download-item-private.h"
#include "tests/test-warnings.h"
#include "web-server.h"

#include <glib/gstdio.h>

/* Downloads go where a handler says, and nowhere without one. */

#define REFUSED "WebContents #*: the download of * was refused: "

typedef struct
{
  WebServer *server;
  IpcWindow *window;
  MullionSession *session;
  MullionDownloadItem *item; /* (nullable): the last one */
  char *folder;
  char *path; /* (nullable): what the handler gives */
  gboolean cancel;
  gboolean has_contents;
  guint n_begun;
  guint n_updates;
  const char *end; /* (nullable): what `done` said */
} Fixture;

static void
updated_cb (MullionDownloadItem *item,
            const char          *state,
            Fixture             *fixture)
{
  g_assert_cmpstr (state, ==, "progressing");
  g_assert_null (fixture->end);
  fixture->n_updates++;
}

static void
done_cb (MullionDownloadItem *item,
         const char          *state,
         Fixture             *fixture)
{
  g_assert_null (fixture->end);
  g_assert_cmpstr (state, ==, mullion_download_item_get_state (item));
  fixture->end = mullion_download_item_get_state (item);
}

static void
will_download_cb (MullionSession      *session,
                  MullionDownloadItem *item,
                  MullionWebContents  *contents,
                  Fixture             *fixture)
{
  fixture->n_begun++;
  fixture->has_contents = contents != NULL && contents == fixture->window->contents;
  g_set_object (&fixture->item, item);
  g_assert_cmpstr (mullion_download_item_get_state (item), ==, "progressing");
  g_signal_connect (item, "updated", G_CALLBACK (updated_cb), fixture);
  g_signal_connect (item, "done", G_CALLBACK (done_cb), fixture);
  if (fixture->cancel)
    mullion_download_item_cancel (item);
  else if (fixture->path != NULL)
    mullion_download_item_set_save_path (item, fixture->path);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *uri = NULL;

  fixture->server = web_server_new (NULL);
  fixture->window = ipc_window_new ("{ \"show\": false }");
  fixture->session = mullion_web_contents_get_session (fixture->window->contents);
  fixture->folder = g_dir_make_tmp (NULL, NULL);
  fixture->path = g_build_filename (fixture->folder, "saved", NULL);
  uri = web_server_dup_uri (fixture->server, "/page");
  mullion_web_contents_load_uri (fixture->window->contents, uri);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  g_queue_clear_full (&fixture->window->events, g_free);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->item != NULL)
    {
      gpointer item = fixture->item;

      g_signal_handlers_disconnect_by_data (fixture->item, fixture);
      g_object_add_weak_pointer (item, &item);
      g_clear_object (&fixture->item);
      ipc_wait_until (item == NULL);
    }
  g_signal_handlers_disconnect_by_data (fixture->session, fixture);
  ipc_window_free (fixture->window);
  web_server_free (fixture->server);
  g_unlink (fixture->path);
  /* Nothing else is left there. */
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
  assert_warned ();
}

static void
listen (Fixture *fixture)
{
  g_signal_connect (fixture->session, "will-download", G_CALLBACK (will_download_cb), fixture);
}

static void
run (Fixture    *fixture,
     const char *code)
{
  mullion_web_contents_execute_javascript_async (fixture->window->contents, code, NULL, NULL, NULL);
}

static void
assert_saved (Fixture *fixture,
              gsize    expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  ipc_wait_until (fixture->end != NULL);
  g_assert_cmpstr (fixture->end, ==, "completed");
  g_file_get_contents (fixture->path, &text, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, expected);
}

/* The page is where it was, and nobody thinks that a load has failed. */
static void
assert_stayed (Fixture *fixture)
{
  g_assert_false (ipc_window_has (fixture->window, "did-fail-load"));
  ipc_assert_run (fixture->window, "[document.title, location.pathname]", "[\"Web\",\"/page\"]");
}

static void
test_default (Fixture       *fixture,
              gconstpointer  data)
{
  expect_warning (REFUSED "there is no handler of will-download");
  run (fixture, "location.href = '/download/note.txt'");
  ipc_wait_until (g_queue_is_empty (&expected_warnings));
  assert_stayed (fixture);
}

static void
test_no_path (Fixture       *fixture,
              gconstpointer  data)
{
  listen (fixture);
  g_unlink (fixture->path);
  g_clear_pointer (&fixture->path, g_free);
  expect_warning (REFUSED "no handler of will-download has given it a path");
  run (fixture, "location.href = '/download/note.txt'");
  ipc_wait_until (fixture->end != NULL);
  g_assert_cmpstr (fixture->end, ==, "cancelled");
  fixture->path = g_build_filename (fixture->folder, "saved", NULL);
  assert_stayed (fixture);
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/download/note.txt");

  listen (fixture);
  run (fixture, "location.href = '/download/note.txt'");
  assert_saved (fixture, 100000);
  g_assert_true (fixture->has_contents);
  g_assert_cmpuint (fixture->n_updates, >, 0);
  g_assert_cmpstr (mullion_download_item_get_url (fixture->item), ==, uri);
  g_assert_cmpstr (mullion_download_item_get_filename (fixture->item), ==, "note.txt");
  g_assert_cmpstr (mullion_download_item_get_mime_type (fixture->item), ==, "text/plain");
  g_assert_cmpstr (mullion_download_item_get_save_path (fixture->item), ==, fixture->path);
  g_assert_cmpuint (mullion_download_item_get_total_bytes (fixture->item), ==, 100000);
  g_assert_cmpuint (mullion_download_item_get_received_bytes (fixture->item), ==, 100000);
  g_assert_cmpint (mullion_download_item_get_percent_complete (fixture->item), ==, 100);
  assert_stayed (fixture);

  /* Too late, and no mistake. */
  mullion_download_item_cancel (fixture->item);
  g_assert_cmpstr (mullion_download_item_get_state (fixture->item), ==, "completed");
}

static void
test_replaces (Fixture       *fixture,
               gconstpointer  data)
{
  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  listen (fixture);
  run (fixture, "location.href = '/download/note.txt'");
  assert_saved (fixture, 100000);
}

/* WebKit cannot show it. */
static void
test_type (Fixture       *fixture,
           gconstpointer  data)
{
  listen (fixture);
  run (fixture, "location.href = '/type?application/zip'");
  assert_saved (fixture, 5);
  assert_stayed (fixture);
}

static void
test_link (Fixture       *fixture,
           gconstpointer  data)
{
  listen (fixture);
  run (fixture, "(() => { const a = document.createElement('a'); a.href = '/type?text/html';"
                "  a.download = 'page.html'; document.body.append(a); a.click(); })()");
  assert_saved (fixture, 5);
  g_assert_cmpstr (mullion_download_item_get_filename (fixture->item), ==, "page.html");
  assert_stayed (fixture);
}

static void
test_frame (Fixture       *fixture,
            gconstpointer  data)
{
  listen (fixture);
  run (fixture, "(() => { const f = document.createElement('iframe');"
                "  f.src = '/download/note.txt'; document.body.append(f); })()");
  assert_saved (fixture, 100000);
  assert_stayed (fixture);
}

static void
test_of_the_app (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/download/note.txt");

  listen (fixture);
  mullion_session_download_uri (fixture->session, uri);
  assert_saved (fixture, 100000);
  g_assert_false (fixture->has_contents);
  g_signal_handlers_disconnect_by_data (fixture->item, fixture);

  fixture->end = NULL;
  mullion_web_contents_download_uri (fixture->window->contents, uri);
  assert_saved (fixture, 100000);
  g_assert_true (fixture->has_contents);
}

static void
test_prevent (Fixture       *fixture,
              gconstpointer  data)
{
  listen (fixture);
  fixture->cancel = TRUE;
  run (fixture, "location.href = '/download/note.txt'");
  ipc_wait_until (fixture->end != NULL);
  g_assert_cmpstr (fixture->end, ==, "cancelled");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  assert_stayed (fixture);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  listen (fixture);
  run (fixture, "location.href = '/endless'");
  ipc_wait_until (fixture->n_updates > 0);
  g_assert_cmpint (mullion_download_item_get_percent_complete (fixture->item), ==, 0);
  mullion_download_item_cancel (fixture->item);
  ipc_wait_until (fixture->end != NULL);
  g_assert_cmpstr (fixture->end, ==, "cancelled");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_interrupted (Fixture       *fixture,
                  gconstpointer  data)
{
  listen (fixture);
  run (fixture, "location.href = '/endless'");
  ipc_wait_until (fixture->n_updates > 0);
  soup_server_disconnect (fixture->server->server);
  ipc_wait_until (fixture->end != NULL);
  g_assert_cmpstr (fixture->end, ==, "interrupted");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* A folder that is not there. */
static void
test_cannot_write (Fixture       *fixture,
                   gconstpointer  data)
{
  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->folder, "missing", "saved", NULL);
  listen (fixture);
  run (fixture, "location.href = '/download/note.txt'");
  ipc_wait_until (fixture->end != NULL);
  g_assert_cmpstr (fixture->end, ==, "interrupted");
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct { const char *suggested; const char *name; } names[] = {
    { "note.txt", "note.txt" },
    { "../../etc/passwd", "_._.._etc_passwd" },
    { ".bashrc", "_bashrc" },
    { "a\\b\nc", "a_b_c" },
    { "photo\xe2\x80\xaegnp.exe", "photo_gnp.exe" },
    { "", "download" },
    { "  ", "download" },
    { "b\xff" "d", "b\xef\xbf\xbd" "d" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = mullion_download_item_dup_filename (names[i].suggested);

      g_assert_cmpstr (name, ==, names[i].name);
    }

  listen (fixture);
  run (fixture, "location.href = '/download/..%2F..%2F.profile'");
  assert_saved (fixture, 100000);
  g_assert_null (strchr (mullion_download_item_get_filename (fixture->item), '/'));
  g_assert_cmpint (*mullion_download_item_get_filename (fixture->item), !=, '.');
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/downloads/default", test_default },
    { "/downloads/no-path", test_no_path },
    { "/downloads/save", test_save },
    { "/downloads/replaces", test_replaces },
    { "/downloads/type", test_type },
    { "/downloads/link", test_link },
    { "/downloads/frame", test_frame },
    { "/downloads/of-the-app", test_of_the_app },
    { "/downloads/prevent", test_prevent },
    { "/downloads/cancel", test_cancel },
    { "/downloads/interrupted", test_interrupted },
    { "/downloads/cannot-write", test_cannot_write },
    { "/downloads/names", test_names },
  };
  MullionApp *app;
  int status;

  web_server_ignore_proxies ();
  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestDownloads");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
