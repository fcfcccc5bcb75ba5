/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "mock-service.h"

/*
 * Light or dark, from the settings portal to a page.
 */

#define INTERFACE "org.freedesktop.portal.Settings"
#define APPEARANCE "org.freedesktop.appearance"

static const char xml[] =
  "<node><interface name='" INTERFACE "'>"
  "  <method name='ReadAll'><arg type='as'/><arg type='a{sa{sv}}' direction='out'/></method>"
  "  <signal name='SettingChanged'><arg type='s'/><arg type='s'/><arg type='v'/></signal>"
  "</interface></node>";

static MockService *portal;

static GVariant *
answer (MockService *service,
        const char  *method,
        GVariant    *arguments)
{
  return g_variant_new_parsed ("({%s: {'color-scheme': <uint32 1>, 'contrast': <uint32 1>,"
                               "  'accent-color': <(0.2, 0.4, 1.0)>, 'unheard-of': <'x'>}},)",
                               APPEARANCE);
}

static void
tell (const char *key,
      GVariant   *value)
{
  mock_service_emit (portal, INTERFACE, "SettingChanged",
                     g_variant_new ("(ssv)", APPEARANCE, key, value));
}

static gboolean
is_gtk_dark (void)
{
  gboolean is_dark = FALSE;

  g_object_get (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", &is_dark, NULL);
  return is_dark;
}

static void
count_cb (guint *count)
{
  *count += 1;
}

/* The app has asked the portal when it started. */
static void
test_read (void)
{
  MullionNativeTheme *theme = mullion_native_theme_get_default ();
  g_autofree char *accent = NULL;

  mock_wait_until (mullion_native_theme_should_use_dark_colors (theme));
  g_assert_true (is_gtk_dark ());
  g_assert_true (mullion_native_theme_should_use_high_contrast_colors (theme));
  accent = mullion_native_theme_dup_accent_color (theme);
  g_assert_cmpstr (accent, ==, "3366ffff");
  g_assert_cmpstr (mullion_native_theme_get_theme_source (theme), ==, "system");
}

static void
test_follows (void)
{
  MullionNativeTheme *theme = mullion_native_theme_get_default ();
  g_autofree char *accent = NULL;
  guint count = 0;
  gulong id = g_signal_connect_swapped (theme, "updated", G_CALLBACK (count_cb), &count);

  /* What is no answer of the portal's, and what is of another kind, changes nothing. */
  tell ("color-scheme", g_variant_new_string ("purple"));
  tell ("accent-color", g_variant_new_uint32 (3));
  tell ("contrast", g_variant_new_uint32 (0));
  mock_wait_until (!mullion_native_theme_should_use_high_contrast_colors (theme));
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (is_gtk_dark ());

  tell ("color-scheme", g_variant_new_uint32 (2));
  mock_wait_until (!mullion_native_theme_should_use_dark_colors (theme));
  g_assert_false (is_gtk_dark ());

  /* Out of range is how a portal says that there is none. */
  tell ("accent-color", g_variant_new ("(ddd)", -1.0, -1.0, -1.0));
  mock_wait_until (count == 3);
  accent = mullion_native_theme_dup_accent_color (theme);
  g_assert_null (accent);
  g_signal_handler_disconnect (theme, id);
}

static void
test_page_follows (void)
{
  MullionNativeTheme *theme = mullion_native_theme_get_default ();
  g_autoptr(IpcWindow) window = ipc_window_new ("{}");
  g_autoptr(GError) error = NULL;

  g_assert_true (mullion_native_theme_set_theme_source (theme, "dark", &error));
  g_assert_no_error (error);
  g_assert_true (is_gtk_dark ());
  ipc_window_load (window, "rendering.html");
  ipc_assert_run (window, "matchMedia('(prefers-color-scheme: dark)').matches", "true");

  /* The page hears of it itself. */
  ipc_assert_run (window,
                  "window.turned = new Promise((resolve) => {"
                  "  matchMedia('(prefers-color-scheme: dark)').addEventListener('change',"
                  "    (event) => resolve(event.matches)); }); 1", "1");
  g_assert_true (mullion_native_theme_set_theme_source (theme, "light", NULL));
  ipc_assert_run (window, "window.turned", "false");
  g_assert_true (mullion_native_theme_set_theme_source (theme, "system", NULL));
}

static void
test_bad_source (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_native_theme_set_theme_source (mullion_native_theme_get_default (),
                                                         "purple", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_bus_start ();
  portal = mock_service_new ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                             xml, answer);
  ipc_app_new ("io.github.mullion.NativeTheme");

  g_test_add_func ("/native-theme/read", test_read);
  g_test_add_func ("/native-theme/follows", test_follows);
  g_test_add_func ("/native-theme/page-follows", test_page_follows);
  g_test_add_func ("/native-theme/bad-source", test_bad_source);

  status = g_test_run ();
  mock_service_free (portal);
  mock_bus_stop ();
  return status;
}
