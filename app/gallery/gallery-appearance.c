/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery-appearance.h"

/*
 * Follows the desktop's choice of light or dark.
 *
 * Main process. GTK 4 by itself only knows the theme of the session; the choice that desktops let
 * their users make is told by the settings portal. WebKit takes prefers-color-scheme from GTK, so
 * the pages follow too. Without a portal everything stays as GTK has it.
 */

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Settings"
#define NAMESPACE "org.freedesktop.appearance"
#define KEY "color-scheme"

/* What the portal says of KEY. */
#define PREFER_DARK 1

static void
apply (GVariant *wrapped,
       gboolean  is_change)
{
  g_autoptr(GVariant) value = g_variant_ref (wrapped);
  gboolean dark = FALSE;

  /* Read wraps its answer twice, the signal once. */
  while (g_variant_is_of_type (value, G_VARIANT_TYPE_VARIANT))
    {
      GVariant *inner = g_variant_get_variant (value);

      g_variant_unref (value);
      value = inner;
    }

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    return;

  dark = g_variant_get_uint32 (value) == PREFER_DARK;

  /* A desktop without a preference leaves what the user's GTK settings say. */
  if (dark || is_change)
    g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", dark, NULL);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autoptr(GVariant) value = NULL;

  if (answer == NULL)
    {
      g_debug ("The settings portal does not tell light from dark: %s", error->message);
      return;
    }

  if (g_variant_is_of_type (answer, G_VARIANT_TYPE ("(v)")))
    {
      value = g_variant_get_child_value (answer, 0);
      apply (value, FALSE);
    }
}

static void
signal_cb (GDBusProxy *proxy,
           const char *sender,
           const char *signal,
           GVariant   *parameters)
{
  const char *name_space = NULL;
  const char *key = NULL;
  g_autoptr(GVariant) value = NULL;

  if (g_strcmp0 (signal, "SettingChanged") != 0
      || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;

  g_variant_get (parameters, "(&s&s@v)", &name_space, &key, &value);
  if (g_str_equal (name_space, NAMESPACE) && g_str_equal (key, KEY))
    apply (value, TRUE);
}

static void
proxy_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(MullionApp) app = user_data;
  g_autoptr(GError) error = NULL;
  GDBusProxy *proxy = g_dbus_proxy_new_for_bus_finish (result, &error);

  if (proxy == NULL)
    {
      g_debug ("No settings portal: %s", error->message);
      return;
    }

  g_signal_connect (proxy, "g-signal", G_CALLBACK (signal_cb), NULL);
  g_dbus_proxy_call (proxy, "Read", g_variant_new ("(ss)", NAMESPACE, KEY),
                     G_DBUS_CALL_FLAGS_NONE, -1, NULL, read_cb, NULL);
  g_object_set_data_full (G_OBJECT (app), "gallery-appearance", proxy, g_object_unref);
}

void
gallery_appearance_follow (MullionApp *app)
{
  g_dbus_proxy_new_for_bus (G_BUS_TYPE_SESSION, G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES, NULL,
                            PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE, NULL,
                            proxy_cb, g_object_ref (app));
}
