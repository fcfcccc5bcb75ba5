/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-private.h"

#include "mullion-error.h"

/*
 * What a MullionApp has on the desktop: its language, its badge and progress, the documents that
 * were used with it, and who made it.
 */

#define LAUNCHER_INTERFACE "com.canonical.Unity.LauncherEntry"

/* -- Language -- */

/* "de_AT.UTF-8@euro" is "de-AT" to Electron and to the web. */
static char *
dup_web_name (const char *locale)
{
  g_autofree char *name = g_strndup (locale, strcspn (locale, ".@"));

  return g_strdelimit (g_steal_pointer (&name), "_", '-');
}

static gboolean
is_language (const char *locale)
{
  return !g_str_equal (locale, "C") && !g_str_equal (locale, "POSIX");
}

/**
 * mullion_app_dup_preferred_system_languages:
 * @self: an app
 *
 * Lists the languages of the user, the best liked first, like Electron's
 * `app.getPreferredSystemLanguages`.
 *
 * Returns: (transfer full) (array zero-terminated=1): such as `de-AT`, `de`, `en-US`
 *
 * Since: 0.1
 */
char **
mullion_app_dup_preferred_system_languages (MullionApp *self)
{
  const char *const *names = g_get_language_names ();
  g_autoptr(GPtrArray) languages = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = dup_web_name (names[i]);

      if (is_language (name)
          && !g_ptr_array_find_with_equal_func (languages, name, g_str_equal, NULL))
        g_ptr_array_add (languages, g_steal_pointer (&name));
    }
  g_ptr_array_add (languages, NULL);
  return (char **) g_ptr_array_steal (languages, NULL);
}

/**
 * mullion_app_dup_locale:
 * @self: an app
 *
 * Gets the language of the app, like Electron's `app.getLocale`.
 *
 * Returns: (transfer full): such as `de-AT`; `en-US` where the user has chosen none
 *
 * Since: 0.1
 */
char *
mullion_app_dup_locale (MullionApp *self)
{
  g_auto(GStrv) languages = mullion_app_dup_preferred_system_languages (self);

  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  return g_strdup (languages[0] != NULL ? languages[0] : "en-US");
}

/**
 * mullion_app_dup_locale_country_code:
 * @self: an app
 *
 * Gets the country of the user, like Electron's `app.getLocaleCountryCode`.
 *
 * Returns: (transfer full): such as `AT`, empty where it is not known
 *
 * Since: 0.1
 */
char *
mullion_app_dup_locale_country_code (MullionApp *self)
{
  g_auto(GStrv) languages = mullion_app_dup_preferred_system_languages (self);
  const char *dash;

  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  dash = languages[0] != NULL ? strrchr (languages[0], '-') : NULL;
  return g_strdup (dash != NULL ? dash + 1 : "");
}

/* -- Badge and progress -- */

/* Docks and panels that can, listen; the others do not, and nobody says so. */
static gboolean
tell_launcher (MullionApp    *self,
               GVariant      *properties,
               GError       **error)
{
  g_autoptr(GVariant) owned = g_variant_ref_sink (properties);
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self));
  const char *id = g_application_get_application_id (G_APPLICATION (self));
  g_autofree char *uri = NULL;
  g_autofree char *path = NULL;

  if (connection == NULL || id == NULL)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                   "There is no bus to tell the launcher of the desktop on");
      return FALSE;
    }

  uri = g_strdup_printf ("application://%s.desktop", id);
  path = g_strdup_printf ("/com/canonical/unity/launcherentry/%u", g_str_hash (uri));
  return g_dbus_connection_emit_signal (connection, NULL, path, LAUNCHER_INTERFACE, "Update",
                                        g_variant_new ("(s@a{sv})", uri, owned), error);
}

/**
 * mullion_app_set_badge_count:
 * @self: an app
 * @count: the number, 0 for none
 * @error: (nullable): where to put an error
 *
 * Shows a number on the icon of the app, like Electron's `app.setBadgeCount`: on those desktops
 * that listen to `com.canonical.Unity.LauncherEntry`, as those of KDE, Ubuntu and elementary do.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE without a session bus
 *
 * Since: 0.1
 */
gboolean
mullion_app_set_badge_count (MullionApp  *self,
                             guint        count,
                             GError     **error)
{
  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);

  if (!tell_launcher (self,
                      g_variant_new_parsed ("{'count': <%x>, 'count-visible': <%b>}",
                                            (gint64) count, count > 0),
                      error))
    return FALSE;

  mullion_app_get_private (self)->badge_count = count;
  return TRUE;
}

/**
 * mullion_app_get_badge_count:
 * @self: an app
 *
 * Gets the number on the icon of the app, like Electron's `app.getBadgeCount`.
 *
 * Returns: what was set last
 *
 * Since: 0.1
 */
guint
mullion_app_get_badge_count (MullionApp *self)
{
  g_return_val_if_fail (MULLION_IS_APP (self), 0);

  return mullion_app_get_private (self)->badge_count;
}

/**
 * mullion_app_set_progress:
 * @self: an app
 * @progress: from 0 to 1, or less than 0 for none
 * @error: (nullable): where to put an error
 *
 * Shows progress on the icon of the app, like Electron's `win.setProgressBar`, on the same desktops
 * as [method@App.set_badge_count].
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE without a session bus
 *
 * Since: 0.1
 */
gboolean
mullion_app_set_progress (MullionApp  *self,
                          double       progress,
                          GError     **error)
{
  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);

  return tell_launcher (self,
                        g_variant_new_parsed ("{'progress': <%d>, 'progress-visible': <%b>}",
                                              CLAMP (progress, 0, 1), progress >= 0),
                        error);
}

/* -- Recent documents -- */

static char *
dup_recent_name (MullionApp *self)
{
  const char *id = g_application_get_application_id (G_APPLICATION (self));

  return g_strdup (id != NULL ? id : mullion_app_get_name (self));
}

/**
 * mullion_app_add_recent_document:
 * @self: an app
 * @path: an absolute path
 *
 * Notes that a document was used, like Electron's `app.addRecentDocument`. All programs of the user
 * see that.
 *
 * Since: 0.1
 */
void
mullion_app_add_recent_document (MullionApp *self,
                                 const char *path)
{
  g_autofree char *uri = NULL;
  g_autofree char *name = NULL;
  g_autofree char *command = NULL;
  g_autofree char *type = NULL;
  GtkRecentData data = { 0 };

  g_return_if_fail (MULLION_IS_APP (self));
  g_return_if_fail (path != NULL && g_path_is_absolute (path));

  uri = g_filename_to_uri (path, NULL, NULL);
  name = dup_recent_name (self);
  command = g_strdup_printf ("%s %%u", name);
  type = g_content_type_guess (path, NULL, 0, NULL);
  data.app_name = name;
  data.app_exec = command;
  data.mime_type = g_content_type_get_mime_type (type);
  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
  g_free (data.mime_type);
}

/**
 * mullion_app_dup_recent_documents:
 * @self: an app
 *
 * Lists the documents that were used with this app, like Electron's `app.getRecentDocuments`.
 *
 * Returns: (transfer full) (array zero-terminated=1): paths
 *
 * Since: 0.1
 */
char **
mullion_app_dup_recent_documents (MullionApp *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *name = NULL;
  GList *items;

  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  name = dup_recent_name (self);
  items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  for (GList *l = items; l != NULL; l = l->next)
    {
      g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (l->data), NULL, NULL);

      if (path != NULL && gtk_recent_info_has_application (l->data, name))
        g_strv_builder_add (builder, path);
    }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  return g_strv_builder_end (builder);
}

/**
 * mullion_app_clear_recent_documents:
 * @self: an app
 *
 * Forgets which documents were used with this app, like Electron's `app.clearRecentDocuments`.
 *
 * Since: 0.1
 */
void
mullion_app_clear_recent_documents (MullionApp *self)
{
  g_auto(GStrv) paths = mullion_app_dup_recent_documents (self);

  g_return_if_fail (MULLION_IS_APP (self));

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *uri = g_filename_to_uri (paths[i], NULL, NULL);

      gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, NULL);
    }
}
