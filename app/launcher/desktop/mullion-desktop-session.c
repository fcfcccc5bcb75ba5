/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "capabilities/mullion-capability.h"
#include "desktop/mullion-desktop.h"
#include "rules/mullion-network-rules.h"

/*
 * The module `session`: cookies, and what pages have stored. Main process.
 *
 * It is of the session that the calling page belongs to, all origins in it: an app that shows pages
 * of others gives away their cookies with it. The manifest may allow a part: "cookies", "storage",
 * "network" or "spelling".
 */

/* NULL when the page is gone or may not; the call is answered then. */
static MullionSession *
find_session (MullionDesktop            *self,
              MullionIpcMainInvokeEvent *event,
              const char                *right)
{
  MullionWebContents *contents = NULL;

  if (mullion_desktop_check_right (self, event, right))
    contents = mullion_desktop_find_contents (event);

  return contents != NULL ? mullion_web_contents_get_session (contents) : NULL;
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
  MullionSession *session = find_session (user_data, event, "cookies");

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
  MullionSession *session = find_session (user_data, event, "cookies");

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
  MullionSession *session = find_session (user_data, event, "cookies");

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
  MullionSession *session = find_session (user_data, event, "storage");

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
  MullionSession *session = find_session (user_data, event, "storage");

  if (session != NULL)
    mullion_session_clear_cache_async (session, mullion_ipc_main_invoke_event_get_cancellable (event),
                                       cleared_cache_cb, g_object_ref (event));
}

static void
flushed_cookies_cb (GObject      *cookies,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_cookies_flush_store_finish (MULLION_COOKIES (cookies), result, &error);
  mullion_desktop_answer (event, error);
}

static void
flush_cookies_cb (MullionIpcMainInvokeEvent *event,
                  JsonArray                 *args,
                  gpointer                   user_data)
{
  MullionSession *session = find_session (user_data, event, "cookies");

  if (session != NULL)
    mullion_cookies_flush_store_async (mullion_session_get_cookies (session),
                                       mullion_ipc_main_invoke_event_get_cancellable (event),
                                       flushed_cookies_cb, g_object_ref (event));
}

/* -- The network -- */

static void
get_user_agent_cb (MullionIpcMainInvokeEvent *event,
                   JsonArray                 *args,
                   gpointer                   user_data)
{
  MullionSession *session = find_session (user_data, event, "network");
  const char *user_agent;

  if (session == NULL)
    return;
  user_agent = mullion_session_get_user_agent (session);
  mullion_desktop_answer_text (event, g_strdup (user_agent != NULL ? user_agent : ""), NULL);
}

static void
set_user_agent_cb (MullionIpcMainInvokeEvent *event,
                   JsonArray                 *args,
                   gpointer                   user_data)
{
  const char *user_agent = json_array_get_string_element (args, 0);
  MullionSession *session = find_session (user_data, event, "network");

  if (session == NULL)
    return;
  if (!mullion_network_rules_check_user_agent (user_agent))
    {
      mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR,
                                                      MULLION_ERROR_INVALID_ARGUMENT,
                                                      "userAgent: expected printable ASCII");
      return;
    }
  mullion_session_set_user_agent (session, *user_agent != '\0' ? user_agent : NULL);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
set_proxy_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  MullionSession *session = find_session (user_data, event, "network");
  GError *error = NULL;

  if (session == NULL)
    return;
  mullion_session_set_proxy (session, json_array_get_object_element (args, 0), &error);
  mullion_desktop_answer (event, error);
}

/* -- Spelling -- */

/* NULL when the page may not; the call is answered then. */
static MullionApp *
find_app (MullionDesktop            *self,
          MullionIpcMainInvokeEvent *event)
{
  return mullion_desktop_check_right (self, event, "spelling")
           ? mullion_capability_set_get_app (mullion_desktop_get_set (self)) : NULL;
}

static void
is_spell_checker_enabled_cb (MullionIpcMainInvokeEvent *event,
                             JsonArray                 *args,
                             gpointer                   user_data)
{
  MullionApp *app = find_app (user_data, event);

  if (app != NULL)
    mullion_desktop_answer_boolean (event, mullion_app_is_spell_checker_enabled (app));
}

static void
set_spell_checker_enabled_cb (MullionIpcMainInvokeEvent *event,
                              JsonArray                 *args,
                              gpointer                   user_data)
{
  MullionApp *app = find_app (user_data, event);

  if (app == NULL)
    return;
  mullion_app_set_spell_checker_enabled (app, json_array_get_boolean_element (args, 0));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
get_spell_checker_languages_cb (MullionIpcMainInvokeEvent *event,
                                JsonArray                 *args,
                                gpointer                   user_data)
{
  static const char *const none[] = { NULL };
  MullionApp *app = find_app (user_data, event);
  const char *const *languages =
    app != NULL ? mullion_app_get_spell_checker_languages (app) : NULL;

  if (app != NULL)
    mullion_desktop_answer_texts (event, languages != NULL ? languages : none);
}

/* Security: it becomes part of the name of a file that is looked for. */
static gboolean
is_language (const char *text)
{
  return strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == strlen (text);
}

static gboolean
set_languages (MullionApp  *app,
               JsonArray   *list,
               GError     **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) languages = NULL;

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      const char *language = json_array_get_string_element (list, i);

      if (!is_language (language))
        {
          g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                               "languages: expected languages such as \"en-GB\"");
          return FALSE;
        }
      g_strv_builder_add (builder, language);
    }

  languages = g_strv_builder_end (builder);
  return mullion_app_set_spell_checker_languages (app, (const char *const *) languages, error);
}

static void
set_spell_checker_languages_cb (MullionIpcMainInvokeEvent *event,
                                JsonArray                 *args,
                                gpointer                   user_data)
{
  MullionApp *app = find_app (user_data, event);
  GError *error = NULL;

  if (app == NULL)
    return;
  set_languages (app, json_array_get_array_element (args, 0), &error);
  mullion_desktop_answer (event, error);
}

/* -- The module -- */

static gpointer
get_source (MullionDesktop     *desktop,
            MullionWebContents *contents)
{
  return mullion_session_get_cookies (mullion_web_contents_get_session (contents));
}

static const MullionDesktopMethod methods[] = {
  { "clearCache", clear_cache_cb, MULLION_DESKTOP_NOTHING },
  { "clearStorageData", clear_storage_cb, MULLION_DESKTOP_OPTIONS },
  { "flushCookies", flush_cookies_cb, MULLION_DESKTOP_NOTHING },
  { "getCookies", get_cookies_cb, MULLION_DESKTOP_OPTIONS },
  { "getSpellCheckerLanguages", get_spell_checker_languages_cb, MULLION_DESKTOP_NOTHING },
  { "getUserAgent", get_user_agent_cb, MULLION_DESKTOP_NOTHING },
  { "isSpellCheckerEnabled", is_spell_checker_enabled_cb, MULLION_DESKTOP_NOTHING },
  { "removeCookie", remove_cookie_cb,
    "[{\"type\":\"string\",\"maxLength\":8192},{\"type\":\"string\",\"maxLength\":8192}]" },
  { "setCookie", set_cookie_cb, "[{\"type\":\"object\"}]" },
  { "setProxy", set_proxy_cb, "[{\"type\":\"object\"}]" },
  { "setSpellCheckerEnabled", set_spell_checker_enabled_cb, MULLION_DESKTOP_BOOLEAN },
  { "setSpellCheckerLanguages", set_spell_checker_languages_cb,
    "[{\"type\":\"array\",\"maxItems\":16,"
    "\"items\":{\"type\":\"string\",\"minLength\":2,\"maxLength\":32}}]" },
  { "setUserAgent", set_user_agent_cb, "[{\"type\":\"string\",\"maxLength\":1024}]" },
  { NULL },
};

static const char *const events[] = { "changed", NULL };

const MullionDesktopModule mullion_desktop_session = {
  .name = "session",
  .methods = methods,
  .events = events,
  .events_right = "cookies",
  .get_source = get_source,
  .options = "{\"type\":\"object\",\"properties\":{\"cookies\":{\"type\":\"boolean\"},"
             "\"storage\":{\"type\":\"boolean\"},\"network\":{\"type\":\"boolean\"},"
             "\"spelling\":{\"type\":\"boolean\"}},"
             "\"additionalProperties\":false}",
};
