/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-private.h"

#include "mullion-app-paths.h"
#include "mullion-grants-private.h"
#include "mullion-graphics.h"
#include "mullion-web-contents-private.h"

#include <string.h>

/*
 * What a MullionApp is told about itself, and by whom it may be called: its folder, name and
 * version, its policy, the origins that get the bridge, and the objects that pages share.
 */

/* Tells the app:// origin what is set here. */
void
mullion_app_configure_scheme (MullionApp *self)
{
  MullionAppPrivate *priv = mullion_app_get_private (self);
  MullionAppScheme *scheme = mullion_web_engine_get_scheme (priv->engine);

  if (priv->app_path != NULL)
    {
      g_autoptr(GFile) root = g_file_new_for_commandline_arg (priv->app_path);

      mullion_app_scheme_set_root (scheme, root);
    }
  mullion_app_scheme_set_policy (scheme, priv->policy);
}

/**
 * mullion_app_get_app_path:
 * @self: an app
 *
 * Gets where the app has its pages and preload scripts.
 *
 * Returns: (nullable): the folder of the app's pages, or `resource:///` and a path
 *
 * Since: 0.1
 */
const char *
mullion_app_get_app_path (MullionApp *self)
{
  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  return mullion_app_get_private (self)->app_path;
}

/**
 * mullion_app_set_app_path:
 * @self: an app
 * @app_path: (nullable): a folder, or `resource:///` and a path
 *
 * Sets where the app's pages and preload scripts are. All below it can be read by the app's pages,
 * nothing else can.
 *
 * Since: 0.1
 */
void
mullion_app_set_app_path (MullionApp *self,
                          const char *app_path)
{
  MullionAppPrivate *priv;

  g_return_if_fail (MULLION_IS_APP (self));

  priv = mullion_app_get_private (self);
  g_free (priv->app_path);
  if (app_path == NULL || g_uri_peek_scheme (app_path) != NULL)
    priv->app_path = g_strdup (app_path);
  else
    priv->app_path = g_canonicalize_filename (app_path, NULL);

  if (priv->engine != NULL)
    mullion_app_configure_scheme (self);
}

GFile *
mullion_app_resolve_file (MullionApp *self,
                          const char *path)
{
  GFile *root = mullion_app_scheme_get_root (
    mullion_web_engine_get_scheme (mullion_app_get_engine (self)));

  if (g_str_has_prefix (path, "resource://") || g_str_has_prefix (path, "file://"))
    return g_file_new_for_uri (path);

  return root != NULL && !g_path_is_absolute (path)
    ? g_file_resolve_relative_path (root, path)
    : g_file_new_for_path (path);
}

/**
 * mullion_app_get_name:
 * @self: an app
 *
 * Gets the app's name, like Electron's `app.getName`.
 *
 * Returns: the name of the app, which is also the title of windows that have no other
 *
 * Since: 0.1
 */
const char *
mullion_app_get_name (MullionApp *self)
{
  MullionAppPrivate *priv;

  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  priv = mullion_app_get_private (self);
  if (priv->name != NULL)
    return priv->name;

  return g_get_application_name () != NULL ? g_get_application_name () : "Mullion";
}

/**
 * mullion_app_set_name:
 * @self: an app
 * @name: (nullable): a name for people to read
 *
 * Sets the name of the app.
 *
 * Since: 0.1
 */
void
mullion_app_set_name (MullionApp *self,
                      const char *name)
{
  g_return_if_fail (MULLION_IS_APP (self));

  g_free (mullion_app_get_private (self)->name);
  mullion_app_get_private (self)->name = g_strdup (name);
}

/**
 * mullion_app_get_app_version:
 * @self: an app
 *
 * Gets what [method@App.set_app_version] set.
 *
 * Returns: (nullable): the version of the app, not that of Mullion
 *
 * Since: 0.1
 */
const char *
mullion_app_get_app_version (MullionApp *self)
{
  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  return mullion_app_get_private (self)->version;
}

/**
 * mullion_app_set_app_version:
 * @self: an app
 * @version: (nullable): a version
 *
 * Sets the version of the app.
 *
 * Since: 0.1
 */
void
mullion_app_set_app_version (MullionApp *self,
                             const char *version)
{
  g_return_if_fail (MULLION_IS_APP (self));

  g_free (mullion_app_get_private (self)->version);
  mullion_app_get_private (self)->version = g_strdup (version);
}

/**
 * mullion_app_dup_path:
 * @self: an app
 * @name: `home`, `appData`, `userData`, `sessionData`, `cache`, `logs`, `temp`, `exe`, `desktop`,
 *   `documents`, `downloads`, `music`, `pictures` or `videos`
 * @error: %MULLION_ERROR_INVALID_ARGUMENT for another name, %MULLION_ERROR_NOT_FOUND when the
 *   user has no such folder
 *
 * Gets one of the folders that Electron's `app.getPath` knows, as the XDG specifications place
 * them. It may not exist yet.
 *
 * Returns: (transfer full): a path
 *
 * Since: 0.1
 */
char *
mullion_app_dup_path (MullionApp  *self,
                      const char  *name,
                      GError     **error)
{
  g_return_val_if_fail (MULLION_IS_APP (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return mullion_app_paths_dup (g_application_get_application_id (G_APPLICATION (self)),
                                name, error);
}

/**
 * mullion_app_get_origin:
 * @self: an app
 *
 * Gets where the pages of the app come from, as the web sees it.
 *
 * Returns: the origin of the app's own pages, `app://` and the app's id in lower case
 *
 * Since: 0.1
 */
const char *
mullion_app_get_origin (MullionApp *self)
{
  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  return mullion_app_get_private (self)->origin;
}

/**
 * mullion_app_get_content_security_policy:
 * @self: an app
 *
 * Gets what [method@App.set_content_security_policy] set.
 *
 * Returns: (nullable): the policy that was set, %NULL for the strict default
 *
 * Since: 0.1
 */
const char *
mullion_app_get_content_security_policy (MullionApp *self)
{
  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  return mullion_app_get_private (self)->policy;
}

/**
 * mullion_app_set_content_security_policy:
 * @self: an app
 * @policy: (nullable): a value of the header `Content-Security-Policy`, %NULL for the strict
 *   default
 *
 * Sets the policy that the app's own pages are served with. The default lets scripts come from the
 * app's files only. What is weak about @policy, such as `'unsafe-inline'` for scripts, is warned
 * about.
 *
 * Since: 0.1
 */
void
mullion_app_set_content_security_policy (MullionApp *self,
                                         const char *policy)
{
  MullionAppPrivate *priv;

  g_return_if_fail (MULLION_IS_APP (self));

  priv = mullion_app_get_private (self);
  g_free (priv->policy);
  priv->policy = g_strdup (policy);
  if (priv->engine != NULL)
    mullion_app_configure_scheme (self);
}

/**
 * mullion_app_allow_origin:
 * @self: an app
 * @origin: an origin, for example `https://example.org`
 *
 * Gives pages of another origin the preload script and the bridge. They can then call whatever the
 * preload script exposes, unless there are grants: list only whom the app trusts like its own pages,
 * and use [class@Grants] for others, which give the preload script too.
 *
 * Since: 0.1
 */
void
mullion_app_allow_origin (MullionApp *self,
                          const char *origin)
{
  g_return_if_fail (MULLION_IS_APP (self));
  g_return_if_fail (origin != NULL);

  /* The origin of everything that has none cannot be trusted for anything. */
  if (g_str_equal (origin, "null"))
    g_warning ("The opaque origin 'null' cannot be given the bridge");
  else if (!mullion_app_is_origin_allowed (self, origin))
    {
      g_ptr_array_add (mullion_app_get_private (self)->allowed_origins, g_strdup (origin));
      mullion_grants_begin_epoch ();
    }
}

/**
 * mullion_app_is_origin_allowed:
 * @self: an app
 * @origin: an origin
 *
 * Asks whom the bridge is given to. The app itself is always among them.
 *
 * Returns: whether pages of @origin get the preload script and the bridge
 *
 * Since: 0.1
 */
gboolean
mullion_app_is_origin_allowed (MullionApp *self,
                               const char *origin)
{
  MullionAppPrivate *priv;

  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);
  g_return_val_if_fail (origin != NULL, FALSE);

  priv = mullion_app_get_private (self);

  return g_str_equal (origin, priv->origin) ||
         g_ptr_array_find_with_equal_func (priv->allowed_origins, origin, g_str_equal, NULL);
}

JsonArray *
mullion_app_list_origins (MullionApp *self)
{
  MullionAppPrivate *priv = mullion_app_get_private (self);
  JsonArray *origins = json_array_new ();

  json_array_add_string_element (origins, priv->origin);
  for (guint i = 0; i < priv->allowed_origins->len; i++)
    json_array_add_string_element (origins, priv->allowed_origins->pdata[i]);

  return origins;
}

/**
 * mullion_app_get_grants:
 * @self: an app
 *
 * Gets what [method@App.set_grants] set.
 *
 * Returns: (transfer none) (nullable): which channels pages may use, %NULL for the default
 *
 * Since: 0.1
 */
MullionGrants *
mullion_app_get_grants (MullionApp *self)
{
  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  return mullion_app_get_private (self)->grants;
}

/**
 * mullion_app_set_grants:
 * @self: an app
 * @grants: (nullable): grants, %NULL for the default
 *
 * Sets which channels pages may use, in all windows that have no grants of their own. By default the
 * app's own origin, and those that [method@App.allow_origin] lists, may use all, in the main frame
 * only.
 *
 * Since: 0.1
 */
void
mullion_app_set_grants (MullionApp    *self,
                        MullionGrants *grants)
{
  g_autoptr(GList) all = mullion_web_contents_get_all ();

  g_return_if_fail (MULLION_IS_APP (self));
  g_return_if_fail (grants == NULL || MULLION_IS_GRANTS (grants));

  g_set_object (&mullion_app_get_private (self)->grants, grants);
  mullion_grants_begin_epoch ();
  for (GList *l = all; l != NULL; l = l->next)
    mullion_web_contents_configure (l->data);
}

/**
 * mullion_app_audit_grants:
 * @self: an app
 * @used: (nullable): gets what pages use, %NULL to end the audit
 *
 * Lets every page that has the preload script use all channels, in sub-frames too, whatever is
 * granted, and adds to @used what they used: the smallest grants that would have done. This is what
 * `mullion --audit` does. Channels with a star in their names are left out, and no more than 10,000
 * are noted.
 *
 * For the developer of the app alone: nothing is denied meanwhile.
 *
 * Since: 0.1
 */
void
mullion_app_audit_grants (MullionApp    *self,
                          MullionGrants *used)
{
  g_return_if_fail (MULLION_IS_APP (self));
  g_return_if_fail (used == NULL || MULLION_IS_GRANTS (used));

  g_set_object (&mullion_app_get_private (self)->audit, used);
}

/**
 * mullion_app_set_global:
 * @self: an app
 * @name: the name of a shared object
 * @value: (nullable) (transfer full): its value, %NULL to remove it
 *
 * Gives pages a shared object, which a preload script reads and writes as
 * `remote.getGlobal (name)`. This is Electron's way of old, and each access stops the page until
 * the main process has answered; windows have it only with the preference `enableRemoteModule`.
 *
 * Since: 0.1
 */
void
mullion_app_set_global (MullionApp *self,
                        const char *name,
                        JsonNode   *value)
{
  g_return_if_fail (MULLION_IS_APP (self));
  g_return_if_fail (name != NULL);

  if (value != NULL)
    g_hash_table_insert (mullion_app_get_private (self)->globals, g_strdup (name), value);
  else
    g_hash_table_remove (mullion_app_get_private (self)->globals, name);
}

/**
 * mullion_app_get_global:
 * @self: an app
 * @name: the name of a shared object
 *
 * Reads a shared object.
 *
 * Returns: (transfer none) (nullable): the shared object as pages have changed it till now, %NULL
 *   when there is none of that name
 *
 * Since: 0.1
 */
JsonNode *
mullion_app_get_global (MullionApp *self,
                        const char *name)
{
  g_return_val_if_fail (MULLION_IS_APP (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (mullion_app_get_private (self)->globals, name);
}

/**
 * mullion_app_disable_hardware_acceleration:
 * @self: an app
 *
 * Makes the app draw without a GPU, like Electron's `app.disableHardwareAcceleration`. To be called
 * before the app is ready.
 *
 * Pages are then not composited either, which saves memory and costs 3D transforms and backdrop
 * filters: perspective, `transform-style: preserve-3d`, `backface-visibility` and `backdrop-filter`
 * have no effect. Without this call an app draws in software only on machines that have no GPU, and
 * looks the same there.
 *
 * Since: 0.1
 */
void
mullion_app_disable_hardware_acceleration (MullionApp *self)
{
  g_return_if_fail (MULLION_IS_APP (self));
  g_return_if_fail (!mullion_app_is_ready (self));

  mullion_app_get_private (self)->is_unaccelerated = TRUE;
  mullion_graphics_apply (MULLION_GRAPHICS_SOFTWARE);
}
