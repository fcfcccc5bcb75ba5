/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"
#include "web-server.h"

/* Servers that nobody vouches for are not talked to, unless a handler trusts their certificate; and
 * what is loaded safely loads nothing unsafely. */

#define REFUSED "WebContents #*: the certificate of * was refused: ERR_CERT_AUTHORITY_INVALID"

typedef struct
{
  GTlsCertificate *certificate;
  WebServer *server;
  WebServer *plain;
  IpcWindow *window;
  guint n_asked;
  gboolean trust;
} Fixture;

static gboolean
certificate_error_cb (MullionWebContents *contents,
                      const char         *url,
                      const char         *error,
                      GTlsCertificate    *certificate,
                      Fixture            *fixture)
{
  g_assert_true (g_str_has_prefix (url, "https://127.0.0.1:"));
  g_assert_cmpstr (error, ==, "ERR_CERT_AUTHORITY_INVALID");
  g_assert_true (g_tls_certificate_is_same (certificate, fixture->certificate));
  fixture->n_asked++;

  return fixture->trust;
}

/* A certificate is trusted for as long as its session lives: each test has its own. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static guint n = 0;
  g_autofree char *options =
    g_strdup_printf ("{ \"show\": false, \"webPreferences\": { \"partition\": \"%u\" } }", n++);

  fixture->certificate = web_server_load_certificate ();
  fixture->server = web_server_new (fixture->certificate);
  fixture->plain = web_server_new (NULL);
  fixture->window = ipc_window_new (options);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ipc_window_free (fixture->window);
  web_server_free (fixture->server);
  web_server_free (fixture->plain);
  g_object_unref (fixture->certificate);
  assert_warned ();
}

static void
listen (Fixture *fixture)
{
  g_signal_connect (fixture->window->contents, "certificate-error",
                    G_CALLBACK (certificate_error_cb), fixture);
}

static void
load (Fixture    *fixture,
      WebServer  *server,
      const char *path,
      const char *expected)
{
  g_autofree char *uri = web_server_dup_uri (server, path);

  g_queue_clear_full (&fixture->window->events, g_free);
  mullion_web_contents_load_uri (fixture->window->contents, uri);
  g_free (ipc_window_wait (fixture->window, expected));
}

static void
test_default (Fixture       *fixture,
              gconstpointer  data)
{
  expect_warning (REFUSED);
  load (fixture, fixture->server, "/page", "did-fail-load -202 ERR_CERT_AUTHORITY_INVALID https://");
  g_free (ipc_window_wait (fixture->window, "did-stop-loading"));
  g_assert_false (mullion_web_contents_is_loading (fixture->window->contents));
  g_assert_cmpuint (fixture->server->requests->len, ==, 0);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  listen (fixture);
  expect_warning (REFUSED);
  load (fixture, fixture->server, "/page", "did-fail-load -202 ERR_CERT_AUTHORITY_INVALID https://");
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  g_assert_cmpuint (fixture->server->requests->len, ==, 0);
}

static void
test_trusted (Fixture       *fixture,
              gconstpointer  data)
{
  listen (fixture);
  fixture->trust = TRUE;
  load (fixture, fixture->server, "/page", "did-finish-load");
  ipc_assert_run (fixture->window, "document.title", "\"Web\"");

  /* It is not asked about again. */
  load (fixture, fixture->server, "/other", "did-finish-load");
  ipc_assert_run (fixture->window, "fetch('/more').then((r) => r.status)", "200");
  g_assert_cmpuint (fixture->n_asked, ==, 1);
}

static gboolean
app_certificate_error_cb (MullionApp         *app,
                          MullionWebContents *contents,
                          const char         *url,
                          const char         *error,
                          GTlsCertificate    *certificate,
                          Fixture            *fixture)
{
  g_assert_true (contents == fixture->window->contents);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  g_assert_cmpstr (error, ==, "ERR_CERT_AUTHORITY_INVALID");
  return g_tls_certificate_is_same (certificate, fixture->certificate);
}

/* The app is asked when nobody trusts it on the contents. */
static void
test_app (Fixture       *fixture,
          gconstpointer  data)
{
  gulong handler = g_signal_connect (ipc_app_get (), "certificate-error",
                                     G_CALLBACK (app_certificate_error_cb), fixture);

  listen (fixture);
  load (fixture, fixture->server, "/page", "did-finish-load");
  g_signal_handler_disconnect (ipc_app_get (), handler);
}

/* Nobody is asked about what belongs to a page. */
static void
test_parts (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/picture");
  g_autofree char *code =
    g_strdup_printf ("fetch('%s', { mode: 'no-cors' }).catch((e) => e.name)", uri);

  listen (fixture);
  fixture->trust = TRUE;
  load (fixture, fixture->plain, "/page", "did-finish-load");
  ipc_assert_run (fixture->window, code, "\"TypeError\"");
  g_assert_cmpuint (fixture->n_asked, ==, 0);
  g_assert_cmpuint (fixture->server->requests->len, ==, 0);
}

/* Addresses of this machine count as safe. So what is asked of any other by http: goes to the plain
 * server, as to a proxy. */
static void
use_proxy (Fixture *fixture)
{
  g_autofree char *uri = web_server_dup_uri (fixture->plain, "/");
  WebKitNetworkProxySettings *settings = webkit_network_proxy_settings_new (NULL, NULL);

  webkit_network_proxy_settings_add_proxy_for_scheme (settings, "http", uri);
  webkit_network_session_set_proxy_settings (
    mullion_session_get_network_session (
      mullion_web_contents_get_session (fixture->window->contents)),
    WEBKIT_NETWORK_PROXY_MODE_CUSTOM, settings);
  webkit_network_proxy_settings_free (settings);
}

#define PARTS \
  "Promise.all(['script', 'iframe', 'img'].map((name) => new Promise((resolve) => {" \
  "  const element = document.createElement(name);" \
  "  element.onload = element.onerror = resolve;" \
  "  setTimeout(resolve, 1000);" \
  "  element.src = `http://mixed.example/${name}`;" \
  "  document.body.append(element);" \
  "})).concat(fetch('http://mixed.example/fetch').catch(() => 0))).then(() => 'settled')"

/* A page of https: runs, frames, shows and fetches nothing of http:. */
static void
test_mixed_content (Fixture       *fixture,
                    gconstpointer  data)
{
  listen (fixture);
  fixture->trust = TRUE;
  use_proxy (fixture);
  load (fixture, fixture->server, "/page", "did-finish-load");
  ipc_assert_run (fixture->window, PARTS, "\"settled\"");
  for (guint i = 0; i < fixture->plain->requests->len; i++)
    g_test_message ("%s", (char *) fixture->plain->requests->pdata[i]);
  g_assert_cmpuint (fixture->plain->requests->len, ==, 0);

  /* A page of http: does, so that this could be seen. */
  load (fixture, fixture->plain, "/page", "did-finish-load");
  ipc_assert_run (fixture->window, PARTS, "\"settled\"");
  g_assert_true (web_server_saw (fixture->plain, "GET /script"));
  g_assert_true (web_server_saw (fixture->plain, "GET /img"));
  g_assert_true (web_server_saw (fixture->plain, "GET /iframe"));
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/certificates/default", test_default },
    { "/certificates/refused", test_refused },
    { "/certificates/trusted", test_trusted },
    { "/certificates/app", test_app },
    { "/certificates/parts", test_parts },
    { "/certificates/mixed-content", test_mixed_content },
  };
  MullionApp *app;
  int status;

  web_server_ignore_proxies ();
  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestCertificates");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
