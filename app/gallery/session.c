/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-replies.h"

/*
 * What pages keep, and a scheme that this program answers.
 *
 * The page has no cookies of its own, as app:// has none: these are for a site, as an app would keep
 * them for a service that it talks with.
 */

#define SITE "https://mullion.example/"
#define MAX_TEXT 200

static MullionCookies *
get_cookies (MullionIpcMainInvokeEvent *event)
{
  return mullion_session_get_cookies (
    mullion_web_contents_get_session (mullion_ipc_main_invoke_event_get_sender (event)));
}

/* -- Cookies -- */

static void
cookie_set_cb (GObject      *cookies,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_cookies_set_finish (MULLION_COOKIES (cookies), result, &error);
  gallery_reply (event, error);
}

static void
set_cookie (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  g_autoptr(JsonObject) details = json_object_new ();
  GError *error = NULL;
  const char *name = gallery_args_get_string (args, 0, MAX_TEXT, &error);
  const char *value = name != NULL ? gallery_args_get_string (args, 1, MAX_TEXT, &error) : NULL;

  if (value == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }
  json_object_set_string_member (details, "url", SITE);
  json_object_set_string_member (details, "name", name);
  json_object_set_string_member (details, "value", value);
  mullion_cookies_set_async (get_cookies (event), details, NULL, cookie_set_cb,
                             g_object_ref (event));
}

static void
cookies_got_cb (GObject      *cookies,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  g_autoptr(JsonArray) found = mullion_cookies_get_finish (MULLION_COOKIES (cookies), result,
                                                           &error);

  if (found != NULL)
    mullion_ipc_main_invoke_event_return (event, json_node_init_array (json_node_alloc (), found));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

static void
list_cookies (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  g_autoptr(JsonObject) filter = json_object_new ();

  json_object_set_string_member (filter, "url", SITE);
  mullion_cookies_get_async (get_cookies (event), filter, NULL, cookies_got_cb,
                             g_object_ref (event));
}

static void
cookie_removed_cb (GObject      *cookies,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_cookies_remove_finish (MULLION_COOKIES (cookies), result, &error);
  gallery_reply (event, error);
}

static void
remove_cookie (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  GError *error = NULL;
  const char *name = gallery_args_get_string (args, 0, MAX_TEXT, &error);

  if (name != NULL)
    mullion_cookies_remove_async (get_cookies (event), SITE, name, NULL, cookie_removed_cb,
                                  g_object_ref (event));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

/* To every page: what one sets, another hears of, too. */
static void
changed_cb (MullionCookies *cookies,
            JsonObject     *cookie,
            const char     *cause,
            gboolean        is_removed)
{
  g_autoptr(GList) all = mullion_web_contents_get_all ();

  for (GList *l = all; l != NULL; l = l->next)
    mullion_web_contents_send (l->data, "session:cookie-changed",
                               gallery_args_new (json_node_init_object (json_node_alloc (), cookie),
                                                 gallery_string_node (cause),
                                                 json_node_init_boolean (json_node_alloc (),
                                                                         is_removed),
                                                 NULL));
}

/* -- Storage -- */

static void
cleared_cb (GObject      *session,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_session_clear_storage_data_finish (MULLION_SESSION (session), result, &error);
  gallery_reply (event, error);
}

static void
clear_storage (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  g_autoptr(JsonNode) options = json_from_string ("{ \"storages\": [\"localstorage\"] }", NULL);
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);

  mullion_session_clear_storage_data_async (mullion_web_contents_get_session (sender),
                                            json_node_get_object (options), NULL, cleared_cb,
                                            g_object_ref (event));
}

/* -- What pages shall not load -- */

/* The page chooses whether, and never what: rules could hide things from the user. */
static const char rules[] =
  "[{ \"trigger\": { \"url-filter\": \"^pane:\" }, \"action\": { \"type\": \"block\" } }]";

static void
blocked_cb (GObject      *session,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_session_add_content_filter_finish (MULLION_SESSION (session), result, &error);
  gallery_reply (event, error);
}

static void
block (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  MullionSession *session =
    mullion_web_contents_get_session (mullion_ipc_main_invoke_event_get_sender (event));
  GError *error = NULL;
  gboolean is_blocked = FALSE;

  if (gallery_args_get_boolean (args, 0, &is_blocked, &error) && is_blocked)
    {
      mullion_session_add_content_filter_async (session, "panes", rules, NULL, blocked_cb,
                                                g_object_ref (event));
      return;
    }

  if (error == NULL)
    mullion_session_remove_content_filter (session, "panes");
  gallery_reply (event, error);
}

/* -- A scheme -- */

static void
draw_pane (MullionProtocolRequest *request,
           gpointer                user_data)
{
  const char *colour = strrchr (mullion_protocol_request_get_url (request), '/') + 1;
  g_autofree char *picture = NULL;
  gsize length = strspn (colour, "0123456789abcdef");

  if (length != 6 || colour[length] != '\0')
    {
      mullion_protocol_request_set_status (request, 404);
      mullion_protocol_request_respond_bytes (request, "text/plain",
                                              g_bytes_new_static ("No such glass\n", 14));
      return;
    }

  picture = g_strdup_printf (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 120'>"
    "<g fill='#%s'><rect x='4' y='4' width='150' height='52' rx='6'/>"
    "<rect x='166' y='4' width='150' height='52' rx='6' opacity='.8'/>"
    "<rect x='4' y='64' width='150' height='52' rx='6' opacity='.6'/>"
    "<rect x='166' y='64' width='150' height='52' rx='6' opacity='.4'/></g></svg>", colour);
  mullion_protocol_request_respond_bytes (request, "image/svg+xml",
                                          g_bytes_new (picture, strlen (picture)));
}

static void
ready_cb (MullionApp *app)
{
  g_autoptr(JsonNode) schemes = json_from_string (
    "[{ \"scheme\": \"pane\", \"privileges\": { \"secure\": true } }]", NULL);
  MullionSession *session = mullion_session_get_default (app);
  g_autoptr(GError) error = NULL;

  g_signal_connect (mullion_session_get_cookies (session), "changed", G_CALLBACK (changed_cb), NULL);
  mullion_app_allow_scheme_content (app, "pane");
  if (!mullion_app_register_schemes_as_privileged (app, json_node_get_array (schemes), &error) ||
      !mullion_session_handle_protocol (session, "pane", draw_pane, NULL, NULL, &error))
    g_warning ("There will be no panes: %s", error->message);
}

void
gallery_session_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  g_signal_connect (app, "ready", G_CALLBACK (ready_cb), NULL);
  mullion_ipc_main_handle (ipc, "session:set-cookie", set_cookie, NULL, NULL);
  mullion_ipc_main_handle (ipc, "session:cookies", list_cookies, NULL, NULL);
  mullion_ipc_main_handle (ipc, "session:remove-cookie", remove_cookie, NULL, NULL);
  mullion_ipc_main_handle (ipc, "session:clear-storage", clear_storage, NULL, NULL);
  mullion_ipc_main_handle (ipc, "session:block", block, NULL, NULL);
}
