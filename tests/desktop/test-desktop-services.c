/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"
#include "mullion-desktop-services.h"

#include <mullion.h>
#include <string.h>

/* What a person is told of the services of the desktop. */

#define NOTIFICATIONS "org.freedesktop.Notifications"

static void
note_cb (const char *line,
         gpointer    lines)
{
  g_string_append_printf (lines, "%s\n", line);
}

static gboolean
is_told (const char *line)
{
  g_autoptr(GString) lines = g_string_new (NULL);

  mullion_desktop_services_describe (note_cb, lines);
  g_test_message ("%s", lines->str);
  return strstr (lines->str, line) != NULL;
}

static void
test_services (void)
{
  MockService *service;

  g_assert_true (is_told ("none  notifications (" NOTIFICATIONS ")\n"));
  g_assert_true (is_told ("none  battery (org.freedesktop.UPower)\n"));
  service = mock_service_new (NOTIFICATIONS, "/org/freedesktop/Notifications",
                              "<node><interface name='" NOTIFICATIONS "'/></node>", NULL);
  g_assert_true (is_told ("there notifications (" NOTIFICATIONS ")\n"));
  g_assert_true (is_told ("none  battery (org.freedesktop.UPower)\n"));
  mock_service_free (service);
  g_assert_true (is_told ("none  notifications (" NOTIFICATIONS ")\n"));
}

/* And in the report of the doctor, for which the services are no illness. */
static void
test_report (void)
{
  g_autofree char *report = mullion_doctor_examine (NULL);

  g_assert_nonnull (strstr (report, "\nDesktop     none  portal: "));
  g_assert_nonnull (strstr (report, "\n            none  tray (org.kde.StatusNotifierWatcher)\n"));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_bus_start ();
  g_test_add_func ("/desktop-services/services", test_services);
  g_test_add_func ("/desktop-services/report", test_report);
  status = g_test_run ();
  mock_bus_stop ();
  return status;
}
