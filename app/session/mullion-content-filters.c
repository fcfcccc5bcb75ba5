/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-content-filters.h"

#include "mullion-error.h"
#include "mullion-session-private.h"
#include "mullion-web-contents-private.h"

#include <glib/gstdio.h>

/*
 * What the pages of a session shall not load or not show. Main process.
 *
 * WebKit compiles rules to a file and asks it in the web processes, so nothing waits for us. The
 * compiled file is only the form of what the app says with each run; the folder of a session in
 * memory goes as soon as the rules are in use.
 */

static void
apply_to (MullionSession *self,
          void          (*apply) (WebKitUserContentManager *manager, gpointer data),
          gpointer        data)
{
  g_autoptr(GList) all = mullion_web_contents_get_all ();

  for (GList *l = all; l != NULL; l = l->next)
    if (mullion_web_contents_get_session (l->data) == self)
      {
        WebKitWebView *view = mullion_web_contents_get_web_view (l->data);

        if (view != NULL)
          apply (webkit_web_view_get_user_content_manager (view), data);
      }
}

static void
add_filter (WebKitUserContentManager *manager,
            gpointer                  filter)
{
  webkit_user_content_manager_add_filter (manager, filter);
}

static void
remove_filter (WebKitUserContentManager *manager,
               gpointer                  name)
{
  webkit_user_content_manager_remove_filter_by_id (manager, name);
}

void
mullion_session_filter_view (MullionSession *self,
                             WebKitWebView  *view)
{
  GHashTableIter iter;
  gpointer filter;

  if (self->filters == NULL)
    return;

  g_hash_table_iter_init (&iter, self->filters);
  while (g_hash_table_iter_next (&iter, NULL, &filter))
    add_filter (webkit_web_view_get_user_content_manager (view), filter);
}

typedef struct
{
  char *name;
  char *folder; /* (nullable): of a session in memory */
} Compilation;

static void
free_compilation (Compilation *compilation)
{
  g_free (compilation->name);
  g_free (compilation->folder);
  g_free (compilation);
}

/* The rules are mapped by then: the file needs no name. */
static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
saved_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  MullionSession *self = g_task_get_source_object (task);
  Compilation *compilation = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  WebKitUserContentFilter *filter =
    webkit_user_content_filter_store_save_finish (WEBKIT_USER_CONTENT_FILTER_STORE (store), result,
                                                  &error);

  if (compilation->folder != NULL)
    remove_folder (compilation->folder);
  if (filter == NULL && g_error_matches (error, WEBKIT_USER_CONTENT_FILTER_ERROR,
                                         WEBKIT_USER_CONTENT_FILTER_ERROR_INVALID_SOURCE))
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                             "Content filter \"%s\": %s", compilation->name, error->message);
  else if (filter == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      g_hash_table_replace (self->filters, g_strdup (compilation->name), filter);
      apply_to (self, remove_filter, compilation->name);
      apply_to (self, add_filter, filter);
      g_task_return_boolean (task, TRUE);
    }
}

/* (transfer full) (nullable) */
static char *
dup_store_path (MullionSession  *self,
                Compilation     *compilation,
                GError         **error)
{
  if (self->storage_path != NULL)
    return g_build_filename (self->storage_path, "ContentFilters", NULL);

  compilation->folder = g_dir_make_tmp ("mullion-filter-XXXXXX", error);
  return g_strdup (compilation->folder);
}

/**
 * mullion_session_add_content_filter_async:
 * @self: a session
 * @name: a name for the filter; another of this name is replaced
 * @rules: rules in WebKit's JSON for content blockers
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when they are in use
 * @user_data: given to @callback
 *
 * Says what the pages of this session shall not load, or not show. It is in the place of Electron's
 * `webRequest`, whose handlers WebKitGTK does not ask.
 *
 * @rules is an array of objects with a `trigger` (`url-filter`, `resource-type`, `if-domain` …) and an
 * `action` (`block`, `block-cookies`, `css-display-none`, `make-https`, `ignore-previous-rules`).
 *
 * Since: 0.1
 */
void
mullion_session_add_content_filter_async (MullionSession      *self,
                                          const char          *name,
                                          const char          *rules,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(WebKitUserContentFilterStore) store = NULL;
  g_autoptr(GBytes) source = NULL;
  g_autofree char *path = NULL;
  Compilation *compilation;
  GError *error = NULL;

  g_return_if_fail (MULLION_IS_SESSION (self));
  g_return_if_fail (name != NULL && *name != '\0');
  g_return_if_fail (rules != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_session_add_content_filter_async);
  compilation = g_new0 (Compilation, 1);
  compilation->name = g_strdup (name);
  g_task_set_task_data (task, compilation, (GDestroyNotify) free_compilation);
  if (self->filters == NULL)
    self->filters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) webkit_user_content_filter_unref);

  path = dup_store_path (self, compilation, &error);
  if (path == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  store = webkit_user_content_filter_store_new (path);
  source = g_bytes_new (rules, strlen (rules));
  webkit_user_content_filter_store_save (store, name, source, cancellable, saved_cb,
                                         g_steal_pointer (&task));
}

/**
 * mullion_session_add_content_filter_finish:
 * @self: a session
 * @result: what the callback got
 * @error: why they are not in use: %MULLION_ERROR_INVALID_ARGUMENT for rules that WebKit cannot
 *   compile, with what it says about them
 *
 * Ends [method@Session.add_content_filter_async].
 *
 * Returns: whether the rules are in use
 *
 * Since: 0.1
 */
gboolean
mullion_session_add_content_filter_finish (MullionSession  *self,
                                           GAsyncResult    *result,
                                           GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mullion_session_remove_content_filter:
 * @self: a session
 * @name: the name of a filter
 *
 * Lets pages load and show again what a filter has kept from them.
 *
 * Since: 0.1
 */
void
mullion_session_remove_content_filter (MullionSession *self,
                                       const char     *name)
{
  g_return_if_fail (MULLION_IS_SESSION (self));
  g_return_if_fail (name != NULL);

  if (self->filters == NULL || !g_hash_table_contains (self->filters, name))
    return;

  apply_to (self, remove_filter, (gpointer) name);
  g_hash_table_remove (self->filters, name);
}
