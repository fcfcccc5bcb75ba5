/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-private.h"
#include "mullion-error.h"
#include "mullion-options.h"

/*
 * The about panel of a MullionApp: GTK's dialog, with Electron's options. Main process.
 *
 * It is made anew each time it is shown, and there is one.
 */

#define OPTIONS_KEY "mullion-about-panel-options"
#define PANEL_KEY "mullion-about-panel"
#define MAX_TEXT 10000
#define MAX_AUTHORS 1000

typedef struct
{
  char *name;          /* (nullable) */
  char *version;       /* (nullable) */
  char *copyright;     /* (nullable) */
  char *website;       /* (nullable) */
  GStrv authors;       /* (nullable) */
  GdkTexture *picture; /* (nullable) */
} AboutOptions;

static void
free_options (AboutOptions *options)
{
  g_free (options->name);
  g_free (options->version);
  g_free (options->copyright);
  g_free (options->website);
  g_strfreev (options->authors);
  g_clear_object (&options->picture);
  g_free (options);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AboutOptions, free_options)

static gboolean
read_text (JsonObject  *object,
           const char  *name,
           char       **text,
           GError     **error)
{
  const char *value = NULL;

  if (!mullion_options_get_string (object, name, MAX_TEXT, &value, error))
    return FALSE;

  *text = g_strdup (value);
  return TRUE;
}

static gboolean
read_picture (MullionApp  *self,
              JsonObject  *object,
              GdkTexture **picture,
              GError     **error)
{
  const char *path = NULL;
  g_autoptr(GFile) file = NULL;

  if (!mullion_options_get_string (object, "iconPath", MAX_TEXT, &path, error))
    return FALSE;
  if (path == NULL)
    return TRUE;

  file = mullion_app_resolve_file (self, path);
  *picture = gdk_texture_new_from_file (file, error);
  g_prefix_error (error, "iconPath: ");
  return *picture != NULL;
}

/**
 * mullion_app_set_about_panel_options:
 * @self: an app
 * @options: what Electron's `setAboutPanelOptions` takes: `applicationName`, `applicationVersion`,
 *   `copyright`, `website`, `authors` and `iconPath`, a picture of the app's folder
 * @error: %MULLION_ERROR_INVALID_ARGUMENT, or why the picture cannot be read
 *
 * Says what the about panel tells, like Electron's `app.setAboutPanelOptions`: in the place of what it
 * told before. The name and the version are the app's where nothing is said. `credits` and `version` are
 * of other systems.
 *
 * Returns: whether it will tell that
 *
 * Since: 0.1
 */
gboolean
mullion_app_set_about_panel_options (MullionApp  *self,
                                     JsonObject  *options,
                                     GError     **error)
{
  g_autoptr(AboutOptions) read = NULL;

  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);
  g_return_val_if_fail (options != NULL, FALSE);

  read = g_new0 (AboutOptions, 1);
  if (!read_text (options, "applicationName", &read->name, error) ||
      !read_text (options, "applicationVersion", &read->version, error) ||
      !read_text (options, "copyright", &read->copyright, error) ||
      !read_text (options, "website", &read->website, error) ||
      !mullion_options_get_strings (options, "authors", MAX_AUTHORS, MAX_TEXT, &read->authors,
                                    error) ||
      !read_picture (self, options, &read->picture, error))
    return FALSE;

  g_object_set_data_full (G_OBJECT (self), OPTIONS_KEY, g_steal_pointer (&read),
                          (GDestroyNotify) free_options);
  return TRUE;
}

static GtkAboutDialog *
make_panel (MullionApp         *self,
            const AboutOptions *options)
{
  GtkAboutDialog *panel = GTK_ABOUT_DIALOG (gtk_about_dialog_new ());

  gtk_about_dialog_set_program_name (panel, options->name != NULL ? options->name
                                                                  : mullion_app_get_name (self));
  gtk_about_dialog_set_version (panel, options->version != NULL
                                         ? options->version
                                         : mullion_app_get_app_version (self));
  gtk_about_dialog_set_copyright (panel, options->copyright);
  gtk_about_dialog_set_website (panel, options->website);
  gtk_about_dialog_set_authors (panel, (const char **) options->authors);
  if (options->picture != NULL)
    gtk_about_dialog_set_logo (panel, GDK_PAINTABLE (options->picture));
  else
    gtk_about_dialog_set_logo_icon_name (
      panel, g_application_get_application_id (G_APPLICATION (self)));

  return panel;
}

/**
 * mullion_app_show_about_panel:
 * @self: an app
 *
 * Shows who made the app, like Electron's `app.showAboutPanel`: modal to the window that is used. The
 * role `about` of a menu does the same.
 *
 * Since: 0.1
 */
void
mullion_app_show_about_panel (MullionApp *self)
{
  const AboutOptions nothing = { NULL };
  const AboutOptions *options;
  GtkWindow *window;
  GtkWindow *panel;

  g_return_if_fail (MULLION_IS_APP (self));

  if (!mullion_app_has_windows (self))
    return;

  panel = g_object_get_data (G_OBJECT (self), PANEL_KEY);
  if (panel != NULL)
    gtk_window_destroy (panel);

  options = g_object_get_data (G_OBJECT (self), OPTIONS_KEY);
  window = gtk_application_get_active_window (GTK_APPLICATION (self));
  panel = GTK_WINDOW (make_panel (self, options != NULL ? options : &nothing));
  g_object_set_data_full (G_OBJECT (self), PANEL_KEY, g_object_ref (panel), g_object_unref);
  gtk_window_set_transient_for (panel, window);
  gtk_window_set_modal (panel, window != NULL);
  gtk_window_present (panel);
}
