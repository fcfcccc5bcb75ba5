/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "web-socket-fixture.h"

#include "mullion-socket-error.h"

#include <libsoup/soup.h>
#include <string.h>

/*
 * Encrypted WebSockets, with libsoup's server at the other end and a certificate of the test's own; and
 * through a proxy, of which the server must not know.
 */

typedef struct
{
  SoupServer *server;
  SoupWebsocketConnection *there; /* (nullable) (owned) */
  guint16 port;
} Secure;

static void
echo_cb (SoupWebsocketConnection *there,
         SoupWebsocketDataType    type,
         GBytes                  *bytes,
         gpointer                 user_data)
{
  soup_websocket_connection_send_message (there, type, bytes);
}

static void
accept_cb (SoupServer              *server,
           SoupServerMessage       *message,
           const char              *path,
           SoupWebsocketConnection *there,
           gpointer                 user_data)
{
  Secure *secure = user_data;

  g_assert_null (secure->there);
  secure->there = g_object_ref (there);
  soup_websocket_connection_set_max_incoming_payload_size (there, 8 * 1024 * 1024);
  g_signal_connect (there, "message", G_CALLBACK (echo_cb), NULL);
}

static gboolean
start_secure (Secure  *secure,
              Fixture *fixture)
{
  g_autofree char *cert = g_build_filename (fixture->folder, "cert.pem", NULL);
  g_autofree char *key = g_build_filename (fixture->folder, "key.pem", NULL);
  g_autoptr(GTlsCertificate) certificate = NULL;
  g_autoptr(GError) error = NULL;
  GSList *uris;

  if (skips_certificate (fixture->folder))
    return FALSE;

  certificate = g_tls_certificate_new_from_files (cert, key, &error);
  g_assert_no_error (error);
  secure->server = soup_server_new (NULL, NULL);
  soup_server_set_tls_certificate (secure->server, certificate);
  soup_server_add_websocket_handler (secure->server, "/room", NULL, NULL, accept_cb, secure, NULL);
  soup_server_listen_local (secure->server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                            &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (secure->server);
  secure->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

static void
stop_secure (Secure *secure)
{
  g_clear_object (&secure->there);
  soup_server_disconnect (secure->server);
  g_object_unref (secure->server);
}

/* What is signed by nobody that the system knows is believed from now on. */
static void
believe (Fixture *fixture)
{
  g_autofree char *cert = g_build_filename (fixture->folder, "cert.pem", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsDatabase) authorities = g_tls_file_database_new (cert, &error);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), authorities);
}

static void
talk (Fixture *fixture)
{
  connect_to (&fixture->here, fixture->url, NULL);
  wait_until (fixture->here.n_opens > 0);
  send_text (&fixture->here, "é€😀");
  send_zeros (&fixture->here, 3 * 1024 * 1024);
  assert_next (&fixture->here, "text é€😀");
  assert_next (&fixture->here, "binary 3145728");
  g_assert_true (mullion_web_socket_close (fixture->here.socket, 4001, "enough", NULL));
  assert_closed (&fixture->here, 4001, "enough");
}

static void
test_encrypted (Fixture       *fixture,
                gconstpointer  data)
{
  Secure secure = { 0 };

  if (!start_secure (&secure, fixture))
    return;

  believe (fixture);
  fixture->url = g_strdup_printf ("wss://127.0.0.1:%u/room", secure.port);
  talk (fixture);
  stop_secure (&secure);
}

static void
test_not_believed (Fixture       *fixture,
                   gconstpointer  data)
{
  Secure secure = { 0 };

  if (!start_secure (&secure, fixture))
    return;

  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
  fixture->url = g_strdup_printf ("wss://127.0.0.1:%u/room", secure.port);
  assert_no_connection (&fixture->here, fixture->url, MULLION_SOCKET_ERROR_HANDSHAKE, "certificate");
  stop_secure (&secure);
}

/* What is there speaks no TLS. */
static void
test_not_encrypted (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *url = NULL;

  listen_tcp (fixture);
  url = g_strdup_printf ("wss://127.0.0.1:%u/", mullion_web_socket_server_get_port (fixture->server));
  assert_no_connection (&fixture->here, url, MULLION_SOCKET_ERROR_HANDSHAKE, url);
  g_assert_cmpuint (fixture->there.n_opens, ==, 0);
}

/* -- Through a proxy -- */

typedef struct
{
  GSocketService *service;
  guint16 port;
  guint16 target;
  char *request; /* (nullable): the first line of what it was asked */
  GMutex lock;
} Proxy;

static gpointer
copy (gpointer data)
{
  GIOStream **ends = data;

  g_output_stream_splice (g_io_stream_get_output_stream (ends[1]), g_io_stream_get_input_stream (ends[0]),
                          G_OUTPUT_STREAM_SPLICE_NONE, NULL, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (ends[1])), FALSE, TRUE, NULL);
  return NULL;
}

/* In a thread. */
static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *client,
        GObject                *source,
        Proxy                  *proxy)
{
  static const char answer[] = "HTTP/1.0 200 Connection established\r\n\r\n";
  g_autoptr(GSocketClient) connector = g_socket_client_new ();
  g_autoptr(GSocketConnection) server = NULL;
  g_autoptr(GString) request = g_string_new (NULL);
  GIOStream *up[2];
  GIOStream *down[2];
  GThread *thread;
  char byte;

  while (!g_str_has_suffix (request->str, "\r\n\r\n") &&
         g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (client)), &byte, 1, NULL, NULL) == 1)
    g_string_append_c (request, byte);
  g_mutex_lock (&proxy->lock);
  g_free (proxy->request);
  proxy->request = g_strndup (request->str, strcspn (request->str, "\r"));
  g_mutex_unlock (&proxy->lock);

  g_socket_client_set_enable_proxy (connector, FALSE);
  server = g_socket_client_connect_to_host (connector, "127.0.0.1", proxy->target, NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (client)), answer,
                             sizeof answer - 1, NULL, NULL, NULL);
  up[0] = down[1] = G_IO_STREAM (client);
  up[1] = down[0] = G_IO_STREAM (server);
  thread = g_thread_new ("up", copy, up);
  copy (down);
  g_thread_join (thread);
  return TRUE;
}

static void
start_proxy (Proxy   *proxy,
             guint16  target)
{
  g_autofree char *url = NULL;

  g_mutex_init (&proxy->lock);
  proxy->target = target;
  proxy->service = g_threaded_socket_service_new (4);
  g_signal_connect (proxy->service, "run", G_CALLBACK (run_cb), proxy);
  proxy->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (proxy->service), NULL, NULL);
  url = g_strdup_printf ("http://127.0.0.1:%u", proxy->port);
  g_setenv ("https_proxy", url, TRUE);
}

static void
stop_proxy (Proxy *proxy)
{
  g_unsetenv ("https_proxy");
  g_socket_service_stop (proxy->service);
  g_socket_listener_close (G_SOCKET_LISTENER (proxy->service));
  g_object_unref (proxy->service);
  g_free (proxy->request);
}

/* Not every system has one that reads the environment. */
static gboolean
is_proxied (const char *uri,
            guint16     port)
{
  g_auto(GStrv) proxies = g_proxy_resolver_lookup (g_proxy_resolver_get_default (), uri, NULL, NULL);
  g_autofree char *expected = g_strdup_printf (":%u", port);

  return proxies != NULL && *proxies != NULL && strstr (*proxies, expected) != NULL;
}

static void
test_proxy (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *expected = NULL;
  Secure secure = { 0 };
  Proxy proxy = { 0 };

  if (!start_secure (&secure, fixture))
    return;

  believe (fixture);
  start_proxy (&proxy, secure.port);
  if (is_proxied ("https://proxied.test/", proxy.port))
    {
      fixture->url = g_strdup_printf ("wss://proxied.test:%u/room", secure.port);
      talk (fixture);
      expected = g_strdup_printf ("CONNECT proxied.test:%u HTTP/1.0", secure.port);
      g_mutex_lock (&proxy.lock);
      g_assert_cmpstr (proxy.request, ==, expected);
      g_mutex_unlock (&proxy.lock);
    }
  else
    g_test_skip ("no proxy resolver reads the environment");
  stop_proxy (&proxy);
  stop_secure (&secure);
}

static void
add (const char    *path,
     void         (*func) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up_sockets, func, tear_down_sockets);
}

int
main (int   argc,
      char *argv[])
{
  g_unsetenv ("no_proxy");
  g_unsetenv ("NO_PROXY");
  g_test_init (&argc, &argv, NULL);
  add ("/web-socket-tls/encrypted", test_encrypted);
  add ("/web-socket-tls/not-believed", test_not_believed);
  add ("/web-socket-tls/not-encrypted", test_not_encrypted);
  add ("/web-socket-tls/proxy", test_proxy);

  return g_test_run ();
}
