/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

/*
 * The module `session`: cookies, and what pages have stored. Main process.
 *
 * It is of the session that the calling page belongs to, all origins in it: an app that shows pages
 * of others gives away their cookies with it.
 */

/* NULL when the page is gone; the call is answered then. */
static MullionSession *
find_session (MullionIpcMainInvokeEvent *event)
{
  MullionWebContents *contents = mullion_ipc_main_invoke_event_get_sender (event);

  if (contents != NULL)
    return mullion_web_contents_get_session (contents);
  mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_GONE,
                                                  "the page is gone");
  return NULL;
}

static void
got_cookies_cb (GObject      *cookies,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  g_autoptr(JsonArray) all = mullion_cookies_get_finish (MULLION_COOKIES (cookies), result, &error);

  if (all == NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_ipc_main_invoke_event_return (event, json_node_init_array (json_node_alloc (), all));
}

static void
get_cookies_cb (MullionIpcMainInvokeEvent *event,
                JsonArray                 *args,
                gpointer                   user_data)
{
  MullionSession *session = find_session (event);

  if (session != NULL)
    mullion_cookies_get_async (mullion_session_get_cookies (session),
                               mullion_desktop_get_object (args, 0),
                               mullion_ipc_main_invoke_event_get_cancellable (event),
                               got_cookies_cb, g_object_ref (event));
}

static void
set_cookie_done_cb (GObject      *cookies,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_cookies_set_finish (MULLION_COOKIES (cookies), result, &error);
  mullion_desktop_answer (event, error);
}

static void
set_cookie_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  MullionSession *session = find_session (event);

  if (session != NULL)
    mullion_cookies_set_async (mullion_session_get_cookies (session),
                               json_array_get_object_element (args, 0),
                               mullion_ipc_main_invoke_event_get_cancellable (event),
                               set_cookie_done_cb, g_object_ref (event));
}

static void
removed_cookie_cb (GObject      *cookies,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_cookies_remove_finish (MULLION_COOKIES (cookies), result, &error);
  mullion_desktop_answer (event, error);
}

static void
remove_cookie_cb (MullionIpcMainInvokeEvent *event,
                  JsonArray                 *args,
                  gpointer                   user_data)
{
  MullionSession *session = find_session (event);

  if (session != NULL)
    mullion_cookies_remove_async (mullion_session_get_cookies (session),
                                  json_array_get_string_element (args, 0),
                                  json_array_get_string_element (args, 1),
                                  mullion_ipc_main_invoke_event_get_cancellable (event),
                                  removed_cookie_cb, g_object_ref (event));
}

static void
cleared_storage_cb (GObject      *session,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_session_clear_storage_data_finish (MULLION_SESSION (session), result, &error);
  mullion_desktop_answer (event, error);
}

static void
clear_storage_cb (MullionIpcMainInvokeEvent *event,
                  JsonArray                 *args,
                  gpointer                   user_data)
{
  MullionSession *session = find_session (event);

  if (session != NULL)
    mullion_session_clear_storage_data_async (session, mullion_desktop_get_object (args, 0),
                                              mullion_ipc_main_invoke_event_get_cancellable (event),
                                              cleared_storage_cb, g_object_ref (event));
}

static void
cleared_cache_cb (GObject      *session,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_session_clear_cache_finish (MULLION_SESSION (session), result, &error);
  mullion_desktop_answer (event, error);
}

static void
clear_cache_cb (MullionIpcMainInvokeEvent *event,
                JsonArray                 *args,
                gpointer                   user_data)
{
  MullionSession *session = find_session (event);

  if (session != NULL)
    mullion_session_clear_cache_async (session, mullion_ipc_main_invoke_event_get_cancellable (event),
                                       cleared_cache_cb, g_object_ref (event));
}

static const MullionDesktopMethod methods[] = {
  { "clearCache", clear_cache_cb, MULLION_DESKTOP_NOTHING },
  { "clearStorageData", clear_storage_cb, MULLION_DESKTOP_OPTIONS },
  { "getCookies", get_cookies_cb, MULLION_DESKTOP_OPTIONS },
  { "removeCookie", remove_cookie_cb,
    "[{\"type\":\"string\",\"maxLength\":8192},{\"type\":\"string\",\"maxLength\":8192}]" },
  { "setCookie", set_cookie_cb, "[{\"type\":\"object\"}]" },
  { NULL },
};

const MullionDesktopModule mullion_desktop_session = {
  .name = "session",
  .methods = methods,
};
