/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-private.h"

#include "mullion-error.h"

#include <gio/gdesktopappinfo.h>
#include <string.h>

/*
 * What the desktop opens with a MullionApp: files, and addresses of schemes that are the app's.
 *
 * They come with the command line, of this start or of a second one, and over the bus. Which schemes
 * are the app's its desktop file says and the user's choice of programs; other addresses are not
 * opened, for anybody may write anything on a command line.
 */

enum { OPEN_FILE, OPEN_URL, N_SIGNALS };

static guint signals[N_SIGNALS];

void
mullion_app_add_open_signals (GType type)
{
  /**
   * MullionApp::open-file:
   * @self: an app
   * @path: (type filename): an absolute path
   *
   * The user opens a file with the app, like Electron's `open-file`: it was on the command line of this
   * start or of a second one, or came over the bus. It comes after [signal@App::ready].
   *
   * Since: 0.1
   */
  signals[OPEN_FILE] = g_signal_new ("open-file", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * MullionApp::open-url:
   * @self: an app
   * @url: an address, which anybody may have written
   *
   * The user opens an address whose scheme is the app's, like Electron's `open-url`; see
   * [method@App.set_as_default_protocol_client].
   *
   * Since: 0.1
   */
  signals[OPEN_URL] = g_signal_new ("open-url", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* -- Schemes -- */

/* (transfer full) (nullable) */
static char *
dup_desktop_id (MullionApp *self)
{
  const char *id = g_application_get_application_id (G_APPLICATION (self));

  return id != NULL ? g_strconcat (id, ".desktop", NULL) : NULL;
}

/* (transfer full) (nullable): the app's own desktop file, where it is installed */
static GAppInfo *
load_desktop_file (MullionApp *self)
{
  g_autofree char *id = dup_desktop_id (self);

  return id != NULL ? G_APP_INFO (g_desktop_app_info_new (id)) : NULL;
}

static gboolean
names_scheme (MullionApp *self,
              const char *scheme)
{
  g_autoptr(GAppInfo) info = load_desktop_file (self);
  g_autofree char *type = g_strconcat ("x-scheme-handler/", scheme, NULL);
  const char **types = info != NULL ? g_app_info_get_supported_types (info) : NULL;

  return types != NULL && g_strv_contains (types, type);
}

static gboolean
is_own_url (MullionApp *self,
            const char *text)
{
  g_autofree char *scheme = g_uri_parse_scheme (text);

  return scheme != NULL && g_uri_is_valid (text, G_URI_FLAGS_NONE, NULL) &&
         (names_scheme (self, scheme) || mullion_app_is_default_protocol_client (self, scheme));
}

static gboolean
check_scheme (const char  *scheme,
              GError     **error)
{
  g_autofree char *url = g_strconcat (scheme, ":", NULL);
  g_autofree char *read = g_uri_parse_scheme (url);

  if (g_strcmp0 (read, scheme) == 0)
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "'%s' is no scheme: expected lower case letters, digits, '+', '-' and '.', and no ':'",
               scheme);
  return FALSE;
}

/**
 * mullion_app_set_as_default_protocol_client:
 * @self: an app
 * @protocol: a scheme such as `notes`, without `://`
 * @error: %MULLION_ERROR_INVALID_ARGUMENT, %MULLION_ERROR_NOT_FOUND without a desktop file, or what
 *   GIO says
 *
 * Makes the app the user's program for the addresses of a scheme, like Electron's
 * `app.setAsDefaultProtocolClient`. The desktop file of the app, which is called after its id, must be
 * installed and have `%u` or `%U` in its `Exec`. They come with [signal@App::open-url].
 *
 * Returns: whether it is
 *
 * Since: 0.1
 */
gboolean
mullion_app_set_as_default_protocol_client (MullionApp  *self,
                                            const char  *protocol,
                                            GError     **error)
{
  g_autoptr(GAppInfo) info = NULL;
  g_autofree char *type = NULL;

  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);
  g_return_val_if_fail (protocol != NULL, FALSE);

  if (!check_scheme (protocol, error))
    return FALSE;

  info = load_desktop_file (self);
  if (info == NULL)
    {
      g_autofree char *id = dup_desktop_id (self);

      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                   "The desktop file %s is not installed", id != NULL ? id : "of an app with an id");
      return FALSE;
    }

  type = g_strconcat ("x-scheme-handler/", protocol, NULL);
  return g_app_info_set_as_default_for_type (info, type, error);
}

/**
 * mullion_app_is_default_protocol_client:
 * @self: an app
 * @protocol: a scheme, without `://`
 *
 * Asks whether the app is the user's program for the addresses of a scheme, like Electron's
 * `app.isDefaultProtocolClient`.
 *
 * Returns: whether it is
 *
 * Since: 0.1
 */
gboolean
mullion_app_is_default_protocol_client (MullionApp *self,
                                        const char *protocol)
{
  g_autofree char *id = NULL;
  g_autoptr(GAppInfo) info = NULL;

  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);
  g_return_val_if_fail (protocol != NULL, FALSE);

  if (!check_scheme (protocol, NULL))
    return FALSE;

  id = dup_desktop_id (self);
  info = g_app_info_get_default_for_uri_scheme (protocol);
  return info != NULL && g_strcmp0 (g_app_info_get_id (info), id) == 0;
}

/**
 * mullion_app_dup_application_name_for_protocol:
 * @self: an app
 * @url: an address
 *
 * Gets the name of the user's program for an address, like Electron's
 * `app.getApplicationNameForProtocol`.
 *
 * Returns: (transfer full): its name, empty where there is none
 *
 * Since: 0.1
 */
char *
mullion_app_dup_application_name_for_protocol (MullionApp *self,
                                               const char *url)
{
  g_autofree char *scheme = NULL;
  g_autoptr(GAppInfo) info = NULL;

  g_return_val_if_fail (MULLION_IS_APP (self), NULL);
  g_return_val_if_fail (url != NULL, NULL);

  scheme = g_uri_parse_scheme (url);
  info = scheme != NULL ? g_app_info_get_default_for_uri_scheme (scheme) : NULL;
  return g_strdup (info != NULL ? g_app_info_get_display_name (info) : "");
}

/* -- Opening -- */

static void
open_file (MullionApp *self,
           GFile      *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *url = NULL;

  if (path != NULL)
    {
      g_signal_emit (self, signals[OPEN_FILE], 0, path);
      return;
    }

  url = g_file_get_uri (file);
  if (is_own_url (self, url))
    g_signal_emit (self, signals[OPEN_URL], 0, url);
}

void
mullion_app_open_files (MullionApp  *self,
                        GFile      **files,
                        int          n_files)
{
  for (int i = 0; i < n_files; i++)
    open_file (self, files[i]);
}

static void
open_argument (MullionApp              *self,
               GApplicationCommandLine *command_line,
               const char              *argument)
{
  g_autoptr(GFile) file = NULL;

  if (is_own_url (self, argument))
    {
      g_signal_emit (self, signals[OPEN_URL], 0, argument);
      return;
    }

  file = g_application_command_line_create_file_for_arg (command_line, argument);
  if (g_file_is_native (file) && g_file_query_exists (file, NULL))
    open_file (self, file);
}

void
mullion_app_open_arguments (MullionApp              *self,
                            GApplicationCommandLine *command_line,
                            char                   **arguments)
{
  gboolean may_be_option = TRUE;

  for (char **argument = arguments; argument[0] != NULL && argument[1] != NULL; argument++)
    {
      const char *text = argument[1];

      if (may_be_option && g_str_equal (text, "--"))
        may_be_option = FALSE;
      else if (!may_be_option || text[0] != '-')
        open_argument (self, command_line, text);
    }
}
