/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-storage.h"

#include "mullion-error.h"
#include "mullion-options.h"
#include "mullion-session-private.h"

#include <libsoup/soup.h>

/*
 * What pages keep in a session, and how to make it go away. Main process.
 *
 * WebKit keeps account by sites: what it can remove for one address is all that belongs to the domain
 * that somebody has registered, `example.org` for `https://www.example.org`. It keeps no account of
 * custom schemes.
 */

#define MAX_TEXT 4096
#define MAX_STORAGES 100

static const struct
{
  const char *name;
  WebKitWebsiteDataTypes types;
} storages[] = {
  { "cookies", WEBKIT_WEBSITE_DATA_COOKIES },
  { "indexdb", WEBKIT_WEBSITE_DATA_INDEXEDDB_DATABASES },
  { "localstorage", WEBKIT_WEBSITE_DATA_LOCAL_STORAGE | WEBKIT_WEBSITE_DATA_SESSION_STORAGE },
  { "serviceworkers", WEBKIT_WEBSITE_DATA_SERVICE_WORKER_REGISTRATIONS },
  { "cachestorage", WEBKIT_WEBSITE_DATA_DOM_CACHE },
};

/* Electron's names of what WebKit has not, so that it is always empty. */
static const char *const empty_storages[] = { "filesystem", "shadercache", "websql", NULL };

typedef struct
{
  WebKitWebsiteDataTypes types;
  char *host; /* (nullable): of one site, else of all */
} Clearance;

static void
free_clearance (Clearance *clearance)
{
  g_free (clearance->host);
  g_free (clearance);
}

/* -- Options -- */

static gboolean
add_storage (const char              *name,
             WebKitWebsiteDataTypes  *types,
             GError                 **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (storages); i++)
    if (g_str_equal (storages[i].name, name))
      {
        *types |= storages[i].types;
        return TRUE;
      }
  if (g_strv_contains (empty_storages, name))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "storages: \"%s\" is none of cookies, indexdb, localstorage, serviceworkers, "
               "cachestorage, filesystem, shadercache and websql", name);
  return FALSE;
}

static gboolean
read_storages (JsonObject              *options,
               WebKitWebsiteDataTypes  *types,
               GError                 **error)
{
  g_auto(GStrv) names = NULL;

  if (!mullion_options_get_strings (options, "storages", MAX_STORAGES, MAX_TEXT, &names, error))
    return FALSE;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!add_storage (names[i], types, error))
      return FALSE;
  for (gsize i = 0; names == NULL && i < G_N_ELEMENTS (storages); i++)
    *types |= storages[i].types;
  return TRUE;
}

static gboolean
read_host (JsonObject  *options,
           char       **host,
           GError     **error)
{
  const char *origin = NULL;
  g_autoptr(GUri) uri = NULL;

  if (!mullion_options_get_string (options, "origin", MAX_TEXT, &origin, error))
    return FALSE;
  if (origin == NULL)
    return TRUE;

  uri = g_uri_parse (origin, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "origin: expected an origin such as \"https://example.org\"");
      return FALSE;
    }
  if (!g_str_equal (g_uri_get_scheme (uri), "http") && !g_str_equal (g_uri_get_scheme (uri), "https"))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_SUPPORTED,
                   "origin: WebKitGTK cannot clear what one origin of %s: keeps, only what all keep",
                   g_uri_get_scheme (uri));
      return FALSE;
    }
  *host = g_strdup (g_uri_get_host (uri));
  return TRUE;
}

/* -- Clearing -- */

static void
cleared_cb (GObject      *manager,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (webkit_website_data_manager_clear_finish (WEBKIT_WEBSITE_DATA_MANAGER (manager), result,
                                                &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
removed_cb (GObject      *manager,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (webkit_website_data_manager_remove_finish (WEBKIT_WEBSITE_DATA_MANAGER (manager), result,
                                                 &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
is_site_of (WebKitWebsiteData *data,
            const char        *host)
{
  const char *name = webkit_website_data_get_name (data);
  gsize length = strlen (host);
  gsize name_length = strlen (name);

  return length >= name_length &&
         g_ascii_strcasecmp (host + length - name_length, name) == 0 &&
         (length == name_length || host[length - name_length - 1] == '.');
}

static void
fetched_cb (GObject      *manager,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Clearance *clearance = g_task_get_task_data (task);
  GError *error = NULL;
  GList *sites = webkit_website_data_manager_fetch_finish (WEBKIT_WEBSITE_DATA_MANAGER (manager),
                                                           result, &error);
  g_autoptr(GList) doomed = NULL;

  for (GList *l = sites; l != NULL; l = l->next)
    if (is_site_of (l->data, clearance->host))
      doomed = g_list_prepend (doomed, l->data);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (doomed == NULL)
    g_task_return_boolean (task, TRUE);
  else
    webkit_website_data_manager_remove (WEBKIT_WEBSITE_DATA_MANAGER (manager), clearance->types,
                                        doomed, g_task_get_cancellable (task), removed_cb,
                                        g_object_ref (task));
  g_list_free_full (sites, (GDestroyNotify) webkit_website_data_unref);
}

/* @clearance: (transfer full) */
static void
clear (MullionSession *self,
       GTask          *task,
       Clearance      *clearance)
{
  WebKitWebsiteDataManager *manager =
    webkit_network_session_get_website_data_manager (self->network);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_task_set_task_data (task, clearance, (GDestroyNotify) free_clearance);
  if (clearance->host != NULL)
    webkit_website_data_manager_fetch (manager, clearance->types, cancellable, fetched_cb,
                                       g_object_ref (task));
  else
    webkit_website_data_manager_clear (manager, clearance->types, 0, cancellable, cleared_cb,
                                       g_object_ref (task));
}

/**
 * mullion_session_clear_storage_data_async:
 * @self: a session
 * @options: (nullable): what Electron's `clearStorageData` takes: `origin` and `storages`
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called when it is gone
 * @user_data: given to @callback
 *
 * Removes what pages keep, like Electron's `ses.clearStorageData`.
 *
 * `storages` is an array of `cookies`, `indexdb`, `localstorage`, `serviceworkers` and `cachestorage`;
 * all of them where it is missing. `origin` is that of a site of the web. WebKitGTK keeps account by
 * registered domains, so all of that domain is removed. What an app's own pages keep under `app:`
 * and other custom schemes can only be removed together with everything else.
 *
 * Since: 0.1
 */
void
mullion_session_clear_storage_data_async (MullionSession      *self,
                                          JsonObject          *options,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Clearance *clearance;
  GError *error = NULL;

  g_return_if_fail (MULLION_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_session_clear_storage_data_async);
  clearance = g_new0 (Clearance, 1);
  if (read_storages (options, &clearance->types, &error) &&
      read_host (options, &clearance->host, &error))
    {
      clear (self, task, clearance);
      return;
    }

  free_clearance (clearance);
  g_task_return_error (task, error);
}

/**
 * mullion_session_clear_storage_data_finish:
 * @self: a session
 * @result: what the callback got
 * @error: why it is not gone: %MULLION_ERROR_INVALID_ARGUMENT for options that mean nothing,
 *   %MULLION_ERROR_NOT_SUPPORTED for the origin of a custom scheme
 *
 * Ends [method@Session.clear_storage_data_async].
 *
 * Returns: whether it is gone
 *
 * Since: 0.1
 */
gboolean
mullion_session_clear_storage_data_finish (MullionSession  *self,
                                           GAsyncResult    *result,
                                           GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mullion_session_clear_cache_async:
 * @self: a session
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called when it is empty
 * @user_data: given to @callback
 *
 * Empties the cache of what was loaded from the web, like Electron's `ses.clearCache`.
 *
 * Since: 0.1
 */
void
mullion_session_clear_cache_async (MullionSession      *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Clearance *clearance;

  g_return_if_fail (MULLION_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_session_clear_cache_async);
  clearance = g_new0 (Clearance, 1);
  clearance->types = WEBKIT_WEBSITE_DATA_MEMORY_CACHE | WEBKIT_WEBSITE_DATA_DISK_CACHE;
  clear (self, task, clearance);
}

/**
 * mullion_session_clear_cache_finish:
 * @self: a session
 * @result: what the callback got
 * @error: why it is not empty
 *
 * Ends [method@Session.clear_cache_async].
 *
 * Returns: whether it is empty
 *
 * Since: 0.1
 */
gboolean
mullion_session_clear_cache_finish (MullionSession  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
