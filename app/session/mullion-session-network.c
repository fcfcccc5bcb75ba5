/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-session-network.h"

#include "mullion-app-private.h"
#include "mullion-error.h"
#include "mullion-options.h"
#include "mullion-session-private.h"

#include <string.h>

/*
 * How a session meets the web: through which proxy, and by which name. Main process.
 */

#define MAX_TEXT 65536

/* -- Proxies -- */

static gboolean
fail (GError      **error,
      MullionError  code,
      const char   *message)
{
  g_set_error_literal (error, MULLION_ERROR, code, message);
  return FALSE;
}

/* (transfer full) (nullable): "host:port", with or without a scheme, as an address
 * @scheme: what it is where nothing is said */
static char *
dup_proxy (const char  *server,
           const char  *scheme,
           GError     **error)
{
  g_autofree char *address = strstr (server, "://") != NULL
                             ? g_strdup (server) : g_strdup_printf ("%s://%s", scheme, server);
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  if (strchr (server, ',') != NULL)
    fail (error, MULLION_ERROR_NOT_SUPPORTED,
          "proxyRules: WebKitGTK knows one proxy a scheme, and none to fall back to");
  else if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    fail (error, MULLION_ERROR_INVALID_ARGUMENT,
          "proxyRules: expected proxies such as \"proxy:80\" or \"http=proxy:80;https=other:81\"");
  else
    return g_steal_pointer (&address);

  return NULL;
}

/* "http=proxy:80": @rule is the part for one scheme, or for all. */
static gboolean
add_rule (WebKitNetworkProxySettings **settings,
          const char                  *rule,
          char                       **ignored,
          GError                     **error)
{
  const char *equals = strchr (rule, '=');
  g_autofree char *scheme = equals != NULL ? g_strndup (rule, equals - rule) : NULL;
  gboolean is_socks = g_strcmp0 (scheme, "socks") == 0;
  g_autofree char *proxy = dup_proxy (equals != NULL ? equals + 1 : rule,
                                      is_socks ? "socks" : "http", error);

  if (proxy == NULL)
    return FALSE;

  if (scheme != NULL && !is_socks)
    {
      if (*settings == NULL)
        *settings = webkit_network_proxy_settings_new (NULL, (const char *const *) ignored);
      webkit_network_proxy_settings_add_proxy_for_scheme (*settings, scheme, proxy);
      return TRUE;
    }
  if (*settings != NULL)
    return fail (error, MULLION_ERROR_INVALID_ARGUMENT,
                 "proxyRules: the proxy for all schemes comes first");
  *settings = webkit_network_proxy_settings_new (proxy, (const char *const *) ignored);
  return TRUE;
}

/* (transfer full): "<local>" is Chromium's word for this machine. */
static char **
split_bypass (const char *rules)
{
  g_auto(GStrv) parts = g_strsplit_set (rules, ",;", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if (g_str_equal (part, "<local>"))
        g_strv_builder_add_many (builder, "localhost", "127.0.0.0/8", "::1", NULL);
      else if (*part != '\0')
        g_strv_builder_add (builder, part);
    }

  return g_strv_builder_end (builder);
}

static gboolean
set_fixed_servers (MullionSession  *self,
                   const char      *rules,
                   const char      *bypass,
                   GError         **error)
{
  g_auto(GStrv) parts = g_strsplit (rules, ";", -1);
  g_auto(GStrv) ignored = split_bypass (bypass);
  WebKitNetworkProxySettings *settings = NULL;
  gboolean is_good = TRUE;

  for (guint i = 0; is_good && parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      is_good = add_rule (&settings, parts[i], ignored, error);
  if (is_good && settings == NULL)
    is_good = fail (error, MULLION_ERROR_INVALID_ARGUMENT, "proxyRules: expected a proxy");
  if (is_good)
    webkit_network_session_set_proxy_settings (self->network, WEBKIT_NETWORK_PROXY_MODE_CUSTOM,
                                               settings);
  g_clear_pointer (&settings, webkit_network_proxy_settings_free);

  return is_good;
}

/**
 * mullion_session_set_proxy:
 * @self: a session
 * @config: what Electron's `setProxy` takes: `mode`, `proxyRules` and `proxyBypassRules`
 * @error: why it was left as it was
 *
 * Says through which proxy the session reaches the web, like Electron's `ses.setProxy`.
 *
 * `mode` is `direct`, `system` or `fixed_servers`; without it, it is `fixed_servers` when there are
 * `proxyRules` and `system` else. WebKitGTK runs no proxy scripts of its own: `pac_script` and
 * `auto_detect` fail with %MULLION_ERROR_NOT_SUPPORTED, and `system` does what the desktop says.
 *
 * WebKit's network process hears of it as of any other setting: a page that is loaded in the same moment
 * may still go the old way.
 *
 * Returns: whether it is set
 *
 * Since: 0.1
 */
gboolean
mullion_session_set_proxy (MullionSession  *self,
                           JsonObject      *config,
                           GError         **error)
{
  const char *mode = NULL;
  const char *rules = NULL;
  const char *bypass = "";

  g_return_val_if_fail (MULLION_IS_SESSION (self), FALSE);

  if (!mullion_options_get_string (config, "mode", MAX_TEXT, &mode, error) ||
      !mullion_options_get_string (config, "proxyRules", MAX_TEXT, &rules, error) ||
      !mullion_options_get_string (config, "proxyBypassRules", MAX_TEXT, &bypass, error))
    return FALSE;
  if (mode == NULL)
    mode = rules != NULL ? "fixed_servers" : "system";

  if (g_str_equal (mode, "fixed_servers"))
    return set_fixed_servers (self, rules != NULL ? rules : "", bypass, error);
  if (g_str_equal (mode, "pac_script") || g_str_equal (mode, "auto_detect"))
    return fail (error, MULLION_ERROR_NOT_SUPPORTED,
                 "mode: WebKitGTK runs no proxy scripts; \"system\" does what the desktop says");
  if (!g_str_equal (mode, "direct") && !g_str_equal (mode, "system"))
    return fail (error, MULLION_ERROR_INVALID_ARGUMENT,
                 "mode: expected direct, system or fixed_servers");

  webkit_network_session_set_proxy_settings (
    self->network, *mode == 'd' ? WEBKIT_NETWORK_PROXY_MODE_NO_PROXY
                                : WEBKIT_NETWORK_PROXY_MODE_DEFAULT, NULL);
  return TRUE;
}

/* -- Its name -- */

/**
 * mullion_session_get_user_agent:
 * @self: a session
 *
 * Gets how the pages of the session name themselves to servers.
 *
 * Returns: (nullable): what was set, %NULL for WebKit's own
 *
 * Since: 0.1
 */
const char *
mullion_session_get_user_agent (MullionSession *self)
{
  g_return_val_if_fail (MULLION_IS_SESSION (self), NULL);

  return self->user_agent;
}

/**
 * mullion_session_set_user_agent:
 * @self: a session
 * @user_agent: (nullable): the text, %NULL for WebKit's own
 *
 * Sets how pages name themselves to servers, like Electron's `ses.setUserAgent`. It is for windows
 * that are opened from now on.
 *
 * Since: 0.1
 */
void
mullion_session_set_user_agent (MullionSession *self,
                                const char     *user_agent)
{
  g_return_if_fail (MULLION_IS_SESSION (self));

  g_free (self->user_agent);
  self->user_agent = g_strdup (user_agent);
}

/* -- Spelling -- */

static WebKitWebContext *
get_context (MullionApp *app)
{
  return mullion_web_engine_get_context (mullion_app_get_engine (app));
}

/**
 * mullion_app_is_spell_checker_enabled:
 * @app: an app
 *
 * Asks whether misspelled words are marked where the user types. They are, unless the app says
 * otherwise.
 *
 * Returns: whether spelling is checked
 *
 * Since: 0.1
 */
gboolean
mullion_app_is_spell_checker_enabled (MullionApp *app)
{
  g_return_val_if_fail (MULLION_IS_APP (app), FALSE);

  return webkit_web_context_get_spell_checking_enabled (get_context (app));
}

/**
 * mullion_app_set_spell_checker_enabled:
 * @app: an app
 * @enabled: whether to check spelling
 *
 * Says whether misspelled words are marked, like Electron's `ses.setSpellCheckerEnabled`. WebKitGTK
 * has one spell checker for all sessions of an app.
 *
 * Since: 0.1
 */
void
mullion_app_set_spell_checker_enabled (MullionApp *app,
                                       gboolean    enabled)
{
  g_return_if_fail (MULLION_IS_APP (app));

  webkit_web_context_set_spell_checking_enabled (get_context (app), enabled);
}

/**
 * mullion_app_get_spell_checker_languages:
 * @app: an app
 *
 * Gets the languages whose spelling is checked.
 *
 * Returns: (nullable) (transfer none) (array zero-terminated=1): the languages, such as `en_GB`;
 *   %NULL when no dictionary is in use
 *
 * Since: 0.1
 */
const char *const *
mullion_app_get_spell_checker_languages (MullionApp *app)
{
  g_return_val_if_fail (MULLION_IS_APP (app), NULL);

  return webkit_web_context_get_spell_checking_languages (get_context (app));
}

/* WebKit takes "en-GB" for "en_GB". */
static gboolean
is_in_use (MullionApp *app,
           const char *language)
{
  const char *const *used = mullion_app_get_spell_checker_languages (app);
  g_autofree char *wanted = g_strdelimit (g_strdup (language), "-", '_');

  for (guint i = 0; used != NULL && used[i] != NULL; i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (used[i]), "-", '_');

      if (g_ascii_strcasecmp (name, wanted) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * mullion_app_set_spell_checker_languages:
 * @app: an app
 * @languages: (array zero-terminated=1): languages such as `en-GB`
 * @error: return location for %MULLION_ERROR_NOT_FOUND, with the name of the first language that the
 *   machine has no dictionary of
 *
 * Says which languages' spelling is checked, like Electron's `ses.setSpellCheckerLanguages`.
 * Dictionaries are those of the machine that the library Enchant finds; the others are in use even
 * when one is missing.
 *
 * Returns: whether all of them are in use
 *
 * Since: 0.1
 */
gboolean
mullion_app_set_spell_checker_languages (MullionApp         *app,
                                         const char *const  *languages,
                                         GError            **error)
{
  g_return_val_if_fail (MULLION_IS_APP (app), FALSE);
  g_return_val_if_fail (languages != NULL, FALSE);

  webkit_web_context_set_spell_checking_languages (get_context (app), languages);
  for (guint i = 0; languages[i] != NULL; i++)
    if (!is_in_use (app, languages[i]))
      {
        g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                     "There is no dictionary of \"%s\" on this machine", languages[i]);
        return FALSE;
      }

  return TRUE;
}
