/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-login-request-private.h"

#include "mullion-refusal.h"
#include "mullion-web-contents-private.h"

/**
 * MullionLoginRequest:
 *
 * A server, or a proxy on the way to one, wants to know who the user is before it answers a page.
 *
 * A handler of [signal@WebContents::login] or [signal@App::login] answers it once, now or later. One
 * that is dropped without an answer is cancelled, so that no page waits for ever.
 *
 * It lives in the main process. Realm, host and address are what the server and the page say: a page
 * can have pictures and frames of servers that nobody knows, and they ask, too. Look at the host
 * before you show a dialog, and give a password only to a host that it is for.
 *
 * Since: 0.1
 */

struct _MullionLoginRequest
{
  GObject parent_instance;

  WebKitAuthenticationRequest *wish; /* (nullable): not answered yet */
  char *url;
  gboolean is_proxy;
  gboolean is_retry;
  const char *scheme;
  char *host;
  guint port;
  char *realm;
};

G_DEFINE_FINAL_TYPE (MullionLoginRequest, mullion_login_request, G_TYPE_OBJECT)

/* -- What it is -- */

/**
 * mullion_login_request_get_url:
 * @self: a request
 *
 * Gets the address of the page in whose window this is asked, like Electron's
 * `authenticationResponseDetails.url`. WebKit does not tell which address of that the answer is for.
 *
 * Returns: the address that the page had
 *
 * Since: 0.1
 */
const char *
mullion_login_request_get_url (MullionLoginRequest *self)
{
  g_return_val_if_fail (MULLION_IS_LOGIN_REQUEST (self), NULL);

  return self->url;
}

/**
 * mullion_login_request_is_proxy:
 * @self: a request
 *
 * Asks who wants to know, like Electron's `authInfo.isProxy`.
 *
 * Returns: whether it is a proxy
 *
 * Since: 0.1
 */
gboolean
mullion_login_request_is_proxy (MullionLoginRequest *self)
{
  g_return_val_if_fail (MULLION_IS_LOGIN_REQUEST (self), FALSE);

  return self->is_proxy;
}

/**
 * mullion_login_request_get_scheme:
 * @self: a request
 *
 * Gets how the password would be sent, like Electron's `authInfo.scheme`.
 *
 * Returns: `basic`, `digest`, `ntlm`, `negotiate`, or an empty text for another way
 *
 * Since: 0.1
 */
const char *
mullion_login_request_get_scheme (MullionLoginRequest *self)
{
  g_return_val_if_fail (MULLION_IS_LOGIN_REQUEST (self), NULL);

  return self->scheme;
}

/**
 * mullion_login_request_get_host:
 * @self: a request
 *
 * Gets who wants to know, like Electron's `authInfo.host`.
 *
 * Returns: the host
 *
 * Since: 0.1
 */
const char *
mullion_login_request_get_host (MullionLoginRequest *self)
{
  g_return_val_if_fail (MULLION_IS_LOGIN_REQUEST (self), NULL);

  return self->host;
}

/**
 * mullion_login_request_get_port:
 * @self: a request
 *
 * Gets the port of who wants to know, like Electron's `authInfo.port`.
 *
 * Returns: the port
 *
 * Since: 0.1
 */
guint
mullion_login_request_get_port (MullionLoginRequest *self)
{
  g_return_val_if_fail (MULLION_IS_LOGIN_REQUEST (self), 0);

  return self->port;
}

/**
 * mullion_login_request_get_realm:
 * @self: a request
 *
 * Gets what the server calls the place that the password is for, like Electron's `authInfo.realm`.
 *
 * Returns: text of the server, may be empty
 *
 * Since: 0.1
 */
const char *
mullion_login_request_get_realm (MullionLoginRequest *self)
{
  g_return_val_if_fail (MULLION_IS_LOGIN_REQUEST (self), NULL);

  return self->realm;
}

/**
 * mullion_login_request_is_retry:
 * @self: a request
 *
 * Asks whether the last answer was wrong. A handler that says the same again is asked again, without
 * end.
 *
 * Returns: whether a name and a password were refused before
 *
 * Since: 0.1
 */
gboolean
mullion_login_request_is_retry (MullionLoginRequest *self)
{
  g_return_val_if_fail (MULLION_IS_LOGIN_REQUEST (self), FALSE);

  return self->is_retry;
}

/* -- The answer -- */

/**
 * mullion_login_request_authenticate:
 * @self: a request
 * @username: who the user is
 * @password: their password
 *
 * Answers. It is remembered for the session, and stored nowhere. Does nothing when the request is
 * answered.
 *
 * Since: 0.1
 */
void
mullion_login_request_authenticate (MullionLoginRequest *self,
                                    const char          *username,
                                    const char          *password)
{
  g_autoptr(WebKitAuthenticationRequest) wish = NULL;
  WebKitCredential *credential;

  g_return_if_fail (MULLION_IS_LOGIN_REQUEST (self));
  g_return_if_fail (username != NULL);
  g_return_if_fail (password != NULL);

  wish = g_steal_pointer (&self->wish);
  if (wish == NULL)
    return;

  credential = webkit_credential_new (username, password,
                                      WEBKIT_CREDENTIAL_PERSISTENCE_FOR_SESSION);
  webkit_authentication_request_authenticate (wish, credential);
  webkit_credential_free (credential);
}

/**
 * mullion_login_request_cancel:
 * @self: a request
 *
 * Gives no answer: the page gets what the server has for strangers. Does nothing when the request is
 * answered.
 *
 * Since: 0.1
 */
void
mullion_login_request_cancel (MullionLoginRequest *self)
{
  g_autoptr(WebKitAuthenticationRequest) wish = NULL;

  g_return_if_fail (MULLION_IS_LOGIN_REQUEST (self));

  /* WebKit's own cancel would end the load, and nobody would see what the server says. */
  wish = g_steal_pointer (&self->wish);
  if (wish != NULL)
    webkit_authentication_request_authenticate (wish, NULL);
}

/* -- Its beginning and its end -- */

static void
mullion_login_request_dispose (GObject *object)
{
  mullion_login_request_cancel (MULLION_LOGIN_REQUEST (object));

  G_OBJECT_CLASS (mullion_login_request_parent_class)->dispose (object);
}

static void
mullion_login_request_finalize (GObject *object)
{
  MullionLoginRequest *self = MULLION_LOGIN_REQUEST (object);

  g_free (self->url);
  g_free (self->host);
  g_free (self->realm);

  G_OBJECT_CLASS (mullion_login_request_parent_class)->finalize (object);
}

static void
mullion_login_request_class_init (MullionLoginRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mullion_login_request_dispose;
  object_class->finalize = mullion_login_request_finalize;
}

static void
mullion_login_request_init (MullionLoginRequest *self)
{
}

/* (nullable): not a matter of names and passwords, but of certificates */
static const char *
name_scheme (WebKitAuthenticationScheme scheme)
{
  switch (scheme)
    {
    case WEBKIT_AUTHENTICATION_SCHEME_HTTP_BASIC:
      return "basic";
    case WEBKIT_AUTHENTICATION_SCHEME_HTTP_DIGEST:
      return "digest";
    case WEBKIT_AUTHENTICATION_SCHEME_NTLM:
      return "ntlm";
    case WEBKIT_AUTHENTICATION_SCHEME_NEGOTIATE:
      return "negotiate";
    case WEBKIT_AUTHENTICATION_SCHEME_CLIENT_CERTIFICATE_REQUESTED:
    case WEBKIT_AUTHENTICATION_SCHEME_CLIENT_CERTIFICATE_PIN_REQUESTED:
    case WEBKIT_AUTHENTICATION_SCHEME_SERVER_TRUST_EVALUATION_REQUESTED:
      return NULL;
    default:
      return "";
    }
}

static char *
dup_text (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

static MullionLoginRequest *
request_new (MullionWebContents          *contents,
             WebKitAuthenticationRequest *wish,
             const char                  *scheme)
{
  MullionLoginRequest *self = g_object_new (MULLION_TYPE_LOGIN_REQUEST, NULL);

  self->wish = g_object_ref (wish);
  self->url = dup_text (mullion_web_contents_get_uri (contents));
  self->is_proxy = webkit_authentication_request_is_for_proxy (wish);
  self->is_retry = webkit_authentication_request_is_retry (wish);
  self->scheme = scheme;
  self->host = dup_text (webkit_authentication_request_get_host (wish));
  self->port = webkit_authentication_request_get_port (wish);
  self->realm = dup_text (webkit_authentication_request_get_realm (wish));

  return self;
}

/* Security: without a handler nobody is asked. WebKit's own dialog would come up for any frame and
 * picture of a page. */
static gboolean
authenticate_cb (WebKitWebView               *view,
                 WebKitAuthenticationRequest *wish,
                 MullionWebContents          *contents)
{
  const char *scheme = name_scheme (webkit_authentication_request_get_scheme (wish));
  g_autoptr(MullionWebContents) alive = g_object_ref (contents);
  g_autoptr(MullionLoginRequest) request = NULL;
  gboolean is_handled = FALSE;

  if (scheme == NULL)
    return FALSE;

  request = request_new (contents, wish, scheme);
  if (!mullion_web_contents_is_destroyed (contents))
    g_signal_emit_by_name (contents, "login", request, &is_handled);
  if (!is_handled && contents->app != NULL)
    g_signal_emit_by_name (contents->app, "login", contents, request, &is_handled);
  if (!is_handled)
    {
      mullion_refusal_log (contents, "the login at", request->host, "no handler of login answers it");
      mullion_login_request_cancel (request);
    }

  return TRUE;
}

void
mullion_login_request_watch (MullionWebContents *contents,
                             WebKitWebView      *view)
{
  g_signal_connect_object (view, "authenticate", G_CALLBACK (authenticate_cb), contents, 0);
}
