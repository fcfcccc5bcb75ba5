/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "hostile-page.h"

#include "tests/test-warnings.h"
#include "web-server.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* The channels that a web process offers: too many of them, of another version, or no channels. */

typedef struct
{
  Page *page;
} Fixture;

static void
echo_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, json_array_dup_element (args, 0));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  mullion_ipc_main_handle (mullion_app_get_ipc_main (ipc_app_get ()), "echo", echo_cb, NULL, NULL);
  fixture->page = page_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  assert_warned ();
  mullion_ipc_main_remove_handler (mullion_app_get_ipc_main (ipc_app_get ()), "echo");
  page_free (fixture->page);
}

/* Channels that are offered without end push one another out, and not the page that is shown. */
static void
test_many_channels (Fixture       *fixture,
                    gconstpointer  data)
{
  Page *others[20];

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    others[i] = page_offer (fixture->page->window);
  page_wait_end (others[0]);

  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,1,\"echo\",[1]]]");
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[2,1,\"\",[1]]]");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      others[i]->window = NULL;
      page_free (others[i]);
    }
}

/* A page of the web has offered a channel more, and kept it till the app shows a page of its own. It
 * lives on in WebKit's history. */
static void
test_channel_of_page_before (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(IpcWindow) window = ipc_window_new ("{ \"show\": false }");
  g_autoptr(WebServer) server = web_server_new (NULL);
  g_autofree char *uri = web_server_dup_uri (server, "/page");
  Page *kept;

  mullion_web_contents_load_uri (window->contents, uri);
  g_free (ipc_window_wait (window, "did-finish-load"));
  kept = page_offer (window);
  ipc_window_load (window, "lifecycle/index.html");

  expect_warning ("The channel of WebContents #* was cut off: A document claims the origin app://*, "
                  "which the view does not show");
  page_begin_document (kept, 1, 1, mullion_app_get_origin (ipc_app_get ()), TRUE);
  page_wait_end (kept);
  /* What is shown is innocent. */
  g_assert_false (ipc_window_has (window, "render-process-gone"));
  ipc_assert_run (window, "document.title", "\"First\"");
  kept->window = NULL;
  page_free (kept);
}

/* Each costs us more than the page. */
static void
test_channels_without_end (Fixture       *fixture,
                           gconstpointer  data)
{
  IpcWindow *window = fixture->page->window;

  expect_warning ("A web process of WebContents #* offered too many channels");
  /* The fixture's own page has offered one. */
  for (guint i = 0; i < 100; i++)
    {
      Page *other = page_offer (window);

      other->window = NULL;
      page_free (other);
    }
  assert_warned ();
  page_wait_end (fixture->page);
  g_free (ipc_window_wait (window, "render-process-gone killed"));
  g_assert_cmpstr (mullion_web_contents_get_gone_message (window->contents), ==,
                   "It offered too many channels");
}

static void
offer_fd (IpcWindow *window,
          int        fd)
{
  g_autoptr(GUnixFDList) fds = g_unix_fd_list_new_from_array (&fd, 1);
  g_autoptr(WebKitUserMessage) message = g_object_ref_sink (
    webkit_user_message_new_with_fd_list (MULLION_WIRE_CHANNEL_MESSAGE,
                                          g_variant_new_uint32 (MULLION_WIRE_VERSION), fds));
  gboolean handled = FALSE;

  expect_warning ("A web process of WebContents #* offered a channel that is not of this version");
  g_signal_emit_by_name (mullion_web_contents_get_web_view (window->contents),
                         "user-message-received", message, &handled);
  g_assert_true (handled);
  assert_warned ();
}

/* What could not end, or is not the page's alone. */
static void
test_offers_no_socket (Fixture       *fixture,
                       gconstpointer  data)
{
  int pipe_fds[2];
  int listening = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  g_assert_no_errno (bind (listening, (struct sockaddr *) &address, sizeof address.sun_family));
  g_assert_no_errno (listen (listening, 1));
  g_assert_no_errno (pipe2 (pipe_fds, O_CLOEXEC));
  close (pipe_fds[1]);

  offer_fd (fixture->page->window, open ("/dev/zero", O_RDWR | O_CLOEXEC));
  offer_fd (fixture->page->window, pipe_fds[0]);
  offer_fd (fixture->page->window, socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  offer_fd (fixture->page->window, socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  offer_fd (fixture->page->window, listening);
}

static void
test_offers (Fixture       *fixture,
             gconstpointer  data)
{
  WebKitWebView *view = mullion_web_contents_get_web_view (fixture->page->window->contents);
  GVariant *const parameters[] = {
    NULL, g_variant_new_string ("1"), g_variant_new_uint32 (MULLION_WIRE_VERSION + 1),
    g_variant_new_uint32 (MULLION_WIRE_VERSION), /* but with no socket */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++)
    {
      g_autoptr(WebKitUserMessage) message = g_object_ref_sink (
        webkit_user_message_new (MULLION_WIRE_CHANNEL_MESSAGE, parameters[i]));
      gboolean handled = FALSE;

      expect_warning ("A web process of WebContents #* offered a channel that is not of this "
                      "version");
      g_signal_emit_by_name (view, "user-message-received", message, &handled);
      g_assert_true (handled);
      assert_warned ();
    }
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/page-offers/many", test_many_channels },
    { "/page-offers/page-before", test_channel_of_page_before },
    { "/page-offers/without-end", test_channels_without_end },
    { "/page-offers/version", test_offers },
    { "/page-offers/no-socket", test_offers_no_socket },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPageOffers");
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
