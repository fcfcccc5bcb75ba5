/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-response.h"

#include "mullion-app-stream.h"
#include "mullion-byte-range.h"
#include "mullion-error.h"

#include <string.h>

/*
 * What the app:// origin answers: status, headers and body, in the terms of
 * HTTP, which WebKit takes over for a custom scheme. It lives in the main
 * process and is the one place where the headers are chosen.
 */

static SoupMessageHeaders *
headers_new (const char *content_type,
             guint64     length)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  /* A type is what we say it is: a picture that a user saved into the app's
   * folder must never be sniffed into a script. */
  soup_message_headers_append (headers, "Content-Type", content_type);
  soup_message_headers_append (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_append (headers, "Referrer-Policy", "same-origin");
  soup_message_headers_append (headers, "Cache-Control", "no-cache");
  soup_message_headers_set_content_length (headers, (goffset) length);

  return headers;
}

/* WebKit takes a status over only when there is a phrase to it. */
static WebKitURISchemeResponse *
response_new (guint               status,
              SoupMessageHeaders *headers,
              GInputStream       *body)
{
  WebKitURISchemeResponse *response;
  goffset length = soup_message_headers_get_content_length (headers);

  response = webkit_uri_scheme_response_new (body, length);
  webkit_uri_scheme_response_set_status (response, status, soup_status_get_phrase (status));
  webkit_uri_scheme_response_set_content_type (response,
                                               soup_message_headers_get_one (headers,
                                                                             "Content-Type"));
  webkit_uri_scheme_response_set_http_headers (response, headers);

  return response;
}

static WebKitURISchemeResponse *
unsatisfiable_new (guint64 size)
{
  g_autofree char *content_range = g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, size);
  g_autoptr(GInputStream) body = g_memory_input_stream_new ();
  SoupMessageHeaders *headers = headers_new ("text/plain; charset=utf-8", 0);

  soup_message_headers_append (headers, "Accept-Ranges", "bytes");
  soup_message_headers_append (headers, "Content-Range", content_range);

  return response_new (SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE, headers, body);
}

static GInputStream *
body_new (MullionAppFile *file,
          guint64         first,
          guint64         length,
          gboolean        has_body)
{
  /* Seeking in an open file or a GResource neither blocks nor fails: the
   * position was checked against the size. */
  if (!has_body ||
      !g_seekable_seek (G_SEEKABLE (file->stream), (goffset) first, G_SEEK_SET, NULL, NULL))
    return g_memory_input_stream_new ();

  return mullion_app_stream_new (file->stream, length);
}

/*
 * mullion_app_response_new_file:
 * @file: an open file, no folder
 * @range: (nullable): the value of the Range header
 * @has_body: whether the body is wanted too (GET), or not (HEAD)
 * @policy: (nullable): the Content-Security-Policy, %NULL for none
 *
 * Returns: (transfer full): status 200, 206 or 416
 */
WebKitURISchemeResponse *
mullion_app_response_new_file (MullionAppFile *file,
                               const char     *range,
                               gboolean        has_body,
                               const char     *policy)
{
  guint64 first = 0;
  guint64 last = 0;
  MullionByteRange kind = mullion_byte_range_parse (range, file->size, &first, &last);
  guint64 length = kind == MULLION_BYTE_RANGE_PART ? last - first + 1 : file->size;
  g_autoptr(GInputStream) body = NULL;
  SoupMessageHeaders *headers;

  if (kind == MULLION_BYTE_RANGE_UNSATISFIABLE)
    return unsatisfiable_new (file->size);

  headers = headers_new (file->content_type, length);
  soup_message_headers_append (headers, "Accept-Ranges", "bytes");
  if (policy != NULL)
    soup_message_headers_append (headers, "Content-Security-Policy", policy);
  if (kind == MULLION_BYTE_RANGE_PART)
    soup_message_headers_set_content_range (headers, (goffset) first, (goffset) last,
                                            (goffset) file->size);

  body = body_new (file, first, length, has_body);

  return response_new (kind == MULLION_BYTE_RANGE_PART ? SOUP_STATUS_PARTIAL_CONTENT
                                                       : SOUP_STATUS_OK,
                       headers, body);
}

/*
 * mullion_app_response_new_message:
 * @status: a status of HTTP
 * @message: what is wrong, for the developer who reads it
 * @has_body: whether the body is wanted too
 *
 * Returns: (transfer full): a refusal, as plain text
 */
WebKitURISchemeResponse *
mullion_app_response_new_message (guint       status,
                                  const char *message,
                                  gboolean    has_body)
{
  g_autofree char *text = g_strdup_printf ("%u %s\n%s\n", status,
                                           soup_status_get_phrase (status), message);
  gsize length = strlen (text);
  SoupMessageHeaders *headers = headers_new ("text/plain; charset=utf-8", length);
  g_autoptr(GInputStream) body = g_memory_input_stream_new ();

  if (status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    soup_message_headers_append (headers, "Allow", "GET, HEAD");
  if (has_body)
    g_memory_input_stream_add_data (G_MEMORY_INPUT_STREAM (body), g_steal_pointer (&text),
                                    (gssize) length, g_free);

  return response_new (status, headers, body);
}

/*
 * mullion_app_response_new_detour:
 * @uri: where the document is
 *
 * Sends a document elsewhere. WebKit does not follow the redirects of a custom
 * scheme (it shows their body), so that the body has to do it.
 *
 * Returns: (transfer full): a page that is gone before it is seen
 */
WebKitURISchemeResponse *
mullion_app_response_new_detour (const char *uri)
{
  g_autofree char *target = g_markup_escape_text (uri, -1);
  g_autofree char *text = g_strdup_printf ("<!DOCTYPE html><meta http-equiv=\"refresh\" "
                                           "content=\"0; url=%s\">", target);
  gsize length = strlen (text);
  SoupMessageHeaders *headers = headers_new ("text/html; charset=utf-8", length);
  g_autoptr(GInputStream) body = NULL;

  soup_message_headers_append (headers, "Content-Security-Policy", "default-src 'none'");
  body = g_memory_input_stream_new_from_data (g_steal_pointer (&text), (gssize) length, g_free);

  return response_new (SOUP_STATUS_OK, headers, body);
}

/*
 * mullion_app_response_status_for:
 * @error: an error of this library
 *
 * Returns: the status of HTTP that says the same
 */
guint
mullion_app_response_status_for (const GError *error)
{
  if (error->domain != MULLION_ERROR)
    return SOUP_STATUS_INTERNAL_SERVER_ERROR;

  switch (error->code)
    {
    case MULLION_ERROR_INVALID_ARGUMENT:
      return SOUP_STATUS_BAD_REQUEST;
    case MULLION_ERROR_NOT_ALLOWED:
      return SOUP_STATUS_FORBIDDEN;
    case MULLION_ERROR_NOT_FOUND:
      return SOUP_STATUS_NOT_FOUND;
    case MULLION_ERROR_TOO_LARGE:
      return SOUP_STATUS_REQUEST_URI_TOO_LONG;
    default:
      return SOUP_STATUS_INTERNAL_SERVER_ERROR;
    }
}
