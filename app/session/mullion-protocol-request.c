/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-protocol-request-private.h"

#include "mullion-app-stream.h"
#include "mullion-byte-range.h"
#include "mullion-error.h"
#include "mullion-web-contents.h"

#include <libsoup/soup.h>

/**
 * MullionProtocolRequest:
 *
 * What a page wants of a scheme that the app handles, and the answer to it.
 *
 * A handler may keep the request and answer later, once. One that is dropped unanswered fails, so a
 * page never waits for it in vain.
 *
 * The body is what is read of a stream, as the page takes it. Where the page asks for a range of a
 * body that can be sought in and whose length is known, it gets that range and no more.
 *
 * A request lives in the main process. All that it says is a page's choice.
 *
 * Since: 0.1
 */

struct _MullionProtocolRequest
{
  GObject parent_instance;

  WebKitURISchemeRequest *request;
  MullionWebContents *contents; /* (nullable) */

  guint status;
  SoupMessageHeaders *headers; /* (nullable) once it is answered */
};

G_DEFINE_FINAL_TYPE (MullionProtocolRequest, mullion_protocol_request, G_TYPE_OBJECT)

/* -- What is wanted -- */

/**
 * mullion_protocol_request_get_url:
 * @self: a request
 *
 * Gets the address.
 *
 * Returns: the address
 *
 * Since: 0.1
 */
const char *
mullion_protocol_request_get_url (MullionProtocolRequest *self)
{
  g_return_val_if_fail (MULLION_IS_PROTOCOL_REQUEST (self), NULL);

  return webkit_uri_scheme_request_get_uri (self->request);
}

/**
 * mullion_protocol_request_get_method:
 * @self: a request
 *
 * Gets the method.
 *
 * Returns: the method, such as `GET`
 *
 * Since: 0.1
 */
const char *
mullion_protocol_request_get_method (MullionProtocolRequest *self)
{
  g_return_val_if_fail (MULLION_IS_PROTOCOL_REQUEST (self), NULL);

  return webkit_uri_scheme_request_get_http_method (self->request);
}

/**
 * mullion_protocol_request_get_header:
 * @self: a request
 * @name: a header's name, in any case
 *
 * Gets a header of the request.
 *
 * Returns: (nullable): its value, several of them with commas between
 *
 * Since: 0.1
 */
const char *
mullion_protocol_request_get_header (MullionProtocolRequest *self,
                                     const char             *name)
{
  SoupMessageHeaders *headers;

  g_return_val_if_fail (MULLION_IS_PROTOCOL_REQUEST (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  headers = webkit_uri_scheme_request_get_http_headers (self->request);
  return headers != NULL ? soup_message_headers_get_list (headers, name) : NULL;
}

/**
 * mullion_protocol_request_get_body:
 * @self: a request
 *
 * Gets what the page sends along, for example with `POST`. Read it asynchronously.
 *
 * Returns: (nullable) (transfer full): a stream to read it from, %NULL where nothing is sent
 *
 * Since: 0.1
 */
GInputStream *
mullion_protocol_request_get_body (MullionProtocolRequest *self)
{
  g_return_val_if_fail (MULLION_IS_PROTOCOL_REQUEST (self), NULL);

  return webkit_uri_scheme_request_get_http_body (self->request);
}

/**
 * mullion_protocol_request_get_web_contents:
 * @self: a request
 *
 * Gets whose page asks.
 *
 * Returns: (nullable) (transfer none): the web contents, %NULL when there is no window to it
 *
 * Since: 0.1
 */
MullionWebContents *
mullion_protocol_request_get_web_contents (MullionProtocolRequest *self)
{
  g_return_val_if_fail (MULLION_IS_PROTOCOL_REQUEST (self), NULL);

  return self->contents;
}

/* -- The answer -- */

/**
 * mullion_protocol_request_set_status:
 * @self: a request that was not answered
 * @status: a status of HTTP
 *
 * Sets the status of the answer, which is 200 where nothing is said.
 *
 * Since: 0.1
 */
void
mullion_protocol_request_set_status (MullionProtocolRequest *self,
                                     guint                   status)
{
  g_return_if_fail (MULLION_IS_PROTOCOL_REQUEST (self));
  g_return_if_fail (status >= 200 && status <= 599);

  self->status = status;
}

static gboolean
is_token (const char *name)
{
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("!#$%&'*+-.^_`|~", *c) == NULL)
      return FALSE;

  return *name != '\0';
}

static gboolean
is_one_line (const char *value)
{
  for (const char *c = value; *c != '\0'; c++)
    if (*c == '\n' || *c == '\r')
      return FALSE;

  return TRUE;
}

/**
 * mullion_protocol_request_set_header:
 * @self: a request that was not answered
 * @name: a header's name
 * @value: its value
 *
 * Sets a header of the answer.
 *
 * Returns: %FALSE, with nothing set, when @name or @value cannot stand in a header
 *
 * Since: 0.1
 */
gboolean
mullion_protocol_request_set_header (MullionProtocolRequest *self,
                                     const char             *name,
                                     const char             *value)
{
  g_return_val_if_fail (MULLION_IS_PROTOCOL_REQUEST (self), FALSE);
  g_return_val_if_fail (name != NULL && value != NULL, FALSE);

  if (self->headers == NULL || !is_token (name) || !is_one_line (value))
    return FALSE;

  soup_message_headers_replace (self->headers, name, value);
  return TRUE;
}

/* (transfer full): the part of @body that the page asked for; sets status, headers and @length */
static GInputStream *
cut_range (MullionProtocolRequest *self,
           GInputStream           *body,
           gint64                 *length)
{
  const char *header = mullion_protocol_request_get_header (self, "Range");
  g_autofree char *content_range = NULL;
  guint64 first, last;

  if (header == NULL || self->status != SOUP_STATUS_OK || *length < 0 || !G_IS_SEEKABLE (body) ||
      !g_seekable_can_seek (G_SEEKABLE (body)))
    return g_object_ref (body);

  soup_message_headers_replace (self->headers, "Accept-Ranges", "bytes");
  switch (mullion_byte_range_parse (header, *length, &first, &last))
    {
    case MULLION_BYTE_RANGE_UNSATISFIABLE:
      content_range = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, *length);
      soup_message_headers_replace (self->headers, "Content-Range", content_range);
      self->status = SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE;
      *length = 0;
      return g_memory_input_stream_new ();
    case MULLION_BYTE_RANGE_PART:
      if (!g_seekable_seek (G_SEEKABLE (body), (goffset) first, G_SEEK_SET, NULL, NULL))
        return g_object_ref (body);
      soup_message_headers_set_content_range (self->headers, (goffset) first, (goffset) last, *length);
      self->status = SOUP_STATUS_PARTIAL_CONTENT;
      *length = (gint64) (last - first + 1);
      return mullion_app_stream_new (body, *length);
    case MULLION_BYTE_RANGE_WHOLE:
    default:
      return g_object_ref (body);
    }
}

/**
 * mullion_protocol_request_respond:
 * @self: a request that was not answered
 * @content_type: the media type of @body
 * @body: (transfer full): the body, which is read as the page takes it
 * @length: how many bytes it has, -1 if nobody knows
 *
 * Answers the request.
 *
 * Since: 0.1
 */
void
mullion_protocol_request_respond (MullionProtocolRequest *self,
                                  const char             *content_type,
                                  GInputStream           *body,
                                  gint64                  length)
{
  g_autoptr(WebKitURISchemeResponse) response = NULL;
  g_autoptr(GInputStream) given = body;
  g_autoptr(GInputStream) part = NULL;
  const char *phrase;

  g_return_if_fail (MULLION_IS_PROTOCOL_REQUEST (self));
  g_return_if_fail (G_IS_INPUT_STREAM (body));
  g_return_if_fail (content_type != NULL && is_one_line (content_type));
  g_return_if_fail (self->headers != NULL);

  part = cut_range (self, given, &length);
  if (length >= 0)
    soup_message_headers_set_content_length (self->headers, length);
  soup_message_headers_replace (self->headers, "Content-Type", content_type);

  /* WebKit takes a status over only when there is a phrase to it. */
  phrase = soup_status_get_phrase (self->status);
  response = webkit_uri_scheme_response_new (part, length);
  webkit_uri_scheme_response_set_status (response, self->status, phrase != NULL ? phrase : "Other");
  webkit_uri_scheme_response_set_content_type (response, content_type);
  webkit_uri_scheme_response_set_http_headers (response, g_steal_pointer (&self->headers));
  webkit_uri_scheme_request_finish_with_response (self->request, response);
}

/**
 * mullion_protocol_request_respond_bytes:
 * @self: a request that was not answered
 * @content_type: the media type of @body
 * @body: (transfer full): the body
 *
 * Answers the request with what is in memory.
 *
 * Since: 0.1
 */
void
mullion_protocol_request_respond_bytes (MullionProtocolRequest *self,
                                        const char             *content_type,
                                        GBytes                 *body)
{
  g_autoptr(GBytes) bytes = body;

  g_return_if_fail (body != NULL);

  mullion_protocol_request_respond (self, content_type, g_memory_input_stream_new_from_bytes (bytes),
                                    (gint64) g_bytes_get_size (bytes));
}

/**
 * mullion_protocol_request_respond_error:
 * @self: a request that was not answered
 * @error: (transfer full): what went wrong
 *
 * Fails the request, as if there was no network: `fetch ()` rejects, and a load ends with
 * `did-fail-load`.
 *
 * Since: 0.1
 */
void
mullion_protocol_request_respond_error (MullionProtocolRequest *self,
                                        GError                 *error)
{
  g_autoptr(GError) given = error;

  g_return_if_fail (MULLION_IS_PROTOCOL_REQUEST (self));
  g_return_if_fail (error != NULL);
  g_return_if_fail (self->headers != NULL);

  g_clear_pointer (&self->headers, soup_message_headers_unref);
  webkit_uri_scheme_request_finish_error (self->request, given);
}

/* -- Its beginning and its end -- */

static void
mullion_protocol_request_dispose (GObject *object)
{
  MullionProtocolRequest *self = MULLION_PROTOCOL_REQUEST (object);

  if (self->headers != NULL && self->request != NULL)
    mullion_protocol_request_respond_error (
      self, g_error_new_literal (MULLION_ERROR, MULLION_ERROR_FAILED, "reply was never sent"));
  g_clear_object (&self->request);
  g_clear_object (&self->contents);

  G_OBJECT_CLASS (mullion_protocol_request_parent_class)->dispose (object);
}

static void
mullion_protocol_request_class_init (MullionProtocolRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_protocol_request_dispose;
}

static void
mullion_protocol_request_init (MullionProtocolRequest *self)
{
  self->status = SOUP_STATUS_OK;
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
}

MullionProtocolRequest *
mullion_protocol_request_new (WebKitURISchemeRequest *request,
                              MullionWebContents     *contents)
{
  MullionProtocolRequest *self = g_object_new (MULLION_TYPE_PROTOCOL_REQUEST, NULL);

  self->request = g_object_ref (request);
  g_set_object (&self->contents, contents);

  return self;
}
