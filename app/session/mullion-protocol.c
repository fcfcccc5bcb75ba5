/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-protocol.h"

#include "mullion-app-private.h"
#include "mullion-content-policy.h"
#include "mullion-error.h"
#include "mullion-options.h"
#include "mullion-protocol-request-private.h"
#include "mullion-session-private.h"
#include "mullion-web-contents-private.h"

#include <string.h>

/*
 * Schemes that an app answers itself, each session its own. Main process.
 *
 * To WebKit a scheme belongs to the whole app, and for as long as that runs. So each is registered
 * once, and who answers is looked up with every request: the session of the page that asks.
 */

#define MAX_SCHEMES 100
#define MAX_SCHEME 64

typedef struct
{
  MullionProtocolHandler handler;
  gpointer user_data;
  GDestroyNotify destroy;
} Handler;

static void
free_handler (gpointer data)
{
  Handler *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}

/* -- Which schemes there may be -- */

/* What WebKit, GTK or Mullion answer themselves, and what a page must not be able to replace. */
static const char *const reserved_schemes[] = {
  "about", "app", "blob", "data", "file", "ftp", "http", "https", "inspector-resource",
  "javascript", "resource", "webkit", "webkit-pdfjs-viewer", "ws", "wss", NULL,
};

/**
 * mullion_protocol_check_scheme:
 * @scheme: a name
 * @error: why not: %MULLION_ERROR_INVALID_ARGUMENT for what is no scheme,
 *   %MULLION_ERROR_NOT_ALLOWED for one that WebKit or Mullion answer
 *
 * Asks whether an app can answer a scheme of this name at all.
 *
 * Returns: whether [method@Session.handle_protocol] takes it
 *
 * Since: 0.1
 */
gboolean
mullion_protocol_check_scheme (const char  *scheme,
                               GError     **error)
{
  gboolean is_good;

  g_return_val_if_fail (scheme != NULL, FALSE);

  is_good = g_ascii_islower (*scheme) && strlen (scheme) <= MAX_SCHEME;
  for (const char *c = scheme; *c != '\0'; c++)
    is_good &= g_ascii_islower (*c) || g_ascii_isdigit (*c) || strchr ("+-.", *c) != NULL;
  if (!is_good)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                 "\"%s\" is no scheme: expected small letters, digits, \"+\", \"-\" and \".\"",
                 scheme);
  else if (g_strv_contains (reserved_schemes, scheme))
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                 "The scheme \"%s\" has somebody who answers it", scheme);
  else
    return TRUE;

  return FALSE;
}

/* -- Answering -- */

/* @user_data: the engine, which outlives the context */
static void
request_cb (WebKitURISchemeRequest *request,
            gpointer                user_data)
{
  MullionWebContents *contents =
    mullion_web_contents_from_web_view (webkit_uri_scheme_request_get_web_view (request));
  MullionSession *session = contents != NULL ? mullion_web_contents_get_session (contents)
                                             : mullion_web_engine_get_session (user_data, NULL);
  const char *scheme = webkit_uri_scheme_request_get_scheme (request);
  Handler *handler = session->protocols != NULL
                     ? g_hash_table_lookup (session->protocols, scheme) : NULL;
  g_autoptr(MullionProtocolRequest) wish = mullion_protocol_request_new (request, contents);

  if (handler != NULL)
    handler->handler (wish, handler->user_data);
  else
    mullion_protocol_request_respond_error (
      wish, g_error_new (MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                         "No handler of \"%s\" in this session", scheme));
}

/**
 * mullion_session_handle_protocol:
 * @self: a session
 * @scheme: the scheme, in small letters: `notes` for `notes://today`
 * @handler: (scope notified) (closure user_data) (destroy destroy): answers what pages ask of it
 * @user_data: given to @handler
 * @destroy: (nullable): frees @user_data
 * @error: why not: %MULLION_ERROR_INVALID_ARGUMENT for what is no scheme,
 *   %MULLION_ERROR_NOT_ALLOWED for one that is taken
 *
 * Answers all requests of this session's pages for a scheme, like Electron's `protocol.handle`. A
 * page of the app can ask only for what the Content-Security-Policy lets it.
 *
 * Returns: whether it is handled now
 *
 * Since: 0.1
 */
gboolean
mullion_session_handle_protocol (MullionSession          *self,
                                 const char              *scheme,
                                 MullionProtocolHandler   handler,
                                 gpointer                 user_data,
                                 GDestroyNotify           destroy,
                                 GError                 **error)
{
  Handler *entry;

  g_return_val_if_fail (MULLION_IS_SESSION (self), FALSE);
  g_return_val_if_fail (scheme != NULL && handler != NULL, FALSE);

  if (!mullion_protocol_check_scheme (scheme, error))
    return FALSE;
  if (mullion_session_is_protocol_handled (self, scheme))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                   "The scheme \"%s\" has been handled already", scheme);
      return FALSE;
    }

  if (self->protocols == NULL)
    self->protocols = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_handler);
  entry = g_new0 (Handler, 1);
  entry->handler = handler;
  entry->user_data = user_data;
  entry->destroy = destroy;
  g_hash_table_insert (self->protocols, g_strdup (scheme), entry);
  mullion_web_engine_register_scheme (self->engine, scheme, request_cb);
  return TRUE;
}

/**
 * mullion_session_unhandle_protocol:
 * @self: a session
 * @scheme: a scheme
 *
 * Answers no more of what pages ask of a scheme, like Electron's `protocol.unhandle`: it fails. What
 * the handler has kept, it may still answer.
 *
 * Since: 0.1
 */
void
mullion_session_unhandle_protocol (MullionSession *self,
                                   const char     *scheme)
{
  g_return_if_fail (MULLION_IS_SESSION (self));
  g_return_if_fail (scheme != NULL);

  if (self->protocols != NULL)
    g_hash_table_remove (self->protocols, scheme);
}

/**
 * mullion_session_is_protocol_handled:
 * @self: a session
 * @scheme: a scheme
 *
 * Asks whether a scheme is answered by the app, like Electron's `protocol.isProtocolHandled`.
 *
 * Returns: whether it has a handler in this session
 *
 * Since: 0.1
 */
gboolean
mullion_session_is_protocol_handled (MullionSession *self,
                                     const char     *scheme)
{
  g_return_val_if_fail (MULLION_IS_SESSION (self), FALSE);
  g_return_val_if_fail (scheme != NULL, FALSE);

  return self->protocols != NULL && g_hash_table_contains (self->protocols, scheme);
}

/* -- Privileges -- */

static void
make_secure (WebKitSecurityManager *manager,
             const char            *scheme)
{
  webkit_security_manager_register_uri_scheme_as_secure (manager, scheme);
}

static void
enable_cors (WebKitSecurityManager *manager,
             const char            *scheme)
{
  webkit_security_manager_register_uri_scheme_as_cors_enabled (manager, scheme);
}

/* WebKit reads every scheme as a standard one, and fetches and streams from it. */
static void
do_nothing (WebKitSecurityManager *manager,
            const char            *scheme)
{
}

static const struct
{
  const char *name;
  void (*apply) (WebKitSecurityManager *manager, const char *scheme); /* NULL: WebKit cannot */
} privileges[] = {
  { "standard", do_nothing },
  { "secure", make_secure },
  { "corsEnabled", enable_cors },
  { "supportFetchAPI", do_nothing },
  { "stream", do_nothing },
  { "bypassCSP", NULL },
  { "allowServiceWorkers", NULL },
  { "codeCache", NULL },
};

static gboolean
apply_privileges (WebKitSecurityManager *manager,
                  const char            *scheme,
                  JsonObject            *wanted,
                  GError               **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (privileges); i++)
    {
      gboolean is_on = FALSE;

      if (!mullion_options_get_boolean (wanted, privileges[i].name, &is_on, error))
        return FALSE;
      if (is_on && privileges[i].apply == NULL)
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_SUPPORTED,
                       "%s: WebKitGTK cannot do this for \"%s\"", privileges[i].name, scheme);
          return FALSE;
        }
      if (is_on && manager != NULL)
        privileges[i].apply (manager, scheme);
    }

  return TRUE;
}

static gboolean
read_scheme (WebKitSecurityManager *manager,
             JsonNode              *node,
             GError               **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *wanted = object != NULL ? json_object_get_member (object, "privileges") : NULL;
  const char *scheme = "";

  if (!mullion_options_get_string (object, "scheme", MAX_SCHEME, &scheme, error) ||
      !mullion_protocol_check_scheme (scheme, error))
    return FALSE;

  return apply_privileges (manager, scheme,
                           wanted != NULL && JSON_NODE_HOLDS_OBJECT (wanted)
                           ? json_node_get_object (wanted) : NULL, error);
}

/**
 * mullion_app_register_schemes_as_privileged:
 * @app: an app
 * @schemes: what Electron's `protocol.registerSchemesAsPrivileged` takes: objects with `scheme` and
 *   `privileges`
 * @error: why none was registered
 *
 * Says what pages of a scheme may, before there is a window. `secure` makes it a secure context, which
 * may be used by pages of `app:` and `https:`; `corsEnabled` lets pages of other origins fetch from
 * it, if the answer says so. `standard`, `supportFetchAPI` and `stream` are always on. WebKitGTK has
 * no `bypassCSP`, `allowServiceWorkers` and `codeCache`: %MULLION_ERROR_NOT_SUPPORTED.
 *
 * Returns: whether they are registered
 *
 * Since: 0.1
 */
gboolean
mullion_app_register_schemes_as_privileged (MullionApp  *app,
                                            JsonArray   *schemes,
                                            GError     **error)
{
  WebKitSecurityManager *manager;

  g_return_val_if_fail (MULLION_IS_APP (app), FALSE);
  g_return_val_if_fail (schemes != NULL && json_array_get_length (schemes) <= MAX_SCHEMES, FALSE);

  for (guint i = 0; i < json_array_get_length (schemes); i++)
    if (!read_scheme (NULL, json_array_get_element (schemes, i), error))
      return FALSE;

  manager = webkit_web_context_get_security_manager (
    mullion_web_engine_get_context (mullion_app_get_engine (app)));
  for (guint i = 0; i < json_array_get_length (schemes); i++)
    read_scheme (manager, json_array_get_element (schemes, i), NULL);
  return TRUE;
}

/**
 * mullion_app_allow_scheme_content:
 * @app: an app
 * @scheme: a scheme that the app answers
 *
 * Lets the app's own pages show pictures, sound and film of a scheme, and fetch from it: it adds
 * the scheme to `img-src`, `media-src` and `connect-src` of the Content-Security-Policy that is in
 * force, for the pages that are loaded from now on. Scripts, styles and frames of it stay refused.
 *
 * Since: 0.1
 */
void
mullion_app_allow_scheme_content (MullionApp *app,
                                  const char *scheme)
{
  static const char *const directives[] = { "img-src", "media-src", "connect-src", NULL };
  g_autofree char *source = NULL;
  g_autofree char *policy = NULL;

  g_return_if_fail (MULLION_IS_APP (app));
  g_return_if_fail (mullion_protocol_check_scheme (scheme, NULL));

  source = g_strconcat (scheme, ":", NULL);
  policy = mullion_content_policy_add_source (
    mullion_app_scheme_get_policy (mullion_web_engine_get_scheme (mullion_app_get_engine (app))),
    directives, source);
  mullion_app_set_content_security_policy (app, policy);
}
