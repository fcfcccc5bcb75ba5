/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "slow-server.h"

#include <libsoup/soup.h>

/*
 * A server that takes its time, so that there is something to see of a download.
 *
 * It listens on the loopback only, and has one file, of the same line over and over.
 */

#define FILE_NAME "/panes.txt"
#define CHUNK (64 * 1024)
#define N_CHUNKS 64
#define INTERVAL_MS 40

static SoupServer *server; /* (nullable): not started */

typedef struct
{
  SoupServer *server;        /* (owned) */
  SoupServerMessage *message; /* (owned) */
  guint n_sent;
  guint source;
} Transfer;

static GBytes *
create_chunk (void)
{
  static const char line[] = "Four panes, one mullion, and light\n";
  GString *text = g_string_sized_new (CHUNK);

  while (text->len < CHUNK)
    g_string_append_len (text, line, MIN (sizeof line - 1, CHUNK - text->len));
  return g_string_free_to_bytes (text);
}

static gboolean
send_chunk_cb (gpointer user_data)
{
  Transfer *self = user_data;
  g_autoptr(GBytes) chunk = create_chunk ();

  soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), chunk);
  soup_server_message_unpause (self->message);
  self->n_sent++;
  if (self->n_sent < N_CHUNKS)
    return G_SOURCE_CONTINUE;

  soup_message_body_complete (soup_server_message_get_response_body (self->message));
  self->source = 0;
  return G_SOURCE_REMOVE;
}

/* Comes once, also when whoever loaded it has gone. */
static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  Transfer *self = user_data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self->message);
  g_object_unref (self->server);
  g_free (self);
}

static void
answer_cb (SoupServer        *soup,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  Transfer *self = NULL;

  if (!g_str_equal (path, FILE_NAME))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }

  self = g_new0 (Transfer, 1);
  self->server = g_object_ref (soup);
  self->message = g_object_ref (message);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, "text/plain", NULL);
  soup_message_headers_set_content_length (headers, (goffset) CHUNK * N_CHUNKS);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  soup_server_message_pause (message);
  self->source = g_timeout_add (INTERVAL_MS, send_chunk_cb, self);
}

static gboolean
start (GError **error)
{
  if (server != NULL)
    return TRUE;

  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, answer_cb, NULL, NULL);
  if (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return TRUE;

  g_clear_object (&server);
  return FALSE;
}

char *
gallery_slow_server_dup_uri (GError **error)
{
  g_autoslist(GUri) uris = NULL;

  if (!start (error))
    return NULL;

  uris = soup_server_get_uris (server);
  return g_strdup_printf ("http://127.0.0.1:%d" FILE_NAME, g_uri_get_port (uris->data));
}

void
gallery_slow_server_stop (void)
{
  if (server != NULL)
    soup_server_disconnect (server);
  g_clear_object (&server);
}
