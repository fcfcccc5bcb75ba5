/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-session-private.h"

#include "mullion-app-private.h"
#include "mullion-download-item-private.h"
#include "mullion-web-contents-private.h"

#include <glib/gstdio.h>

/**
 * MullionSession:
 *
 * What pages keep, and what they may do outside of themselves: cookies, storage, permissions.
 *
 * Windows of one partition share a session, see the option `partition` of `webPreferences`. A page
 * has no permission unless a handler gives it one: what Electron allows where nobody says otherwise
 * is denied here.
 *
 * A session lives in the main process, and as long as its app.
 *
 * Since: 0.1
 */

G_DEFINE_FINAL_TYPE (MullionSession, mullion_session, G_TYPE_OBJECT)

/* -- Which there are -- */

/**
 * mullion_session_get_default:
 * @app: an app
 *
 * Gets the session of the windows that name no partition.
 *
 * Returns: (transfer none): Electron's `session.defaultSession`
 *
 * Since: 0.1
 */
MullionSession *
mullion_session_get_default (MullionApp *app)
{
  return mullion_session_from_partition (app, NULL);
}

/**
 * mullion_session_from_partition:
 * @app: an app
 * @partition: (nullable): `persist:` and a name for a session that is kept on disk, any other name
 *   for one in memory, "" or %NULL for the default one
 *
 * Gets the session of a partition, and makes it when there is none yet.
 *
 * Returns: (transfer none): the session
 *
 * Since: 0.1
 */
MullionSession *
mullion_session_from_partition (MullionApp *app,
                                const char *partition)
{
  g_return_val_if_fail (MULLION_IS_APP (app), NULL);

  return mullion_web_engine_get_session (mullion_app_get_engine (app), partition);
}

/**
 * mullion_web_contents_get_session:
 * @self: web contents
 *
 * Gets the session in which the page is, like Electron's `contents.session`.
 *
 * Returns: (transfer none): the session
 *
 * Since: 0.1
 */
MullionSession *
mullion_web_contents_get_session (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);

  return self->session;
}

/* -- What it is -- */

/**
 * mullion_session_is_persistent:
 * @self: a session
 *
 * Asks whether the session is kept on disk.
 *
 * Returns: whether what pages keep is there in the next run of the app
 *
 * Since: 0.1
 */
gboolean
mullion_session_is_persistent (MullionSession *self)
{
  g_return_val_if_fail (MULLION_IS_SESSION (self), FALSE);

  return self->storage_path != NULL;
}

/**
 * mullion_session_get_storage_path:
 * @self: a session
 *
 * Gets where the session is kept.
 *
 * Returns: (nullable): the folder, %NULL for a session in memory
 *
 * Since: 0.1
 */
const char *
mullion_session_get_storage_path (MullionSession *self)
{
  g_return_val_if_fail (MULLION_IS_SESSION (self), NULL);

  return self->storage_path;
}

/**
 * mullion_session_get_network_session:
 * @self: a session
 *
 * Gets WebKit's side of the session, for what WebKitGTK can and this interface does not say.
 *
 * Returns: (transfer none): WebKit's session
 *
 * Since: 0.1
 */
WebKitNetworkSession *
mullion_session_get_network_session (MullionSession *self)
{
  g_return_val_if_fail (MULLION_IS_SESSION (self), NULL);

  return self->network;
}

/* -- Permissions -- */

MullionPermissions *
mullion_session_get_permissions (MullionSession *self)
{
  return self->permissions;
}

/**
 * mullion_session_set_permission_request_handler:
 * @self: a session
 * @handler: (nullable) (scope notified) (closure user_data) (destroy destroy): decides about what
 *   pages ask for, %NULL to deny all
 * @user_data: given to @handler
 * @destroy: (nullable): frees @user_data
 *
 * Sets who decides when a page asks for something that is the user's, like Electron's
 * `setPermissionRequestHandler`. Without a handler everything is denied, with a line in the log.
 *
 * Since: 0.1
 */
void
mullion_session_set_permission_request_handler (MullionSession                  *self,
                                                MullionPermissionRequestHandler  handler,
                                                gpointer                         user_data,
                                                GDestroyNotify                   destroy)
{
  g_return_if_fail (MULLION_IS_SESSION (self));

  mullion_permissions_set_request_handler (self->permissions, handler, user_data, destroy);
}

/**
 * mullion_session_set_permission_check_handler:
 * @self: a session
 * @handler: (nullable) (scope notified) (closure user_data) (destroy destroy): decides whether a
 *   permission is there, %NULL for none
 * @user_data: given to @handler
 * @destroy: (nullable): frees @user_data
 *
 * Sets who says whether a page has a permission already, like Electron's
 * `setPermissionCheckHandler`. It answers `navigator.permissions.query ()` and what WebKit looks up
 * without a question to the user, such as the names of cameras.
 *
 * Without a handler no permission is there. To pages WebKit says `prompt` even so, lest they know what
 * was decided.
 *
 * Since: 0.1
 */
void
mullion_session_set_permission_check_handler (MullionSession                *self,
                                              MullionPermissionCheckHandler  handler,
                                              gpointer                       user_data,
                                              GDestroyNotify                 destroy)
{
  g_return_if_fail (MULLION_IS_SESSION (self));

  mullion_permissions_set_check_handler (self->permissions, handler, user_data, destroy);
}

/* -- Downloads -- */

/* Whose a download is, when no page began it. */
static GQuark
get_owner_quark (void)
{
  return g_quark_from_static_string ("mullion-download-owner");
}

/* Under a driver several sessions share one of WebKit's, and each of them hears of this. */
static gboolean
is_own_download (MullionSession *self,
                 WebKitDownload *download)
{
  WebKitWebView *view = webkit_download_get_web_view (download);

  if (view == NULL)
    return g_object_get_qdata (G_OBJECT (download), get_owner_quark ()) == self;

  return mullion_web_contents_get_session (mullion_web_contents_from_web_view (view)) == self;
}

static void
download_started_cb (WebKitNetworkSession *network,
                     WebKitDownload       *download,
                     MullionSession       *self)
{
  if (is_own_download (self, download))
    mullion_download_item_begin (self, download);
}

/**
 * mullion_session_download_uri:
 * @self: a session
 * @uri: an address
 *
 * Downloads a file, like Electron's `session.downloadURL`. What becomes of it is said by
 * [signal@Session::will-download].
 *
 * Since: 0.1
 */
void
mullion_session_download_uri (MullionSession *self,
                              const char     *uri)
{
  g_autoptr(WebKitDownload) download = NULL;

  g_return_if_fail (MULLION_IS_SESSION (self));
  g_return_if_fail (uri != NULL);

  download = webkit_network_session_download_uri (self->network, uri);
  g_object_set_qdata (G_OBJECT (download), get_owner_quark (), self);
}

/* -- Its beginning and its end -- */

static void
mullion_session_finalize (GObject *object)
{
  MullionSession *self = MULLION_SESSION (object);

  g_signal_handlers_disconnect_by_data (self->network, self);
  g_clear_object (&self->cookies);
  g_clear_object (&self->network);
  g_clear_pointer (&self->permissions, mullion_permissions_free);
  g_clear_pointer (&self->protocols, g_hash_table_unref);
  g_clear_pointer (&self->filters, g_hash_table_unref);
  g_clear_weak_pointer (&self->engine);
  g_free (self->user_agent);
  g_free (self->storage_path);

  G_OBJECT_CLASS (mullion_session_parent_class)->finalize (object);
}

static void
mullion_session_class_init (MullionSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_session_finalize;

  /**
   * MullionSession::will-download:
   * @self: a session
   * @item: the download
   * @contents: (nullable): the page that it comes from, %NULL for a download of the app
   *
   * A download begins: the server has answered. A handler gives it a path with
   * [method@DownloadItem.set_save_path]; without one it is cancelled.
   *
   * Since: 0.1
   */
  g_signal_new ("will-download", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, MULLION_TYPE_DOWNLOAD_ITEM, MULLION_TYPE_WEB_CONTENTS);
}

static void
mullion_session_init (MullionSession *self)
{
  self->permissions = mullion_permissions_new ();
}

/* (transfer full): a partition is a name and never a path. */
static char *
dup_folder (const char *base,
            const char *partition)
{
  g_autofree char *name = NULL;

  if (*partition == '\0')
    return g_strdup (base);

  name = g_uri_escape_string (partition + strlen ("persist:"), NULL, FALSE);
  return g_build_filename (base, "Partitions", *name != '.' ? name : "_", NULL);
}

/* WebKit keeps all else by itself, and makes the folder when it does. */
static void
keep_cookies (MullionSession *self)
{
  g_autofree char *path = g_build_filename (self->storage_path, "cookies.sqlite", NULL);

  g_mkdir_with_parents (self->storage_path, 0700);
  webkit_cookie_manager_set_persistent_storage (
    webkit_network_session_get_cookie_manager (self->network), path,
    WEBKIT_COOKIE_PERSISTENT_STORAGE_SQLITE);
}

MullionSession *
mullion_session_new (MullionWebEngine *engine,
                     const char       *partition,
                     const char       *data_dir,
                     const char       *cache_dir)
{
  MullionSession *self = g_object_new (MULLION_TYPE_SESSION, NULL);
  WebKitWebContext *context = mullion_web_engine_get_context (engine);

  g_set_weak_pointer (&self->engine, engine);
  if (webkit_web_context_is_automation_allowed (context))
    /* WebKit shows all pages that it drives in one session, whatever they were made with: what is said
     * to this one, such as a cookie or a proxy, has to reach them. */
    self->network = g_object_ref (webkit_web_context_get_network_session_for_automation (context));
  else if (*partition == '\0' || g_str_has_prefix (partition, "persist:"))
    {
      g_autofree char *cache = dup_folder (cache_dir, partition);

      self->storage_path = dup_folder (data_dir, partition);
      self->network = webkit_network_session_new (self->storage_path, cache);
      keep_cookies (self);
    }
  else
    self->network = webkit_network_session_new_ephemeral ();

  g_signal_connect (self->network, "download-started", G_CALLBACK (download_started_cb), self);
  /* Security: WebKit's default today. Nobody is asked about the certificate of a picture. */
  webkit_network_session_set_tls_errors_policy (self->network, WEBKIT_TLS_ERRORS_POLICY_FAIL);

  return self;
}
