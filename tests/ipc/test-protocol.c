/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"

#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

/* Schemes that the app answers: what pages get of them, and handlers that do not behave. */

typedef struct
{
  IpcWindow *window;
  MullionSession *session;
  MullionProtocolRequest *kept; /* (nullable) */
  int writing_end;              /* of the body of /stream */
  guint n_requests;
  gboolean is_freed; /* what the handler was given */
} Fixture;

static void
respond_text (MullionProtocolRequest *request,
              const char             *text)
{
  mullion_protocol_request_respond_bytes (request, "text/plain",
                                          g_bytes_new (text, strlen (text)));
}

static void
read_body_cb (GObject      *output,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionProtocolRequest) request = user_data;

  g_assert_cmpint (g_output_stream_splice_finish (G_OUTPUT_STREAM (output), result, NULL), >=, 0);
  mullion_protocol_request_respond_bytes (
    request, "text/plain",
    g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output)));
}

static void
echo (MullionProtocolRequest *request)
{
  g_autoptr(GInputStream) body = mullion_protocol_request_get_body (request);
  g_autoptr(GOutputStream) output = g_memory_output_stream_new_resizable ();

  g_assert_nonnull (body);
  g_output_stream_splice_async (output, body, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, read_body_cb, g_object_ref (request));
}

static void
respond_stream (Fixture                *fixture,
                MullionProtocolRequest *request)
{
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  fixture->writing_end = ends[1];
  g_assert_cmpint (write (ends[1], "first", 5), ==, 5);
  mullion_protocol_request_respond (request, "text/plain", g_unix_input_stream_new (ends[0], TRUE),
                                    -1);
}

static void
respond_status (MullionProtocolRequest *request)
{
  mullion_protocol_request_set_status (request, 404);
  g_assert_true (mullion_protocol_request_set_header (request, "X-Note", "none"));
  g_assert_false (mullion_protocol_request_set_header (request, "X-Note", "a\r\nX-More: b"));
  g_assert_false (mullion_protocol_request_set_header (request, "X Note", "a"));
  respond_text (request, "nothing here");
}

/* Answers twice: that is the app's mistake, and the page has the first. */
static void
respond_twice (MullionProtocolRequest *request)
{
  respond_text (request, "once");
  g_test_expect_message ("mullion", G_LOG_LEVEL_CRITICAL, "*self->headers != NULL*");
  respond_text (request, "twice");
  g_test_assert_expected_messages ();
}

/* Sends pages to where they may not go by themselves, in the two ways that a server has. */
static void
respond_detour (MullionProtocolRequest *request,
                const char             *path)
{
  gboolean is_redirect = g_str_has_prefix (path, "redirect/");
  const char *target = strchr (path, '/') + 1;
  g_autofree char *refresh = g_strconcat ("0; url=", target, NULL);

  mullion_protocol_request_set_status (request, is_redirect ? 302 : 200);
  g_assert_true (mullion_protocol_request_set_header (request, is_redirect ? "Location" : "Refresh",
                                                      is_redirect ? target : refresh));
  mullion_protocol_request_respond_bytes (request, "text/html",
                                          g_bytes_new_static ("<title>Detour</title>", 21));
}

static void
respond_file (MullionProtocolRequest *request)
{
  g_autoptr(GFile) folder = g_file_new_for_path (mullion_app_get_app_path (ipc_app_get ()));

  g_assert_true (mullion_protocol_request_set_header (request, "X-Note", "file"));
  mullion_protocol_request_respond_file (request, folder);
}

static void
handler_cb (MullionProtocolRequest *request,
            gpointer                user_data)
{
  Fixture *fixture = user_data;
  const char *path = mullion_protocol_request_get_url (request) + strlen ("notes://here/");

  fixture->n_requests++;
  g_assert_true (mullion_protocol_request_get_web_contents (request) == fixture->window->contents);
  /* Our pages are of another origin. */
  mullion_protocol_request_set_header (request, "Access-Control-Allow-Origin", "*");
  mullion_protocol_request_set_header (request, "Access-Control-Allow-Headers", "range");
  mullion_protocol_request_set_header (request, "Access-Control-Expose-Headers", "x-note");
  if (g_str_equal (path, "hello"))
    respond_text (request, mullion_protocol_request_get_method (request));
  else if (g_str_equal (path, "digits"))
    respond_text (request, "0123456789");
  else if (g_str_equal (path, "echo"))
    echo (request);
  else if (g_str_equal (path, "missing"))
    respond_status (request);
  else if (g_str_equal (path, "stream"))
    respond_stream (fixture, request);
  else if (g_str_equal (path, "twice"))
    respond_twice (request);
  else if (g_str_equal (path, "later"))
    fixture->kept = g_object_ref (request);
  else if (g_str_has_prefix (path, "redirect/") || g_str_has_prefix (path, "refresh/"))
    respond_detour (request, path);
  else if (g_str_has_prefix (path, "protocol"))
    respond_file (request);
  else if (g_str_equal (path, "error"))
    mullion_protocol_request_respond_error (
      request, g_error_new_literal (MULLION_ERROR, MULLION_ERROR_FAILED, "no"));
}

static void
freed_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->is_freed = TRUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->window = ipc_window_new ("{}");
  fixture->session = mullion_web_contents_get_session (fixture->window->contents);
  fixture->writing_end = -1;
  g_assert_true (mullion_session_handle_protocol (fixture->session, "notes", handler_cb, fixture,
                                                  freed_cb, &error));
  g_assert_no_error (error);
  ipc_window_load (fixture->window, "protocol/index.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->kept);
  if (fixture->writing_end >= 0)
    close (fixture->writing_end);
  mullion_session_unhandle_protocol (fixture->session, "notes");
  g_assert_true (fixture->is_freed);
  ipc_window_free (fixture->window);
}

static void
test_responses (Fixture       *fixture,
                gconstpointer  data)
{
  ipc_assert_run (fixture->window, "tell('hello')", "[200,\"text/plain\",null,\"GET\"]");
  ipc_assert_run (fixture->window, "tell('missing')",
                  "[404,\"text/plain\",\"none\",\"nothing here\"]");
  ipc_assert_run (fixture->window, "tell('echo', { method: 'POST', body: 'what is sent' })",
                  "[200,\"text/plain\",null,\"what is sent\"]");
  ipc_assert_run (fixture->window,
                  "tell('echo', { method: 'POST', body: 'x'.repeat(300000) })"
                  ".then((r) => r[3].length)", "300000");
}

static void
test_ranges (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct { const char *range; const char *expected; } ranges[] = {
    { "bytes=2-4", "[206,\"text/plain\",null,\"234\"]" },
    { "bytes=-3", "[206,\"text/plain\",null,\"789\"]" },
    { "bytes=10-", "[416,\"text/plain\",null,\"\"]" },
    { "letters=1-2", "[200,\"text/plain\",null,\"0123456789\"]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autofree char *code = g_strdup_printf ("tell('digits', { headers: { range: '%s' } })",
                                               ranges[i].range);

      ipc_assert_run (fixture->window, code, ranges[i].expected);
    }
}

/* The host of the address is the app's affair, and the path has one spelling. */
static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  ipc_assert_run (fixture->window, "tell('protocol/index.html').then((r) => r.slice(0, 3))",
                  "[200,\"text/html; charset=utf-8\",\"file\"]");
  ipc_assert_run (fixture->window, "tell('protocol/none').then((r) => r.slice(0, 3))",
                  "[404,\"text/plain; charset=utf-8\",\"file\"]");
  ipc_assert_run (fixture->window, "tell('protocol').then((r) => r[0])", "404");
  ipc_assert_run (fixture->window, "tell('protocol/..%2f..%2fharness.js').then((r) => r[0])", "403");
  ipc_assert_run (fixture->window,
                  "tell('protocol/index.html', { method: 'POST', body: 'x' }).then((r) => r[0])",
                  "405");
}

static void
test_stream (Fixture       *fixture,
             gconstpointer  data)
{
  ipc_assert_run (fixture->window, "begin('stream')", "\"first\"");
  g_assert_cmpint (write (fixture->writing_end, "second", 6), ==, 6);
  ipc_assert_run (fixture->window, "goOn()", "\"second\"");
  close (fixture->writing_end);
  fixture->writing_end = -1;
  ipc_assert_run (fixture->window, "goOn()", "\"done\"");
}

/* Nobody waits in vain. */
static void
test_bad_handlers (Fixture       *fixture,
                   gconstpointer  data)
{
  ipc_assert_run (fixture->window, "tell('error')", "\"TypeError\"");
  ipc_assert_run (fixture->window, "tell('never')", "\"TypeError\"");
  ipc_assert_run (fixture->window, "window.later = tell('later'); 0", "0");
  ipc_wait_until (fixture->kept != NULL);
  respond_text (fixture->kept, "late");
  ipc_assert_run (fixture->window, "window.later", "[200,\"text/plain\",null,\"late\"]");
}

static void
test_twice (Fixture       *fixture,
            gconstpointer  data)
{
  ipc_assert_run (fixture->window, "tell('twice')", "[200,\"text/plain\",null,\"once\"]");
}

/* The page is gone before the answer. */
static void
test_too_late (Fixture       *fixture,
               gconstpointer  data)
{
  ipc_assert_run (fixture->window, "window.later = tell('later'); 0", "0");
  ipc_wait_until (fixture->kept != NULL);
  ipc_window_load (fixture->window, "protocol/index.html");
  respond_text (fixture->kept, "late");
  ipc_assert_run (fixture->window, "tell('hello').then((r) => r[3])", "\"GET\"");
}

static void
test_sessions (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(IpcWindow) other =
    ipc_window_new ("{ \"show\": false, \"webPreferences\": { \"partition\": \"other\" } }");
  guint n = fixture->n_requests;

  g_assert_true (mullion_session_is_protocol_handled (fixture->session, "notes"));
  g_assert_false (mullion_session_is_protocol_handled (
    mullion_web_contents_get_session (other->contents), "notes"));
  ipc_window_load (other, "protocol/index.html");
  ipc_assert_run (other, "tell('hello')", "\"TypeError\"");
  g_assert_cmpuint (fixture->n_requests, ==, n);
}

static void
test_unhandled (Fixture       *fixture,
                gconstpointer  data)
{
  mullion_session_unhandle_protocol (fixture->session, "notes");
  g_assert_true (fixture->is_freed);
  g_assert_false (mullion_session_is_protocol_handled (fixture->session, "notes"));
  ipc_assert_run (fixture->window, "tell('hello')", "\"TypeError\"");
  mullion_session_unhandle_protocol (fixture->session, "notes");
}

/* A page of the scheme itself. */
static void
test_page (Fixture       *fixture,
           gconstpointer  data)
{
  mullion_web_contents_load_uri (fixture->window->contents, "notes://here/hello");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "[document.body.textContent, isSecureContext]",
                  "[\"GET\",true]");
}

#define OWN "app://io.github.mullion.testprotocol/protocol/index.html"

static void
load_page (Fixture    *fixture,
           const char *uri)
{
  g_queue_clear_full (&fixture->window->events, g_free);
  mullion_web_contents_load_uri (fixture->window->contents, uri);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
}

/* Who answers a scheme may take what he answers from somebody else. It sends no page to a file, nor a
 * foreign one to the app. */
static void
test_redirects (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const targets[] = { "file:///etc/hostname", OWN, "notes://here/hello" };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *uri = g_strconcat ("notes://here/redirect/", targets[i], NULL);
      g_autofree char *code = g_strdup_printf (
        "fetch('%s').then((r) => [r.status, r.redirected, r.url === '%s'])", uri, uri);

      ipc_window_load (fixture->window, "protocol/index.html");
      ipc_assert_run (fixture->window, code, "[302,false,true]");
      load_page (fixture, uri);
      ipc_assert_run (fixture->window, "document.title", "\"Detour\"");
      g_assert_cmpstr (mullion_web_contents_get_uri (fixture->window->contents), ==, uri);
    }
}

static void
test_refreshes (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const targets[] = { "file:///etc/hostname", OWN };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *uri = g_strconcat ("notes://here/refresh/", targets[i], NULL);

      mullion_web_contents_load_uri (fixture->window->contents, uri);
      g_free (ipc_window_wait (fixture->window, "console-message 3 Not allowed to load local"));
      ipc_assert_run (fixture->window, "document.title", "\"Detour\"");
    }
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct { const char *scheme; MullionError code; } bad[] = {
    { "", MULLION_ERROR_INVALID_ARGUMENT },
    { "Notes", MULLION_ERROR_INVALID_ARGUMENT },
    { "a b", MULLION_ERROR_INVALID_ARGUMENT },
    { "https", MULLION_ERROR_NOT_ALLOWED },
    { "app", MULLION_ERROR_NOT_ALLOWED },
    { "notes", MULLION_ERROR_NOT_ALLOWED },
  };
  static const struct { const char *json; MullionError code; } privileges[] = {
    { "[{ \"scheme\": \"file\" }]", MULLION_ERROR_NOT_ALLOWED },
    { "[{ \"scheme\": \"x\", \"privileges\": { \"bypassCSP\": true } }]",
      MULLION_ERROR_NOT_SUPPORTED },
    { "[{ \"scheme\": \"x\", \"privileges\": { \"secure\": 1 } }]", MULLION_ERROR_INVALID_ARGUMENT },
    { "[1]", MULLION_ERROR_INVALID_ARGUMENT },
  };
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (mullion_session_handle_protocol (fixture->session, bad[i].scheme, handler_cb,
                                                       fixture, NULL, &error));
      g_assert_error (error, MULLION_ERROR, (int) bad[i].code);
      g_clear_error (&error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (privileges); i++)
    {
      g_autoptr(JsonNode) node = json_from_string (privileges[i].json, NULL);

      g_assert_false (mullion_app_register_schemes_as_privileged (
        ipc_app_get (), json_node_get_array (node), &error));
      g_assert_error (error, MULLION_ERROR, (int) privileges[i].code);
      g_clear_error (&error);
    }
}

static void
let_notes_in (MullionApp *app)
{
  mullion_app_set_content_security_policy (app, "default-src 'self'; connect-src 'self' notes:");
}

static void
make_privileged (MullionApp *app)
{
  g_autoptr(JsonNode) schemes = json_from_string (
    "[{ \"scheme\": \"notes\", \"privileges\": { \"standard\": true, \"secure\": true,"
    "  \"corsEnabled\": true, \"supportFetchAPI\": true, \"stream\": true } }]", NULL);
  g_autoptr(GError) error = NULL;

  mullion_app_register_schemes_as_privileged (app, json_node_get_array (schemes), &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/protocol/responses", test_responses },
    { "/protocol/ranges", test_ranges },
    { "/protocol/files", test_files },
    { "/protocol/stream", test_stream },
    { "/protocol/bad-handlers", test_bad_handlers },
    { "/protocol/twice", test_twice },
    { "/protocol/too-late", test_too_late },
    { "/protocol/sessions", test_sessions },
    { "/protocol/unhandled", test_unhandled },
    { "/protocol/page", test_page },
    { "/protocol/redirects", test_redirects },
    { "/protocol/refreshes", test_refreshes },
    { "/protocol/refused", test_refused },
  };
  MullionApp *app;
  int status;

  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new_with ("io.github.mullion.TestProtocol", let_notes_in);
  make_privileged (app);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
