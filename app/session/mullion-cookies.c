/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-cookies-private.h"

#include "mullion-cookie-watch.h"
#include "mullion-cookie.h"
#include "mullion-options.h"
#include "mullion-session-private.h"

/**
 * MullionCookies:
 *
 * The cookies of a session, like Electron's `Cookies`.
 *
 * A cookie is Electron's object: `name`, `value`, `domain`, `hostOnly`, `path`, `secure`, `httpOnly`,
 * `session`, `expirationDate` in seconds since 1970, and `sameSite`, which is `no_restriction`, `lax` or
 * `strict`.
 *
 * Cookies are WebKit's, in its network process, which writes those of a session that is kept on disk
 * as they change.
 *
 * It lives in the main process. What a cookie says is a server's choice.
 *
 * Since: 0.1
 */

struct _MullionCookies
{
  GObject parent_instance;

  WebKitCookieManager *manager;
  MullionCookieWatch *watch;
};

G_DEFINE_FINAL_TYPE (MullionCookies, mullion_cookies, G_TYPE_OBJECT)

static void
free_cookies (GList *cookies)
{
  g_list_free_full (cookies, (GDestroyNotify) soup_cookie_free);
}

/* -- Getting -- */

static JsonArray *
list_matching (GList      *cookies,
               JsonObject *filter)
{
  JsonArray *array = json_array_new ();

  for (GList *l = cookies; l != NULL; l = l->next)
    if (filter == NULL || mullion_cookie_matches (l->data, filter))
      json_array_add_object_element (array, mullion_cookie_to_json (l->data));

  return array;
}

static void
return_cookies (GTask  *task,
                GList  *cookies,
                GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, list_matching (cookies, g_task_get_task_data (task)),
                           (GDestroyNotify) json_array_unref);
  free_cookies (cookies);
}

static void
got_all_cb (GObject      *manager,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GList *cookies = webkit_cookie_manager_get_all_cookies_finish (WEBKIT_COOKIE_MANAGER (manager),
                                                                 result, &error);

  return_cookies (task, cookies, error);
}

static void
got_cb (GObject      *manager,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GList *cookies = webkit_cookie_manager_get_cookies_finish (WEBKIT_COOKIE_MANAGER (manager), result,
                                                             &error);

  return_cookies (task, cookies, error);
}

/**
 * mullion_cookies_get_async:
 * @self: cookies
 * @filter: (nullable) (transfer none): Electron's filter: `url`, `name`, `domain`, `path`, `secure`,
 *   `session`, `httpOnly`; %NULL for all cookies
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called with the result
 * @user_data: given to @callback
 *
 * Gets cookies, like Electron's `cookies.get`.
 *
 * Since: 0.1
 */
void
mullion_cookies_get_async (MullionCookies      *self,
                           JsonObject          *filter,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;
  const char *url = NULL;

  g_return_if_fail (MULLION_IS_COOKIES (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_cookies_get_async);
  if (!mullion_cookie_check_filter (filter, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (filter != NULL)
    g_task_set_task_data (task, json_object_ref (filter), (GDestroyNotify) json_object_unref);
  mullion_options_get_string (filter, "url", G_MAXSIZE, &url, NULL);
  if (url != NULL)
    webkit_cookie_manager_get_cookies (self->manager, url, cancellable, got_cb,
                                       g_steal_pointer (&task));
  else
    webkit_cookie_manager_get_all_cookies (self->manager, cancellable, got_all_cb,
                                           g_steal_pointer (&task));
}

/**
 * mullion_cookies_get_finish:
 * @self: cookies
 * @result: what the callback got
 * @error: return location for an error: %MULLION_ERROR_INVALID_ARGUMENT for a filter that means
 *   nothing
 *
 * Ends [method@Cookies.get_async].
 *
 * Returns: (transfer full): cookies, each an object
 *
 * Since: 0.1
 */
JsonArray *
mullion_cookies_get_finish (MullionCookies  *self,
                            GAsyncResult    *result,
                            GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- Setting -- */

static void
return_done (GTask    *task,
             gboolean  is_done,
             GError   *error)
{
  if (is_done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
added_cb (GObject      *manager,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  gboolean is_done = webkit_cookie_manager_add_cookie_finish (WEBKIT_COOKIE_MANAGER (manager), result,
                                                              &error);

  return_done (task, is_done, error);
}

/**
 * mullion_cookies_set_async:
 * @self: cookies
 * @details: (transfer none): Electron's details: `url`, and perhaps `name`, `value`, `domain`, `path`,
 *   `secure`, `httpOnly`, `expirationDate`, `sameSite`, which is `lax` where nothing is said
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when it is set
 * @user_data: given to @callback
 *
 * Sets a cookie, like Electron's `cookies.set`. Without `expirationDate` it lasts as long as the app.
 *
 * Since: 0.1
 */
void
mullion_cookies_set_async (MullionCookies      *self,
                           JsonObject          *details,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;
  SoupCookie *cookie;

  g_return_if_fail (MULLION_IS_COOKIES (self));
  g_return_if_fail (details != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_cookies_set_async);
  cookie = mullion_cookie_from_json (details, &error);
  if (cookie == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  mullion_cookie_watch_look (self->watch);
  webkit_cookie_manager_add_cookie (self->manager, cookie, cancellable, added_cb,
                                    g_object_ref (task));
  soup_cookie_free (cookie);
}

/**
 * mullion_cookies_set_finish:
 * @self: cookies
 * @result: what the callback got
 * @error: return location for an error: %MULLION_ERROR_INVALID_ARGUMENT for details that mean no cookie
 *
 * Ends [method@Cookies.set_async].
 *
 * Returns: whether the cookie is set
 *
 * Since: 0.1
 */
gboolean
mullion_cookies_set_finish (MullionCookies  *self,
                            GAsyncResult    *result,
                            GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- Removing -- */

static void remove_next (GTask *task);

static void
removed_cb (GObject      *manager,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (webkit_cookie_manager_delete_cookie_finish (WEBKIT_COOKIE_MANAGER (manager), result, &error))
    remove_next (task);
  else
    g_task_return_error (task, error);
}

/* Several cookies may have one name, for several paths. */
static void
remove_next (GTask *task)
{
  MullionCookies *self = g_task_get_source_object (task);
  GQueue *doomed = g_task_get_task_data (task);
  SoupCookie *cookie = g_queue_pop_head (doomed);

  if (cookie == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  webkit_cookie_manager_delete_cookie (self->manager, cookie, g_task_get_cancellable (task),
                                       removed_cb, g_object_ref (task));
  soup_cookie_free (cookie);
}

static void
free_doomed (gpointer doomed)
{
  g_queue_free_full (doomed, (GDestroyNotify) soup_cookie_free);
}

static void
got_doomed_cb (GObject      *manager,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GList *cookies = webkit_cookie_manager_get_cookies_finish (WEBKIT_COOKIE_MANAGER (manager), result,
                                                             &error);
  const char *name = g_task_get_task_data (task);
  GQueue *doomed = g_queue_new ();

  for (GList *l = cookies; l != NULL; l = l->next)
    if (g_strcmp0 (soup_cookie_get_name (l->data), name) == 0)
      g_queue_push_tail (doomed, soup_cookie_copy (l->data));
  free_cookies (cookies);
  g_task_set_task_data (task, doomed, free_doomed);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    remove_next (task);
}

/**
 * mullion_cookies_remove_async:
 * @self: cookies
 * @url: an address that the cookie is sent to
 * @name: the cookie's name
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when it is gone
 * @user_data: given to @callback
 *
 * Removes a cookie, like Electron's `cookies.remove`. It is no error when there is none.
 *
 * Since: 0.1
 */
void
mullion_cookies_remove_async (MullionCookies      *self,
                              const char          *url,
                              const char          *name,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MULLION_IS_COOKIES (self));
  g_return_if_fail (url != NULL);
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_cookies_remove_async);
  g_task_set_task_data (task, g_strdup (name), g_free);
  mullion_cookie_watch_look (self->watch);
  webkit_cookie_manager_get_cookies (self->manager, url, cancellable, got_doomed_cb, task);
}

/**
 * mullion_cookies_remove_finish:
 * @self: cookies
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Cookies.remove_async].
 *
 * Returns: whether the cookie is gone
 *
 * Since: 0.1
 */
gboolean
mullion_cookies_remove_finish (MullionCookies  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- Writing -- */

static void
flushed_cb (GObject      *manager,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  free_cookies (webkit_cookie_manager_get_all_cookies_finish (WEBKIT_COOKIE_MANAGER (manager),
                                                              result, &error));
  return_done (task, error == NULL, error);
}

/**
 * mullion_cookies_flush_store_async:
 * @self: cookies
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when they are written
 * @user_data: given to @callback
 *
 * Waits until the cookies that were set are written, like Electron's `cookies.flushStore`.
 *
 * Since: 0.1
 */
void
mullion_cookies_flush_store_async (MullionCookies      *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MULLION_IS_COOKIES (self));

  /* WebKit writes each as it is set, and answers in the order in which it was asked. */
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_cookies_flush_store_async);
  webkit_cookie_manager_get_all_cookies (self->manager, cancellable, flushed_cb, task);
}

/**
 * mullion_cookies_flush_store_finish:
 * @self: cookies
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Cookies.flush_store_async].
 *
 * Returns: whether they are written
 *
 * Since: 0.1
 */
gboolean
mullion_cookies_flush_store_finish (MullionCookies  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- Its beginning and its end -- */

/**
 * mullion_session_get_cookies:
 * @session: a session
 *
 * Gets the cookies of a session, like Electron's `ses.cookies`.
 *
 * Returns: (transfer none): its cookies
 *
 * Since: 0.1
 */
MullionCookies *
mullion_session_get_cookies (MullionSession *session)
{
  g_return_val_if_fail (MULLION_IS_SESSION (session), NULL);

  if (session->cookies == NULL)
    session->cookies = mullion_cookies_new (
      webkit_network_session_get_cookie_manager (session->network));
  mullion_cookie_watch_look_soon (session->cookies->watch);

  return session->cookies;
}

static void
mullion_cookies_finalize (GObject *object)
{
  MullionCookies *self = MULLION_COOKIES (object);

  mullion_cookie_watch_end (self->watch);
  g_object_unref (self->manager);

  G_OBJECT_CLASS (mullion_cookies_parent_class)->finalize (object);
}

static void
mullion_cookies_class_init (MullionCookiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_cookies_finalize;

  /**
   * MullionCookies::changed:
   * @self: cookies
   * @cookie: the cookie
   * @cause: `explicit`, `overwrite` for a cookie in whose place another comes, `expired`
   * @removed: whether it went
   *
   * A cookie was set or removed, by the app, a page or a server. One that is written over goes, and then
   * comes.
   *
   * WebKitGTK says only that something changed; which cookie, is found by comparing with what was
   * there when the handler was connected, and after each change. So what comes and goes at once may
   * not be told, and what has expired is told with the next change. Connect where the cookies are
   * got, with [method@Session.get_cookies].
   *
   * Since: 0.1
   */
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 3, JSON_TYPE_OBJECT, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
mullion_cookies_init (MullionCookies *self)
{
}

MullionCookies *
mullion_cookies_new (WebKitCookieManager *manager)
{
  MullionCookies *self = g_object_new (MULLION_TYPE_COOKIES, NULL);

  self->manager = g_object_ref (manager);
  self->watch = mullion_cookie_watch_new (self, manager);

  return self;
}
