/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-doctor.h"

#include "mullion-content-policy.h"
#include "mullion-desktop-services.h"
#include "mullion-graphics.h"
#include "mullion-process-guard.h"
#include "mullion-web-engine.h"

#include <gtk/gtk.h>
#include <string.h>
#include <webkit/webkit.h>

/*
 * The doctor: what this machine has of what an app needs, for a person to read.
 *
 * Lives in the main process and may be asked before there is an app. It looks and changes nothing
 * but the environment for graphics, just as an app would when it starts.
 */

/* A subject, and what was found. */
#define LINE "%-11s %s\n"
#define MORE "%-11s   %s=%s: %s\n"

static void
examine_versions (GString *report)
{
  g_autofree char *text =
    g_strdup_printf ("Mullion %s, GTK %u.%u.%u, WebKitGTK %u.%u.%u", MULLION_VERSION,
                     gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
                     webkit_get_major_version (), webkit_get_minor_version (),
                     webkit_get_micro_version ());

  g_string_append_printf (report, LINE, "Versions", text);
}

static void
examine_graphics (GString *report)
{
  g_autoptr(MullionGraphics) graphics =
    mullion_graphics_look ("/", mullion_graphics_get_wish ());
  const MullionGraphicsSetting *settings = mullion_graphics_get_settings (graphics->kind);

  g_string_append_printf (report, LINE, "Graphics", graphics->reason);
  for (gsize i = 0; settings[i].name != NULL; i++)
    {
      const char *value = g_getenv (settings[i].name);

      if (value != NULL)
        g_string_append_printf (report, MORE, "", settings[i].name, value, "as the environment says");
      else
        g_string_append_printf (report, MORE, "", settings[i].name, settings[i].value,
                                settings[i].effect);
    }
  mullion_graphics_apply (graphics->kind);
}

static gboolean
examine_display (GString *report)
{
  GdkDisplay *display = gtk_init_check () ? gdk_display_get_default () : NULL;
  g_autofree char *text = NULL;

  if (display != NULL)
    text = g_strdup_printf ("%s, by %s", gdk_display_get_name (display),
                            G_OBJECT_TYPE_NAME (display));
  g_string_append_printf (report, LINE, "Display",
                          text != NULL ? text : "none: DISPLAY and WAYLAND_DISPLAY lead nowhere");

  return display != NULL;
}

static gboolean
examine_extension (GString *report)
{
  g_autofree char *path = mullion_web_engine_dup_extension_path ();
  gboolean is_there = g_file_test (path, G_FILE_TEST_IS_REGULAR);
  g_autofree char *text =
    is_there ? g_strdup (path)
             : g_strdup_printf ("%s is missing: pages would have no bridge", path);

  g_string_append_printf (report, LINE, "Extension", text);

  return is_there;
}

static gboolean
examine_guard (GString *report)
{
  g_autofree char *path = mullion_process_guard_dup_path ();
  gboolean is_there = g_file_test (path, G_FILE_TEST_IS_EXECUTABLE);
  g_autofree char *text =
    is_there ? g_strdup (path)
             : g_strdup_printf ("%s is missing: a web process that hangs may outlive its app", path);

  g_string_append_printf (report, LINE, "Process guard", text);

  return is_there;
}

/* WebKit makes its sandbox with bubblewrap, and starts no web process where that fails. */
static gboolean
examine_sandbox (GString *report)
{
  const char *argv[] = { "bwrap", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev",
                         "--unshare-pid", "true", NULL };
  g_autoptr(GError) error = NULL;
  g_autofree char *complaint = NULL;
  g_autofree char *text = NULL;
  int status = 0;

  if (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                    NULL, NULL, NULL, &complaint, &status, &error) &&
      g_spawn_check_wait_status (status, &error))
    {
      g_string_append_printf (report, LINE, "Sandbox", "bubblewrap works");
      return TRUE;
    }

  text = g_strdup_printf ("bubblewrap fails: %s",
                          complaint != NULL && *complaint != '\0' ? g_strstrip (complaint)
                                                                  : error->message);
  g_string_append_printf (report, LINE, "Sandbox", text);

  return FALSE;
}

static void
add_service_cb (const char *line,
                gpointer    report)
{
  gboolean is_first = strstr (((GString *) report)->str, "Desktop ") == NULL;

  g_string_append_printf (report, LINE, is_first ? "Desktop" : "", line);
}

/**
 * mullion_doctor_examine:
 * @is_healthy: (out) (optional): whether apps can run here
 *
 * Looks at the machine for what an app needs: versions, graphics, display, the web-process
 * extension, the sandbox, and the services of the desktop. Starts GTK when there is a display.
 *
 * Returns: (transfer full): what was found, a subject a line, for a person to read
 *
 * Since: 0.1
 */
char *
mullion_doctor_examine (gboolean *is_healthy)
{
  GString *report = g_string_new (NULL);
  gboolean is_well = TRUE;

  examine_versions (report);
  examine_graphics (report);
  is_well &= examine_display (report);
  is_well &= examine_extension (report);
  is_well &= examine_guard (report);
  is_well &= examine_sandbox (report);
  /* Apps run without them, and each call says which service it lacks. */
  mullion_desktop_services_describe (add_service_cb, report);
  if (is_healthy != NULL)
    *is_healthy = is_well;

  return g_string_free (report, FALSE);
}

/**
 * mullion_doctor_examine_policy:
 * @policy: a Content-Security-Policy
 *
 * Reads a policy as a browser does, and says what is weak about it.
 *
 * Returns: (transfer full) (array zero-terminated=1): a sentence each, none for a strict policy
 *
 * Since: 0.1
 */
char **
mullion_doctor_examine_policy (const char *policy)
{
  g_autoptr(MullionContentPolicy) parsed = NULL;

  g_return_val_if_fail (policy != NULL, NULL);

  parsed = mullion_content_policy_new (policy);

  return mullion_content_policy_list_weaknesses (parsed);
}
