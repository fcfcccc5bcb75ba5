/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-shell.h"

#include "mullion-error.h"

#include <string.h>

/*
 * Electron's shell: what the desktop does for the app with addresses.
 *
 * Lives in the main process. An address often comes from a page, and the desktop opens any scheme
 * with whatever program claims it: file: runs a viewer over local files, and others start programs
 * with arguments of the page's choice. So a scheme passes only when it is listed.
 */

/* A page's address that is longer is no address. Programs get it on their command line. */
#define MAX_URL_LENGTH 8192

static const char *const default_schemes[] = { "https", "http", "mailto", NULL };

/* Security: these run text as code, or reach local files. No list brings them in. */
static const char *const refused_schemes[] = {
  "about", "app", "blob", "data", "file", "javascript", "resource", NULL,
};

static GStrv external_schemes; /* (nullable): the default */

/* -- Which addresses -- */

G_GNUC_PRINTF (3, 4)
static gboolean
refuse (GError     **error,
        int          code,
        const char  *format,
        ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MULLION_ERROR, code, "cannot open this link: %s", reason);

  return FALSE;
}

static gboolean
check_text (const char  *url,
            GError     **error)
{
  for (const char *c = url; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) || *c == ' ' || *c == '\\' || c - url >= MAX_URL_LENGTH)
      return refuse (error, MULLION_ERROR_INVALID_ARGUMENT,
                     "an address has no spaces, backslashes or control characters, and at most %d "
                     "bytes", MAX_URL_LENGTH);

  return g_utf8_validate (url, -1, NULL) ||
         refuse (error, MULLION_ERROR_INVALID_ARGUMENT, "it is not UTF-8");
}

static gboolean
check_web (GUri    *uri,
           GError **error)
{
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return refuse (error, MULLION_ERROR_INVALID_ARGUMENT, "the address names no host");
  /* https://bank.example@evil.example is a trick far more often than a log-in. */
  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error, MULLION_ERROR_NOT_ALLOWED, "the address carries a user name");

  return TRUE;
}

/* Some mail programs take files of the user along. */
static gboolean
check_mail (GUri    *uri,
            GError **error)
{
  g_auto(GStrv) fields = g_strsplit (g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "",
                                     "&", -1);

  for (gsize i = 0; fields[i] != NULL; i++)
    if (g_ascii_strncasecmp (fields[i], "attach", strlen ("attach")) == 0)
      return refuse (error, MULLION_ERROR_NOT_ALLOWED, "the address attaches a file");

  return TRUE;
}

/**
 * mullion_shell_check_external:
 * @url: an address
 * @error: return location for an error: %MULLION_ERROR_INVALID_ARGUMENT for what is no address,
 *   %MULLION_ERROR_NOT_ALLOWED for one that is not opened
 *
 * Asks whether [func@shell_open_external_async] would hand an address to the desktop.
 *
 * Besides the scheme, it looks for what is used to deceive: a user name before the host of a web
 * address, a file that a mail would take along.
 *
 * Returns: whether it would
 *
 * Since: 0.1
 */
gboolean
mullion_shell_check_external (const char  *url,
                              GError     **error)
{
  const char *const *schemes =
    external_schemes != NULL ? (const char *const *) external_schemes : default_schemes;
  g_autoptr(GUri) uri = NULL;
  const char *scheme;

  g_return_val_if_fail (url != NULL, FALSE);

  if (!check_text (url, error))
    return FALSE;
  uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL)
    return refuse (error, MULLION_ERROR_INVALID_ARGUMENT, "this is not a complete address");

  scheme = g_uri_get_scheme (uri);
  if (!g_strv_contains (schemes, scheme))
    return refuse (error, MULLION_ERROR_NOT_ALLOWED, "%s: addresses are not opened", scheme);
  if (g_str_equal (scheme, "https") || g_str_equal (scheme, "http"))
    return check_web (uri, error);

  return !g_str_equal (scheme, "mailto") || check_mail (uri, error);
}

/**
 * mullion_shell_set_external_schemes:
 * @schemes: (nullable) (array zero-terminated=1): the schemes of addresses that are opened, in lower
 *   case and without a colon; %NULL for the default: `https`, `http` and `mailto`
 *
 * Sets which addresses [func@shell_open_external_async] opens. `file`, `javascript`, `data` and
 * their kin are never opened, and are left out with a warning.
 *
 * Since: 0.1
 */
void
mullion_shell_set_external_schemes (const char *const *schemes)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_clear_pointer (&external_schemes, g_strfreev);
  if (schemes == NULL)
    return;

  for (gsize i = 0; schemes[i] != NULL; i++)
    if (g_strv_contains (refused_schemes, schemes[i]))
      g_warning ("%s: addresses are never opened by other programs", schemes[i]);
    else
      g_strv_builder_add (builder, schemes[i]);
  external_schemes = g_strv_builder_end (builder);
}

/* -- Opening -- */

#if GTK_CHECK_VERSION (4, 10, 0)
static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
launch (GTask      *task,
        GtkWindow  *parent,
        const char *url)
{
  g_autoptr(GtkUriLauncher) launcher = gtk_uri_launcher_new (url);

  gtk_uri_launcher_launch (launcher, parent, g_task_get_cancellable (task), launched_cb, task);
}
#else
/* Without a window the answer comes from GIO, which fails in the same way when nothing on this
 * desktop opens links. */
static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  gboolean has_opened = source != NULL
                          ? gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error)
                          : g_app_info_launch_default_for_uri_finish (result, &error);

  if (has_opened)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
launch (GTask      *task,
        GtkWindow  *parent,
        const char *url)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (parent != NULL)
    gtk_show_uri_full (parent, url, GDK_CURRENT_TIME, cancellable, launched_cb, task);
  else
    g_app_info_launch_default_for_uri_async (url, NULL, cancellable, launched_cb, task);
}
#endif

/**
 * mullion_shell_open_external_async:
 * @url: an address
 * @parent: (nullable): the window that it comes from
 * @cancellable: (nullable): to stop waiting for the desktop
 * @callback: (scope async): called when the desktop took the address, or did not
 * @user_data: given to @callback
 *
 * Has the desktop open an address with the user's program for it, like Electron's
 * `shell.openExternal`; in a sandbox that is the portal's affair. Only what
 * [func@shell_check_external] lets through is opened, for the address may be a page's.
 *
 * Since: 0.1
 */
void
mullion_shell_open_external_async (const char          *url,
                                   GtkWindow           *parent,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;
  GError *error = NULL;

  g_return_if_fail (url != NULL);
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_shell_open_external_async);
  if (mullion_shell_check_external (url, &error))
    {
      launch (task, parent, url);
      return;
    }

  g_task_return_error (task, error);
  g_object_unref (task);
}

/**
 * mullion_shell_open_external_finish:
 * @result: what the callback got
 * @error: return location for an error: those of [func@shell_check_external], and what the desktop
 *   failed with
 *
 * Ends [func@shell_open_external_async].
 *
 * Returns: whether the desktop took the address
 *
 * Since: 0.1
 */
gboolean
mullion_shell_open_external_finish (GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
