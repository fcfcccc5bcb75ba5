/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-open-external.h"

#include "mullion-arguments.h"
#include "mullion-capability.h"

/*
 * The capability `open-external`: a link that opens in the user's browser. Main process.
 *
 * The desktop opens any scheme with whatever program claims it: file: runs a viewer over local
 * files, and others start programs with arguments of the page's choice. So https alone passes, and
 * the check is made here and not in a preload, which the page's process may have taken over.
 */

#define MAX_URL_LENGTH 8192

static gboolean
refuse (GError     **error,
        int          code,
        const char  *reason)
{
  g_set_error (error, MULLION_ERROR, code, "cannot open this link: %s", reason);
  return FALSE;
}

gboolean
mullion_open_external_check (const char  *url,
                             GError     **error)
{
  g_autoptr (GUri) uri = NULL;

  for (const char *c = url; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) || *c == ' ' || *c == '\\')
      return refuse (error, MULLION_ERROR_INVALID_ARGUMENT,
                     "an address has no spaces, backslashes or control characters");

  uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL)
    return refuse (error, MULLION_ERROR_INVALID_ARGUMENT, "this is not a complete address");
  if (!g_str_equal (g_uri_get_scheme (uri), "https"))
    return refuse (error, MULLION_ERROR_NOT_ALLOWED, "only https addresses are opened");
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return refuse (error, MULLION_ERROR_INVALID_ARGUMENT, "the address names no host");
  /* https://bank.example@evil.example is a trick far more often than a log-in. */
  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error, MULLION_ERROR_NOT_ALLOWED, "the address carries a user name");
  return TRUE;
}

/* The call ends here, however the desktop took it. @event: (transfer full) */
static void
finish (MullionIpcMainInvokeEvent *event,
        gboolean                   has_opened,
        GError                    *error)
{
  if (has_opened)
    mullion_ipc_main_invoke_event_return (event, NULL);
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
  g_object_unref (event);
}

#if GTK_CHECK_VERSION (4, 10, 0)
static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GError *error = NULL;
  gboolean has_opened = gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error);

  finish (user_data, has_opened, error);
}

static void
open_link (GtkWindow                 *parent,
           const char                *url,
           MullionIpcMainInvokeEvent *event)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (url);

  gtk_uri_launcher_launch (launcher, parent, mullion_ipc_main_invoke_event_get_cancellable (event),
                           launched_cb, g_object_ref (event));
}
#else
/* Without a window the answer comes from GIO, which fails in the same way when nothing on this
 * desktop opens links. */
static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GError *error = NULL;
  gboolean has_opened = source != NULL
                          ? gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error)
                          : g_app_info_launch_default_for_uri_finish (result, &error);

  finish (user_data, has_opened, error);
}

static void
open_link (GtkWindow                 *parent,
           const char                *url,
           MullionIpcMainInvokeEvent *event)
{
  GCancellable *cancellable = mullion_ipc_main_invoke_event_get_cancellable (event);

  if (parent != NULL)
    gtk_show_uri_full (parent, url, GDK_CURRENT_TIME, cancellable, launched_cb,
                       g_object_ref (event));
  else
    g_app_info_launch_default_for_uri_async (url, NULL, cancellable, launched_cb,
                                             g_object_ref (event));
}
#endif

static void
open_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);
  MullionBrowserWindow *window = NULL;
  GError *error = NULL;
  const char *url;

  url = mullion_arguments_get_string (args, 0, "url", MAX_URL_LENGTH, &error);
  if (url == NULL || !mullion_arguments_check_count (args, 1, &error) ||
      !mullion_open_external_check (url, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }
  if (sender != NULL)
    window = mullion_browser_window_from_web_contents (sender);
  open_link (window != NULL ? GTK_WINDOW (window) : NULL, url, event);
}

void
mullion_open_external_add_handlers (MullionCapabilitySet *set)
{
  mullion_capability_set_handle (set, "mullion:open-external", open_cb, NULL);
}
