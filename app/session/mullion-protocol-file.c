/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-protocol-request.h"

#include "mullion-app-file.h"
#include "mullion-app-path.h"
#include "mullion-app-response.h"
#include "mullion-error.h"

#include <libsoup/soup.h>
#include <string.h>

/*
 * Files as answers to what a page wants of a scheme. Main process; the disk is asked on a worker
 * thread.
 *
 * The address is a page's choice. Which file it names, and whether that lies in the folder, is
 * decided by the same code as for app://, so that there is one such code.
 */

static void
refuse (MullionProtocolRequest *request,
        guint                   status,
        const char             *message)
{
  g_autofree char *text = g_strdup_printf ("%u %s\n%s\n", status, soup_status_get_phrase (status),
                                           message);
  gsize length = strlen (text);

  mullion_protocol_request_set_status (request, status);
  mullion_protocol_request_respond_bytes (request, "text/plain; charset=utf-8",
                                          g_bytes_new_take (g_steal_pointer (&text), length));
}

/* What a HEAD asks for: all but the body. */
static void
respond_head (MullionProtocolRequest *request,
              MullionAppFile         *file)
{
  g_autofree char *length = g_strdup_printf ("%" G_GUINT64_FORMAT, file->size);

  mullion_protocol_request_set_header (request, "Accept-Ranges", "bytes");
  mullion_protocol_request_set_header (request, "Content-Length", length);
  mullion_protocol_request_respond (request, file->content_type, g_memory_input_stream_new (), -1);
}

/* A type is what we say it is: text that somebody wrote must never be sniffed into a page. */
static void
respond (MullionProtocolRequest *request,
         MullionAppFile         *file)
{
  mullion_protocol_request_set_header (request, "X-Content-Type-Options", "nosniff");
  mullion_protocol_request_set_header (request, "Cache-Control", "no-cache");
  if (g_str_equal (mullion_protocol_request_get_method (request), "HEAD"))
    respond_head (request, file);
  else
    mullion_protocol_request_respond (request, file->content_type, g_object_ref (file->stream),
                                      (gint64) file->size);
}

static void
opened_cb (GObject      *folder,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(MullionProtocolRequest) request = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionAppFile) file = mullion_app_file_open_finish (result, &error);

  if (file == NULL)
    refuse (request, mullion_app_response_status_for (error), error->message);
  else if (file->stream == NULL)
    refuse (request, SOUP_STATUS_NOT_FOUND, "This is a folder: its address ends in a slash");
  else
    respond (request, file);
}

/* (transfer full) (nullable): the path of @url, whatever its host says */
static char *
dup_path (const char  *url,
          GError     **error)
{
  const char *rest = url + strcspn (url, ":");
  g_autofree char *origin = NULL;

  if (!g_str_has_prefix (rest, "://"))
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                           "The address has no path");
      return NULL;
    }
  rest += strlen ("://");
  origin = g_strndup (url, (gsize) (rest - url) + strcspn (rest, "/?#"));

  return mullion_app_path_decode (url, origin, error);
}

static gboolean
is_reading (MullionProtocolRequest *request)
{
  const char *method = mullion_protocol_request_get_method (request);

  return g_str_equal (method, "GET") || g_str_equal (method, "HEAD");
}

/**
 * mullion_protocol_request_respond_file:
 * @self: a request that was not answered
 * @folder: a folder on a disk of this machine, or in a `GResource`
 *
 * Answers the request with the file of @folder that the path of its address names: with its media
 * type, and with the range that the page asks for. It is what handlers in Electron do with
 * `net.fetch ()` of a `file:` address.
 *
 * What is not there is a 404. Everything that looks for a way out of @folder is refused, such as
 * `..`, an encoded slash, or a symbolic link that leads elsewhere; and so are other methods than `GET`
 * and `HEAD`. The host of the address is not looked at. Headers that were set before are sent with
 * it.
 *
 * The answer is given later, when the file is open.
 *
 * Since: 0.1
 */
void
mullion_protocol_request_respond_file (MullionProtocolRequest *self,
                                       GFile                  *folder)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (MULLION_IS_PROTOCOL_REQUEST (self));
  g_return_if_fail (G_IS_FILE (folder) && mullion_app_file_can_serve (folder));

  if (!is_reading (self))
    {
      mullion_protocol_request_set_header (self, "Allow", "GET, HEAD");
      refuse (self, SOUP_STATUS_METHOD_NOT_ALLOWED, "These files can only be read");
      return;
    }

  path = dup_path (mullion_protocol_request_get_url (self), &error);
  if (path == NULL)
    refuse (self, mullion_app_response_status_for (error), error->message);
  else
    mullion_app_file_open_async (folder, path, opened_cb, g_object_ref (self));
}
