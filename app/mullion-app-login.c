/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-private.h"

#include "desktop/mullion-background-portal.h"
#include "mullion-error.h"

#include <glib/gstdio.h>

/*
 * How a MullionApp starts with the session of the user.
 *
 * Autostart is a file of the user's, as the XDG specification has it. In a sandbox that folder is
 * another one, which nobody reads: there the portal writes the file, if the user lets it. The portal
 * does not tell later what it wrote, so an app in a sandbox keeps a note of its own.
 */

#define NOTE "open-at-login"

static char *
build_path (MullionApp  *self,
            GError     **error)
{
  const char *id = g_application_get_application_id (G_APPLICATION (self));
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  if (id == NULL)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "An app without an id cannot start with the session");
      return NULL;
    }
  if (mullion_background_portal_is_needed ())
    {
      folder = mullion_app_dup_path (self, "userData", error);
      return folder != NULL ? g_build_filename (folder, NOTE, NULL) : NULL;
    }

  name = g_strconcat (id, ".desktop", NULL);
  return g_build_filename (g_get_user_config_dir (), "autostart", name, NULL);
}

static char **
build_argv (const char *const *args)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  g_strv_builder_add (builder, program);
  for (guint i = 0; args != NULL && args[i] != NULL; i++)
    g_strv_builder_add (builder, args[i]);
  return g_strv_builder_end (builder);
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
build_command (const char *const *argv)
{
  g_autoptr(GString) command = g_string_new (NULL);

  for (guint i = 0; argv[i] != NULL; i++)
    append_argument (command, argv[i]);
  return g_string_free (g_steal_pointer (&command), FALSE);
}

static gboolean
write_entry (MullionApp         *self,
             const char         *path,
             const char *const  *argv,
             GError            **error)
{
  g_autoptr(GKeyFile) entry = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *command = build_command (argv);

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

static gboolean
remove_entry (const char  *path,
              GError     **error)
{
  if (g_unlink (path) == 0 || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "%s cannot be removed", path);
  return FALSE;
}

typedef struct
{
  char *path;
  char **argv;
  gboolean opens;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_strfreev (job->argv);
  g_free (job);
}

/* What was asked for is so now, for the desktop or for the portal: the file says it. */
static void
settle (GTask *task)
{
  MullionApp *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean is_done = job->opens ? write_entry (self, job->path, (const char *const *) job->argv, &error)
                                : remove_entry (job->path, &error);

  if (is_done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (mullion_background_portal_request_finish (result, &error))
    settle (task);
  else
    g_task_return_error (task, error);
}

/**
 * mullion_app_set_open_at_login_async:
 * @self: an app
 * @open_at_login: whether it shall
 * @args: (nullable) (array zero-terminated=1): the arguments after the name of the program
 * @cancellable: (nullable): ends the wait for the answer
 * @callback: (scope async): what is called with the answer
 * @user_data: data for @callback
 *
 * Sets whether this program starts with the session of the user, like `openAtLogin` and `args` of
 * Electron's `app.setLoginItemSettings`.
 *
 * An app in a sandbox asks the portal of the desktop, which may ask the user. It fails with
 * %MULLION_ERROR_NOT_ALLOWED if the user says no, and with %MULLION_ERROR_UNAVAILABLE on a desktop
 * without that portal. Any other app writes a file into the user's autostart folder.
 *
 * Since: 0.1
 */
void
mullion_app_set_open_at_login_async (MullionApp          *self,
                                     gboolean             open_at_login,
                                     const char *const   *args,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;
  Job *job;

  g_return_if_fail (MULLION_IS_APP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_app_set_open_at_login_async);
  job = g_new0 (Job, 1);
  job->opens = open_at_login;
  job->argv = build_argv (args);
  job->path = build_path (self, &error);
  g_task_set_task_data (task, job, free_job);
  if (job->path == NULL)
    g_task_return_error (task, error);
  else if (mullion_background_portal_is_needed ())
    mullion_background_portal_request_async (open_at_login, (const char *const *) job->argv,
                                             cancellable, asked_cb, g_object_ref (task));
  else
    settle (task);
}

/**
 * mullion_app_set_open_at_login_finish:
 * @self: an app
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [method@App.set_open_at_login_async] began.
 *
 * Returns: %FALSE with @error set
 *
 * Since: 0.1
 */
gboolean
mullion_app_set_open_at_login_finish (MullionApp    *self,
                                      GAsyncResult  *result,
                                      GError       **error)
{
  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mullion_app_get_open_at_login:
 * @self: an app
 *
 * Asks whether this program starts with the session of the user, like `openAtLogin` of Electron's
 * `app.getLoginItemSettings`.
 *
 * Returns: whether it does; in a sandbox what the portal said last, as it does not tell what the user
 *   changed since
 *
 * Since: 0.1
 */
gboolean
mullion_app_get_open_at_login (MullionApp *self)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);

  path = build_path (self, NULL);
  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);
}
