/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "web-server.h"

#include <string.h>

static void
answer_page (SoupServerMessage *message,
             const char        *text)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
answer_frame (SoupServerMessage *message,
              const char        *uri)
{
  g_autofree char *text = g_strdup_printf ("<!doctype html><title>Outer</title>"
                                           "<iframe src='%s'></iframe>", uri);

  answer_page (message, text);
}

static void
answer_download (SoupServerMessage *message,
                 const char        *name)
{
  g_autofree char *decoded = g_uri_unescape_string (name, NULL);
  g_autofree char *disposition = g_strdup_printf ("attachment; filename=\"%s\"", decoded);
  g_autofree char *bytes = g_strnfill (100000, 'x');

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Content-Disposition", disposition);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, bytes, 100000);
}

/* The next bytes never come. */
static void
answer_endless (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_length (headers, 1000000);
  soup_message_headers_replace (headers, "Content-Disposition", "attachment");
  soup_message_headers_replace (headers, "Content-Type", "application/octet-stream");
  /* More than is looked at to find out what it is. */
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_TAKE,
                            g_strnfill (4000, 'x'), 4000);
}

static void
answer_unsaid (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_replace (headers, "Content-Disposition", "attachment");
  soup_message_headers_replace (headers, "Content-Type", "application/octet-stream");
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_TAKE,
                            g_strnfill (200000, 'x'), 200000);
}

/* It is given a port by the page that it is in, and says on it what else it has. */
static void
answer_heir (SoupServerMessage *message)
{
  answer_page (message, "<!doctype html><title>Heir</title><script>"
                        "const look = () => { try { return typeof parent.api }"
                        "  catch (error) { return error.name } };"
                        "onmessage = ({ ports }) => ports[0].postMessage ("
                        "  `${typeof api} ${typeof require} ${look ()}`)"
                        "</script>");
}

static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  WebServer *self = user_data;
  const char *rest = g_uri_get_query (soup_server_message_get_uri (message));

  g_ptr_array_add (self->requests, g_strdup_printf ("%s %s",
                                                    soup_server_message_get_method (message),
                                                    path));
  if (g_str_equal (path, "/redirect") && rest != NULL)
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, rest);
  else if (g_str_equal (path, "/frame") && rest != NULL)
    answer_frame (message, rest);
  else if (g_str_equal (path, "/heir"))
    answer_heir (message);
  else if (g_str_equal (path, "/endless"))
    answer_endless (message);
  else if (g_str_equal (path, "/unsaid"))
    answer_unsaid (message);
  else if (g_str_equal (path, "/type") && rest != NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, rest, SOUP_MEMORY_STATIC, "bytes", 5);
    }
  else if (g_str_has_prefix (path, "/download/"))
    answer_download (message, g_uri_get_path (soup_server_message_get_uri (message)) +
                              strlen ("/download/"));
  else
    answer_page (message, "<!doctype html><title>Web</title>");
}

WebServer *
web_server_new (GTlsCertificate *certificate)
{
  WebServer *self = g_new0 (WebServer, 1);
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;
  g_autoptr(GError) error = NULL;

  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  if (certificate != NULL)
    {
      soup_server_set_tls_certificate (self->server, certificate);
      options |= SOUP_SERVER_LISTEN_HTTPS;
    }
  soup_server_add_handler (self->server, NULL, serve_cb, self, NULL);
  soup_server_listen_local (self->server, 0, options, &error);
  g_assert_no_error (error);

  return self;
}

void
web_server_free (WebServer *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->requests);
  g_free (self);
}

char *
web_server_dup_uri (WebServer  *self,
                    const char *path)
{
  GSList *uris = soup_server_get_uris (self->server);
  GUri *uri = uris->data;
  char *text = g_strdup_printf ("%s://127.0.0.1:%d%s", g_uri_get_scheme (uri),
                                g_uri_get_port (uri), path);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return text;
}

GTlsCertificate *
web_server_load_certificate (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "ipc", "web-server.pem", NULL);
  g_autoptr(GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);

  return certificate;
}

gboolean
web_server_saw (WebServer  *self,
                const char *request)
{
  return g_ptr_array_find_with_equal_func (self->requests, request, g_str_equal, NULL);
}

void
web_server_ignore_proxies (void)
{
  static const char *const proxies[] = {
    "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (proxies); i++)
    g_unsetenv (proxies[i]);
}
