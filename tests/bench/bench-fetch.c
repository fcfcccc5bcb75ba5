/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-fetch.h"

/*
 * A scheme of the program's own, which answers each request with the bytes that came with it. A
 * `fetch` of it is how a page sends bytes to its program where there are only WebKit's means.
 */

typedef struct
{
  void (*arrived) (gpointer user_data);
  gpointer user_data;
} Arrived;

static GInputStream *
dup_body (WebKitURISchemeRequest *request)
{
  GInputStream *body = webkit_uri_scheme_request_get_http_body (request);

  return body != NULL ? g_object_ref (body) : g_memory_input_stream_new ();
}

/* The page has another origin, so that it may read the answer only where that says so. */
static void
respond_cb (WebKitURISchemeRequest *request,
            gpointer                user_data)
{
  Arrived *arrived = user_data;
  g_autoptr(GInputStream) body = dup_body (request);
  g_autoptr(WebKitURISchemeResponse) response = webkit_uri_scheme_response_new (body, -1);
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  arrived->arrived (arrived->user_data);
  soup_message_headers_append (headers, "Access-Control-Allow-Origin", "*");
  webkit_uri_scheme_response_set_content_type (response, "application/octet-stream");
  webkit_uri_scheme_response_set_http_headers (response, headers);
  webkit_uri_scheme_request_finish_with_response (request, response);
}

void
bench_fetch_add_scheme (WebKitWebView *view,
                        GCallback      arrived,
                        gpointer       user_data)
{
  WebKitWebContext *context = webkit_web_view_get_context (view);
  Arrived *data = g_new (Arrived, 1);

  data->arrived = (void (*) (gpointer)) arrived;
  data->user_data = user_data;

  webkit_security_manager_register_uri_scheme_as_cors_enabled (
    webkit_web_context_get_security_manager (context), BENCH_FETCH_SCHEME);
  webkit_web_context_register_uri_scheme (context, BENCH_FETCH_SCHEME, respond_cb, data, g_free);
}
