/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-private.h"

#include "mullion-error.h"

#include <glib/gstdio.h>

/*
 * How a MullionApp is started: once more when it has ended, and with the session of the user.
 *
 * Autostart is a file of the user's, as the XDG specification has it. In a sandbox that folder is
 * another one, which nobody reads, so there the call fails and says so.
 */

#define SANDBOX_MARK "/.flatpak-info"

/* -- Once more -- */

/**
 * mullion_app_relaunch:
 * @self: an app
 * @args: (nullable) (array zero-terminated=1): the arguments after the name of the program; %NULL
 *   for those of this run
 *
 * Starts the program again when this run of it has ended, like Electron's `app.relaunch`. It does
 * not end the app: call [method@App.quit] or [method@App.exit] for that. The app must have been
 * run by [method@App.run].
 *
 * Since: 0.1
 */
void
mullion_app_relaunch (MullionApp         *self,
                      const char *const  *args)
{
  MullionAppPrivate *priv;

  g_return_if_fail (MULLION_IS_APP (self));

  priv = mullion_app_get_private (self);
  priv->relaunches = TRUE;
  g_strfreev (priv->relaunch_args);
  priv->relaunch_args = g_strdupv ((char **) args);
}

static char *
find_program (void)
{
  return g_file_read_link ("/proc/self/exe", NULL);
}

/* The name of the app on the bus is free by now. */
void
mullion_app_start_again (MullionApp         *self,
                         const char *const  *args)
{
  MullionAppPrivate *priv = mullion_app_get_private (self);
  const char *const *chosen =
    priv->relaunch_args != NULL ? (const char *const *) priv->relaunch_args : args;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) argv = NULL;
  g_autofree char *program = find_program ();
  g_autoptr(GError) error = NULL;

  if (!priv->relaunches)
    return;

  g_strv_builder_add (builder, program);
  for (guint i = 0; chosen != NULL && chosen[i] != NULL; i++)
    g_strv_builder_add (builder, chosen[i]);
  argv = g_strv_builder_end (builder);
  if (!g_spawn_async (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &error))
    g_warning ("The program cannot be started again: %s", error->message);
}

/* -- With the session -- */

static char *
build_autostart_path (MullionApp  *self,
                      GError     **error)
{
  const char *id = g_application_get_application_id (G_APPLICATION (self));
  g_autofree char *name = NULL;

  if (g_file_test (SANDBOX_MARK, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                   "A sandboxed app has no autostart folder");
      return NULL;
    }
  if (id == NULL)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "An app without an id cannot start with the session");
      return NULL;
    }

  name = g_strconcat (id, ".desktop", NULL);
  return g_build_filename (g_get_user_config_dir (), "autostart", name, NULL);
}

/* An argument as the specification of desktop files has it: quoted, and without field codes. */
static void
append_argument (GString    *command,
                 const char *argument)
{
  if (command->len > 0)
    g_string_append_c (command, ' ');
  g_string_append_c (command, '"');
  for (const char *c = argument; *c != '\0'; c++)
    {
      if (strchr ("\"`$\\", *c) != NULL)
        g_string_append_c (command, '\\');
      g_string_append_c (command, *c);
      if (*c == '%')
        g_string_append_c (command, '%');
    }
  g_string_append_c (command, '"');
}

static char *
build_command (const char *const *args)
{
  g_autoptr(GString) command = g_string_new (NULL);
  g_autofree char *program = find_program ();

  append_argument (command, program);
  for (guint i = 0; args != NULL && args[i] != NULL; i++)
    append_argument (command, args[i]);
  return g_string_free (g_steal_pointer (&command), FALSE);
}

static gboolean
write_entry (MullionApp         *self,
             const char         *path,
             const char *const  *args,
             GError            **error)
{
  g_autoptr(GKeyFile) entry = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *command = build_command (args);

  g_key_file_set_string (entry, "Desktop Entry", "Type", "Application");
  g_key_file_set_string (entry, "Desktop Entry", "Name", mullion_app_get_name (self));
  g_key_file_set_string (entry, "Desktop Entry", "Exec", command);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "There can be no folder %s", folder);
      return FALSE;
    }
  return g_key_file_save_to_file (entry, path, error);
}

/**
 * mullion_app_set_open_at_login:
 * @self: an app
 * @open_at_login: whether it shall
 * @args: (nullable) (array zero-terminated=1): the arguments after the name of the program
 * @error: (nullable): where to put an error
 *
 * Sets whether this program starts with the session of the user, like `openAtLogin` and `args` of
 * Electron's `app.setLoginItemSettings`.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE in a sandbox
 *
 * Since: 0.1
 */
gboolean
mullion_app_set_open_at_login (MullionApp         *self,
                               gboolean            open_at_login,
                               const char *const  *args,
                               GError            **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);

  path = build_autostart_path (self, error);
  if (path == NULL)
    return FALSE;
  if (open_at_login)
    return write_entry (self, path, args, error);
  if (g_unlink (path) == 0 || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "%s cannot be removed", path);
  return FALSE;
}

/**
 * mullion_app_get_open_at_login:
 * @self: an app
 *
 * Asks whether this program starts with the session of the user, like `openAtLogin` of Electron's
 * `app.getLoginItemSettings`.
 *
 * Returns: whether it does
 *
 * Since: 0.1
 */
gboolean
mullion_app_get_open_at_login (MullionApp *self)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);

  path = build_autostart_path (self, NULL);
  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);
}
