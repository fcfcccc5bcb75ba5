/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-background-portal.h"

#include "mullion-error.h"
#include "mullion-portal-request.h"

/*
 * The start with the session by way of the portal, which may ask the user.
 *
 * Main process. The portal knows from the sandbox which app asks, and makes of the command line one
 * that starts the sandbox first. It can say yes to the request and no to the start: what it says of
 * `autostart` counts.
 */

#define SANDBOX_MARK "/.flatpak-info"

static const MullionService portal = {
  G_BUS_TYPE_SESSION, "portal for starting with the session", "org.freedesktop.portal.Desktop",
  "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Background",
};

/* GTK and GIO have the variable for those who want their portals without a sandbox. */
gboolean
mullion_background_portal_is_needed (void)
{
  return g_strcmp0 (g_getenv ("GTK_USE_PORTAL"), "1") == 0
         || g_file_test (SANDBOX_MARK, G_FILE_TEST_EXISTS);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  gboolean opens = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;
  g_autoptr(GVariant) results = mullion_portal_request_finish (result, &error);
  gboolean is_opened = FALSE;

  if (results == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_variant_lookup (results, "autostart", "b", &is_opened);
  if (is_opened == opens)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                             "The %s does not %s this app", portal.title,
                             opens ? "start" : "stop starting");
}

void
mullion_background_portal_request_async (gboolean              opens,
                                         const char *const    *argv,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *token = mullion_portal_request_new_token ();

  g_task_set_source_tag (task, mullion_background_portal_request_async);
  g_task_set_task_data (task, GINT_TO_POINTER (opens), NULL);
  mullion_portal_request_async (
    &portal, "RequestBackground",
    g_variant_new_parsed ("('', {'handle_token': <%s>, 'autostart': <%b>, 'commandline': <%^as>})",
                          token, opens, argv),
    token, 0, cancellable, answered_cb, task);
}

gboolean
mullion_background_portal_request_finish (GAsyncResult  *result,
                                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
