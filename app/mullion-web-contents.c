/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

#include "mullion-app-private.h"
#include "mullion-context-menu.h"
#include "mullion-held-press.h"
#include "mullion-ipc-main.h"
#include "mullion-ipc-main-event.h"
#include "mullion-login-request-private.h"
#include "mullion-web-frame-main-private.h"
#include "mullion-page-files.h"

/**
 * MullionWebContents:
 *
 * A web page in the app, seen from the main process, like Electron's `WebContents`.
 *
 * It loads pages, sends them messages and reports what happens to them. Each window has one,
 * [method@BrowserWindow.get_web_contents].
 *
 * It lives in the main process and is used from the thread of the main loop. What comes from the
 * page is checked before it gets here; what a page says in a message is still only what a page
 * says.
 *
 * Since: 0.1
 */

/* id → (unowned) MullionWebContents that is not destroyed */
static GHashTable *all_contents;
static guint last_id;

G_DEFINE_FINAL_TYPE (MullionWebContents, mullion_web_contents, G_TYPE_OBJECT)

/* -- The table of ids -- */

/**
 * mullion_web_contents_from_id:
 * @id: a number that [method@WebContents.get_id] gave
 *
 * Finds web contents by their number.
 *
 * Returns: (transfer none) (nullable): the contents of that number, %NULL when there are none, or
 *   not any more
 *
 * Since: 0.1
 */
MullionWebContents *
mullion_web_contents_from_id (guint id)
{
  return all_contents != NULL ? g_hash_table_lookup (all_contents, GUINT_TO_POINTER (id)) : NULL;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const MullionWebContents *first = a;
  const MullionWebContents *second = b;

  return first->id < second->id ? -1 : first->id > second->id;
}

/**
 * mullion_web_contents_get_all:
 *
 * Lists all web contents.
 *
 * Returns: (transfer container) (element-type MullionWebContents): all contents of the app, in the
 *   order in which they were made
 *
 * Since: 0.1
 */
GList *
mullion_web_contents_get_all (void)
{
  if (all_contents == NULL)
    return NULL;

  return g_list_sort (g_hash_table_get_values (all_contents), compare_ids);
}

MullionWebContents *
mullion_web_contents_from_web_view (WebKitWebView *view)
{
  GHashTableIter iter;
  gpointer contents;

  if (view == NULL || all_contents == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, all_contents);
  while (g_hash_table_iter_next (&iter, NULL, &contents))
    if (((MullionWebContents *) contents)->view == view)
      return contents;

  return NULL;
}

/* -- Messages to the page -- */

/* Says what waited for the page, which listens now. */
void
mullion_web_contents_flush_outbox (MullionWebContents *self)
{
  MullionWebFrameMain *frame = mullion_web_contents_get_main_frame (self);

  self->is_awaiting_document = FALSE;
  if (frame != NULL)
    mullion_outbox_flush (self->outbox, frame);
  else
    mullion_outbox_fail_questions (self->outbox);
}

/**
 * mullion_web_contents_send:
 * @self: web contents
 * @channel: the name that the preload listens to with `ipcRenderer.on`
 * @args: (nullable) (transfer full): what its listener gets after the event
 *
 * Sends a message to the main frame of the page.
 *
 * While a page loads, messages wait until its preload script has run, so that a page hears all that
 * was sent after its load began. At most 10,000 wait, counted together with what
 * [method@WebContents.invoke_async] asks; after that the oldest is lost, with a warning.
 *
 * Since: 0.1
 */
void
mullion_web_contents_send (MullionWebContents *self,
                           const char         *channel,
                           JsonArray          *args)
{
  MullionWebFrameMain *frame;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (channel != NULL);

  frame = mullion_web_contents_get_main_frame (self);
  if (self->is_destroyed)
    g_clear_pointer (&args, json_array_unref);
  else if (frame == NULL || self->is_awaiting_document)
    mullion_outbox_put (self->outbox, channel, args);
  else
    mullion_web_frame_main_send (frame, channel, args);
}

/* -- What it is -- */

/**
 * mullion_web_contents_get_id:
 * @self: web contents
 *
 * Gets the number by which pages and windows name these contents, for example in `sendTo`.
 *
 * Returns: a number that no other contents of this run have
 *
 * Since: 0.1
 */
guint
mullion_web_contents_get_id (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), 0);

  return self->id;
}

/**
 * mullion_web_contents_get_web_view:
 * @self: web contents
 *
 * Gets the widget that shows the page, for what WebKitGTK can and this interface does not say.
 *
 * Returns: (transfer none): the web view
 *
 * Since: 0.1
 */
WebKitWebView *
mullion_web_contents_get_web_view (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);

  return self->view;
}

/**
 * mullion_web_contents_get_ipc:
 * @self: web contents
 *
 * Gets the `ipcMain` of these contents alone, like Electron's `contents.ipc`. It hears all frames
 * of the page. Its listeners are called before those of the app, and its handlers hide the app's.
 *
 * Returns: (transfer none): the contents' own `ipcMain`
 *
 * Since: 0.1
 */
MullionIpcMain *
mullion_web_contents_get_ipc (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);

  return self->ipc;
}

/**
 * mullion_web_contents_get_main_frame:
 * @self: web contents
 *
 * Gets the document that the page shows.
 *
 * Returns: (transfer none) (nullable): the document that the page is, %NULL before the first one
 *   and after a crash
 *
 * Since: 0.1
 */
MullionWebFrameMain *
mullion_web_contents_get_main_frame (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);

  if (self->host == NULL || self->crash_page != MULLION_CRASH_PAGE_NONE)
    return NULL;

  return mullion_page_host_get_main_frame (self->host);
}

/**
 * mullion_web_contents_is_destroyed:
 * @self: web contents
 *
 * Asks whether the contents have ended.
 *
 * Returns: whether the window was closed; functions of these contents do nothing any more
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_is_destroyed (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), TRUE);

  return self->is_destroyed;
}

/**
 * mullion_web_contents_get_os_process_id:
 * @self: web contents
 *
 * Gets the process in which the page's scripts run.
 *
 * Returns: the number that the kernel gave the page's web process, 0 while there is none
 *
 * Since: 0.1
 */
int
mullion_web_contents_get_os_process_id (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), 0);

  return self->host != NULL ? mullion_page_host_get_process_id (self->host) : 0;
}

const MullionWebPreferences *
mullion_web_contents_get_preferences (MullionWebContents *self)
{
  return self->preferences;
}

gboolean
mullion_web_contents_has_page (MullionWebContents  *self,
                               GError             **error)
{
  if (!self->is_destroyed && self->view != NULL)
    return TRUE;

  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE, "The web contents are closed");
  return FALSE;
}

MullionApp *
mullion_web_contents_get_app (MullionWebContents *self)
{
  return self->app;
}

/* -- Scripts -- */

/**
 * mullion_web_contents_execute_javascript_async:
 * @self: web contents
 * @code: a script
 * @cancellable: (nullable): to stop waiting; the script itself goes on
 * @callback: (scope async): called with the result
 * @user_data: given to @callback
 *
 * Runs a script in the page's own world, as if the page had it. While a page loads, it waits for
 * the end of that. When the script comes to a promise, the result is what the promise resolves
 * with.
 *
 * Never make @code of text that comes from outside: send a message instead.
 *
 * Since: 0.1
 */
void
mullion_web_contents_execute_javascript_async (MullionWebContents  *self,
                                               const char          *code,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (code != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_web_contents_execute_javascript_async);
  g_task_set_task_data (task, g_strdup (code), g_free);

  mullion_evaluations_queue (self->evaluations, task);
  if (self->is_destroyed || !mullion_web_contents_is_loading (self))
    mullion_evaluations_run (self->evaluations,
                             mullion_web_contents_is_crashed (self) ? NULL : self->host);
}

/**
 * mullion_web_contents_execute_javascript_finish:
 * @self: web contents
 * @result: what the callback got
 * @error: why it failed: %MULLION_ERROR_SCRIPT when the script threw or its promise rejected,
 *   %MULLION_ERROR_GONE when there is no page, or not any more
 *
 * Ends [method@WebContents.execute_javascript_async].
 *
 * Returns: (transfer full): what the script came to; `undefined` is a JSON null
 *
 * Since: 0.1
 */
JsonNode *
mullion_web_contents_execute_javascript_finish (MullionWebContents  *self,
                                                GAsyncResult        *result,
                                                GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mullion_web_contents_is_dev_tools_opened:
 * @self: web contents
 *
 * Asks whether somebody inspects the page.
 *
 * Returns: whether the Web Inspector is open
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_is_dev_tools_opened (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);

  return self->is_dev_tools_opened;
}

/* -- Its end and its beginning -- */

void
mullion_web_contents_destroy (MullionWebContents *self)
{
  if (self->is_destroyed)
    return;

  self->is_destroyed = TRUE;
  g_hash_table_remove (all_contents, GUINT_TO_POINTER (self->id));
  g_object_ref (self);
  mullion_web_contents_drop_hosts (self);
  mullion_evaluations_run (self->evaluations, NULL);
  mullion_outbox_clear (self->outbox);
  mullion_web_contents_fail_printing (self);
  g_signal_emit_by_name (self, "closed");
  g_signal_emit_by_name (self, "destroyed");
  g_object_unref (self);
}

static void
mullion_web_contents_dispose (GObject *object)
{
  MullionWebContents *self = MULLION_WEB_CONTENTS (object);

  if (self->view != NULL)
    mullion_web_contents_destroy (self);
  g_clear_pointer (&self->keys, mullion_key_watch_free);
  g_clear_pointer (&self->moves, mullion_page_moves_free);
  g_clear_pointer (&self->looks, mullion_page_looks_free);
  g_clear_object (&self->view);
  g_clear_object (&self->ipc);
  g_clear_object (&self->grants);
  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->app);

  G_OBJECT_CLASS (mullion_web_contents_parent_class)->dispose (object);
}

static void
mullion_web_contents_finalize (GObject *object)
{
  MullionWebContents *self = MULLION_WEB_CONTENTS (object);

  g_clear_pointer (&self->navigation, mullion_navigation_policy_free);
  g_clear_pointer (&self->opener, mullion_window_opener_free);
  g_clear_pointer (&self->evaluations, mullion_evaluations_free);
  g_clear_pointer (&self->find, mullion_find_free);
  g_clear_pointer (&self->printing, mullion_printing_free);
  g_clear_pointer (&self->styles, g_hash_table_unref);
  g_clear_pointer (&self->outbox, mullion_outbox_free);
  g_clear_pointer (&self->preferences, mullion_web_preferences_free);
  g_clear_pointer (&self->lost_session, webkit_web_view_session_state_unref);
  g_clear_pointer (&self->gone_message, g_free);
  g_clear_pointer (&self->trusted_uri, g_free);

  G_OBJECT_CLASS (mullion_web_contents_parent_class)->finalize (object);
}

static void
mullion_web_contents_class_init (MullionWebContentsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mullion_web_contents_dispose;
  object_class->finalize = mullion_web_contents_finalize;

  mullion_web_contents_add_signals (G_TYPE_FROM_CLASS (klass));
  mullion_web_contents_add_page_signals (G_TYPE_FROM_CLASS (klass));
}

static void
mullion_web_contents_init (MullionWebContents *self)
{
  self->id = ++last_id;
  self->ipc = mullion_ipc_main_new ();
  self->navigation = mullion_navigation_policy_new (self);
  self->opener = mullion_window_opener_new (self);
  self->evaluations = mullion_evaluations_new ();
  g_queue_init (&self->provisional_hosts);
  self->outbox = mullion_outbox_new ();

  if (all_contents == NULL)
    all_contents = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (all_contents, GUINT_TO_POINTER (self->id), self);
}

MullionWebContents *
mullion_web_contents_new (MullionApp            *app,
                          MullionWebPreferences *preferences,
                          MullionWebContents    *related)
{
  MullionWebContents *self = g_object_new (MULLION_TYPE_WEB_CONTENTS, NULL);

  g_set_weak_pointer (&self->app, app);
  self->preferences = preferences;
  self->reload_after_crash = preferences->reload_after_crash;
  self->grants = preferences->grants != NULL ? g_object_ref (preferences->grants) : NULL;
  self->session = g_object_ref (
    related != NULL ? related->session
                    : mullion_web_engine_get_session (mullion_app_get_engine (app),
                                                      preferences->partition));
  self->view = g_object_ref_sink (
    mullion_web_engine_new_view (mullion_app_get_engine (app), preferences, self->session,
                                 related != NULL ? related->view : NULL));
  mullion_web_contents_connect_view (self);
  mullion_context_menu_watch (self, self->view);
  mullion_page_files_watch (self->view);
  mullion_held_press_watch (GTK_WIDGET (self->view));
  self->keys = mullion_key_watch_new (self, self->view);
  self->moves = mullion_page_moves_new (self, self->view);
  self->looks = mullion_page_looks_new (self, self->view);
  mullion_login_request_watch (self, self->view);
  mullion_window_opener_connect (self->opener);
  mullion_permissions_watch (self->session->permissions, self);
  g_signal_emit_by_name (app, "web-contents-created", self);

  return self;
}

/* It has the number that the recording calls it by, so that handlers which say it say the same. */
MullionWebContents *
mullion_web_contents_new_without_view (MullionApp *app,
                                       guint       id)
{
  MullionWebContents *self = g_object_new (MULLION_TYPE_WEB_CONTENTS, NULL);

  g_hash_table_remove (all_contents, GUINT_TO_POINTER (self->id));
  self->id = id;
  g_hash_table_insert (all_contents, GUINT_TO_POINTER (id), self);
  last_id = MAX (last_id, id);

  g_set_weak_pointer (&self->app, app);
  self->preferences = mullion_web_preferences_new ();
  g_signal_emit_by_name (app, "web-contents-created", self);

  return self;
}
