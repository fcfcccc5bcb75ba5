/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

#include "mullion-app-private.h"
#include "mullion-net-error.h"

/*
 * How MullionWebContents gets its pages.
 *
 * Each way to load says so first: what is sent from then on is for the page that comes.
 */

static void
fail_load (MullionWebContents *self,
           const char         *what,
           const GError       *error)
{
  const char *name;
  int code = mullion_net_error_from_error (error, &name);

  g_warning ("Loading %s failed: %s", what, error->message);
  g_signal_emit_by_name (self, "did-fail-load", code, name, what);
}

/**
 * mullion_web_contents_load_file:
 * @self: web contents
 * @path: a file of the app: relative to the app's folder, or absolute and below it
 *
 * Loads a page of the app. It is served under the app's own `app://` origin.
 *
 * When the app has no folder yet, see [method@App.set_app_path], an absolute path makes the file's
 * folder the app's folder.
 *
 * Since: 0.1
 */
void
mullion_web_contents_load_file (MullionWebContents *self,
                                const char         *path)
{
  mullion_web_contents_load_file_with_query (self, path, NULL, NULL);
}

/**
 * mullion_web_contents_load_file_with_query:
 * @self: web contents
 * @path: a file of the app: relative to the app's folder, or absolute and below it
 * @query: (nullable): what follows the `?` of the page's address, encoded
 * @hash: (nullable): what follows the `#` of the page's address, encoded
 *
 * Like [method@WebContents.load_file], with what the page finds in `location.search` and
 * `location.hash`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_load_file_with_query (MullionWebContents *self,
                                           const char         *path,
                                           const char         *query,
                                           const char         *hash)
{
  g_autofree char *uri = NULL;
  g_autoptr(GError) error = NULL;
  MullionWebEngine *engine;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (path != NULL);

  if (mullion_web_contents_is_destroyed (self))
    return;

  engine = mullion_app_get_engine (mullion_web_contents_get_app (self));
  uri = mullion_app_scheme_dup_uri (mullion_web_engine_get_scheme (engine), path, query, hash,
                                    &error);
  if (uri != NULL)
    mullion_web_contents_load_uri (self, uri);
  else
    fail_load (self, path, error);
}

/* A move within the document makes no new one to wait for. */
static gboolean
is_same_document (MullionWebContents *self,
                  const char         *uri)
{
  const char *hash = strchr (uri, '#');
  const char *now = mullion_web_contents_get_uri (self);
  gsize length = hash != NULL ? (gsize) (hash - uri) : 0;

  return hash != NULL && now != NULL && strncmp (now, uri, length) == 0 &&
         (now[length] == '#' || now[length] == '\0');
}

/* A page from file: would share its origin, or none, with all other files of the user. */
static gboolean
check_uri (MullionWebContents *self,
           const char         *uri)
{
  g_autoptr(GError) error = NULL;

  if (g_ascii_strncasecmp (uri, "file:", strlen ("file:")) != 0)
    return TRUE;

  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                               "pages are not loaded from file: addresses, use load_file");
  fail_load (self, uri, error);
  return FALSE;
}

/**
 * mullion_web_contents_load_uri:
 * @self: web contents
 * @uri: the address of a page
 *
 * Loads any page, like Electron's `loadURL`. A page of another origin than the app's gets no
 * preload and no bridge unless [method@App.allow_origin] lists its origin. A server may send the
 * load on to anywhere, see [signal@WebContents::will-redirect].
 *
 * `file:` is refused: [method@WebContents.load_file] serves files.
 *
 * Since: 0.1
 */
void
mullion_web_contents_load_uri (MullionWebContents *self,
                               const char         *uri)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (uri != NULL);

  if (mullion_web_contents_is_destroyed (self) || !check_uri (self, uri))
    return;

  if (!is_same_document (self, uri))
    mullion_web_contents_begin_load (self);
  webkit_web_view_load_uri (mullion_web_contents_get_web_view (self), uri);
  mullion_navigation_policy_expect (self->navigation, uri);
}

/**
 * mullion_web_contents_load_html:
 * @self: web contents
 * @html: the text of a page
 * @base_uri: (nullable): the address that the page shall seem to have; %NULL is a page of the app
 *
 * Shows a page that the program made itself.
 *
 * Since: 0.1
 */
void
mullion_web_contents_load_html (MullionWebContents *self,
                                const char         *html,
                                const char         *base_uri)
{
  g_autofree char *own_uri = NULL;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (html != NULL);

  if (mullion_web_contents_is_destroyed (self))
    return;

  mullion_web_contents_begin_load (self);
  own_uri = g_strconcat (mullion_app_get_origin (mullion_web_contents_get_app (self)), "/", NULL);
  webkit_web_view_load_html (mullion_web_contents_get_web_view (self), html,
                             base_uri != NULL ? base_uri : own_uri);
  mullion_navigation_policy_expect (self->navigation, base_uri != NULL ? base_uri : own_uri);
}

/**
 * mullion_web_contents_download_uri:
 * @self: web contents
 * @uri: an address
 *
 * Downloads a file as the page would, with its cookies, like Electron's `contents.downloadURL`. What
 * becomes of it is said by [signal@Session::will-download].
 *
 * Since: 0.1
 */
void
mullion_web_contents_download_uri (MullionWebContents *self,
                                   const char         *uri)
{
  g_autoptr(WebKitDownload) download = NULL;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (uri != NULL);

  if (!mullion_web_contents_is_destroyed (self))
    download = webkit_web_view_download_uri (mullion_web_contents_get_web_view (self), uri);
}

/* A page that crashed before it was shown has no entry in the history that WebKit could load. */
static void
load_again (MullionWebContents *self,
            void              (*reload) (WebKitWebView *view))
{
  WebKitWebView *view = mullion_web_contents_get_web_view (self);
  g_autofree char *uri = g_strdup (mullion_web_contents_get_uri (self));

  /* Without a page there is nothing to begin, and nothing would report its end. */
  if (mullion_web_contents_is_destroyed (self) || uri == NULL ||
      mullion_web_contents_restore (self))
    return;

  mullion_web_contents_begin_load (self);
  if (webkit_back_forward_list_get_current_item (webkit_web_view_get_back_forward_list (view)))
    reload (view);
  else
    webkit_web_view_load_uri (view, uri);
  mullion_navigation_policy_expect (self->navigation, uri);
}

/**
 * mullion_web_contents_reload:
 * @self: web contents
 *
 * Loads the page again, with the preload script as it is now.
 *
 * Since: 0.1
 */
void
mullion_web_contents_reload (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  load_again (self, webkit_web_view_reload);
}

/**
 * mullion_web_contents_reload_ignoring_cache:
 * @self: web contents
 *
 * Like [method@WebContents.reload], and fetches everything anew.
 *
 * Since: 0.1
 */
void
mullion_web_contents_reload_ignoring_cache (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  load_again (self, webkit_web_view_reload_bypass_cache);
}

/**
 * mullion_web_contents_close:
 * @self: web contents
 *
 * Closes the page, as if it had called `window.close ()`: its `beforeunload` handlers may object.
 *
 * Since: 0.1
 */
void
mullion_web_contents_close (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  if (!mullion_web_contents_is_destroyed (self))
    webkit_web_view_try_close (mullion_web_contents_get_web_view (self));
}

/**
 * mullion_web_contents_is_loading:
 * @self: web contents
 *
 * Asks whether a load is under way.
 *
 * Returns: whether a page is being loaded
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_is_loading (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);

  return self->is_loading;
}

/**
 * mullion_web_contents_is_loading_main_frame:
 * @self: web contents
 *
 * Asks the same as [method@WebContents.is_loading], as WebKit does not count loads of other frames
 * that begin later.
 *
 * Returns: whether a page is being loaded
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_is_loading_main_frame (MullionWebContents *self)
{
  return mullion_web_contents_is_loading (self);
}

/**
 * mullion_web_contents_is_waiting_for_response:
 * @self: web contents
 *
 * Asks whether a page is waited for, like Electron's `isWaitingForResponse`.
 *
 * Returns: whether a load is under way of which nothing has come yet
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_is_waiting_for_response (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);

  return self->is_loading && !self->has_answer;
}
