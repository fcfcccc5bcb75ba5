/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-native-theme.h"

#include "mullion-error.h"
#include "mullion-service.h"

/**
 * MullionNativeTheme:
 *
 * How the user likes things to look: Electron's `nativeTheme`.
 *
 * Light or dark, contrast and accent colour are what desktops tell through the settings portal.
 * An app follows it from its start, and its pages do: `prefers-color-scheme` is what
 * [method@NativeTheme.should_use_dark_colors] says. Without a portal, it is what GTK's own settings
 * say. [signal@NativeTheme::updated] tells of each change.
 *
 * It lives in the main process.
 *
 * Since: 0.1
 */

#define APPEARANCE "org.freedesktop.appearance"

/* What the portal says of color-scheme and of contrast. */
#define PREFER_DARK 1
#define PREFER_LIGHT 2
#define HIGH_CONTRAST 1

#define DARK_SETTING "gtk-application-prefer-dark-theme"

struct _MullionNativeTheme
{
  GObject parent_instance;

  const char *source; /* one of sources */
  GDBusConnection *connection; /* (nullable): where the portal is heard */
  GtkSettings *settings; /* (nullable): without a display */
  gboolean is_dark_by_setting; /* what GTK said before anybody changed it */
  guint scheme;
  guint contrast;
  GdkRGBA accent;
  gboolean has_accent;
};

enum
{
  UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionNativeTheme, mullion_native_theme, G_TYPE_OBJECT)

static const char *const sources[] = { "system", "light", "dark" };

static const MullionService portal = {
  G_BUS_TYPE_SESSION, "settings portal", "org.freedesktop.portal.Desktop",
  "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings",
};

/* -- What follows from it -- */

static gboolean
is_system_dark (MullionNativeTheme *self)
{
  if (self->scheme == PREFER_DARK || self->scheme == PREFER_LIGHT)
    return self->scheme == PREFER_DARK;

  return self->is_dark_by_setting;
}

/**
 * mullion_native_theme_should_use_dark_colors:
 * @self: the theme
 *
 * Asks whether the app is dark, like Electron's `nativeTheme.shouldUseDarkColors`.
 *
 * Returns: whether it is
 *
 * Since: 0.1
 */
gboolean
mullion_native_theme_should_use_dark_colors (MullionNativeTheme *self)
{
  g_return_val_if_fail (MULLION_IS_NATIVE_THEME (self), FALSE);

  if (g_str_equal (self->source, "system"))
    return is_system_dark (self);
  return g_str_equal (self->source, "dark");
}

/* WebKit takes prefers-color-scheme from GTK, so this is for windows and pages alike. */
static void
apply (MullionNativeTheme *self)
{
  if (self->settings != NULL)
    g_object_set (self->settings, DARK_SETTING, mullion_native_theme_should_use_dark_colors (self),
                  NULL);
  g_signal_emit (self, signals[UPDATED], 0);
}

/* -- What the desktop says -- */

static gboolean
set_number (guint    *member,
            GVariant *value)
{
  guint number;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    return FALSE;

  number = g_variant_get_uint32 (value);
  if (*member == number)
    return FALSE;

  *member = number;
  return TRUE;
}

/* A colour out of range says that the user has not chosen one. */
static gboolean
set_accent (MullionNativeTheme *self,
            GVariant           *value)
{
  double red, green, blue;
  GdkRGBA before = self->accent;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("(ddd)")))
    return FALSE;

  g_variant_get (value, "(ddd)", &red, &green, &blue);
  self->has_accent = red >= 0 && red <= 1 && green >= 0 && green <= 1 && blue >= 0 && blue <= 1;
  self->accent = (GdkRGBA) { (float) red, (float) green, (float) blue, 1 };
  return !gdk_rgba_equal (&before, &self->accent);
}

/* Whether that changed anything. */
static gboolean
take (MullionNativeTheme *self,
      const char         *key,
      GVariant           *value)
{
  if (g_str_equal (key, "color-scheme"))
    return set_number (&self->scheme, value);
  if (g_str_equal (key, "contrast"))
    return set_number (&self->contrast, value);
  if (g_str_equal (key, "accent-color"))
    return set_accent (self, value);
  return FALSE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(MullionNativeTheme) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, &error);
  g_autoptr(GVariant) spaces = NULL;
  g_autoptr(GVariant) values = NULL;
  GVariantIter iter;
  const char *key;
  GVariant *value;
  gboolean is_changed = FALSE;

  if (answer == NULL)
    {
      g_debug ("%s; light or dark is what GTK says", error->message);
      return;
    }

  spaces = g_variant_get_child_value (answer, 0);
  values = g_variant_lookup_value (spaces, APPEARANCE, G_VARIANT_TYPE_VARDICT);
  if (values == NULL)
    return;

  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      is_changed |= take (self, key, value);
      g_variant_unref (value);
    }
  if (is_changed)
    apply (self);
}

static void
changed_cb (GDBusConnection *connection,
            const char      *sender,
            const char      *path,
            const char      *interface,
            const char      *signal,
            GVariant        *arguments,
            gpointer         user_data)
{
  MullionNativeTheme *self = user_data;
  const char *space = NULL;
  const char *key = NULL;
  g_autoptr(GVariant) value = NULL;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(ssv)")))
    return;

  g_variant_get (arguments, "(&s&sv)", &space, &key, &value);
  if (g_str_equal (space, APPEARANCE) && take (self, key, value))
    apply (self);
}

/* For the rest of the run. */
static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  MullionNativeTheme *self = user_data;
  const char *spaces[] = { APPEARANCE, NULL };
  g_autoptr(GError) error = NULL;

  self->connection = g_bus_get_finish (result, &error);
  if (self->connection == NULL)
    {
      g_debug ("No settings portal: %s", error->message);
      g_object_unref (self);
      return;
    }

  /* Listen first: what changes in between is told twice rather than never. */
  g_dbus_connection_signal_subscribe (self->connection, portal.name, portal.interface,
                                      "SettingChanged", portal.path, APPEARANCE,
                                      G_DBUS_SIGNAL_FLAGS_NONE, changed_cb, g_object_ref (self),
                                      g_object_unref);
  mullion_service_call_async (&portal, "ReadAll", g_variant_new ("(^as)", spaces),
                              "(a{sa{sv}})", NULL, read_cb, self);
}

/* -- What the app says -- */

/**
 * mullion_native_theme_get_theme_source:
 * @self: the theme
 *
 * Gets what decides, like Electron's `nativeTheme.themeSource`.
 *
 * Returns: `system`, `light` or `dark`
 *
 * Since: 0.1
 */
const char *
mullion_native_theme_get_theme_source (MullionNativeTheme *self)
{
  g_return_val_if_fail (MULLION_IS_NATIVE_THEME (self), NULL);

  return self->source;
}

/**
 * mullion_native_theme_set_theme_source:
 * @self: the theme
 * @source: `system`, `light` or `dark`
 * @error: (nullable): where to put an error
 *
 * Sets what decides, like Electron's `nativeTheme.themeSource`: the desktop, or the app itself.
 * Windows and pages follow at once.
 *
 * Returns: %FALSE with @error set where @source is none of those
 *
 * Since: 0.1
 */
gboolean
mullion_native_theme_set_theme_source (MullionNativeTheme  *self,
                                       const char          *source,
                                       GError             **error)
{
  g_return_val_if_fail (MULLION_IS_NATIVE_THEME (self), FALSE);
  g_return_val_if_fail (source != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_str_equal (sources[i], source))
      {
        self->source = sources[i];
        apply (self);
        return TRUE;
      }

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "themeSource: expected system, light or dark, not “%s”", source);
  return FALSE;
}

/**
 * mullion_native_theme_should_use_high_contrast_colors:
 * @self: the theme
 *
 * Asks whether the user wants high contrast, like Electron's
 * `nativeTheme.shouldUseHighContrastColors`.
 *
 * Returns: whether they do: by the portal, or by the name of GTK's theme
 *
 * Since: 0.1
 */
gboolean
mullion_native_theme_should_use_high_contrast_colors (MullionNativeTheme *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (MULLION_IS_NATIVE_THEME (self), FALSE);

  if (self->settings != NULL)
    g_object_get (self->settings, "gtk-theme-name", &name, NULL);
  return self->contrast == HIGH_CONTRAST ||
         (name != NULL && g_str_has_prefix (name, "HighContrast"));
}

/**
 * mullion_native_theme_dup_accent_color:
 * @self: the theme
 *
 * Gets the colour that the user likes, like Electron's `systemPreferences.getAccentColor`.
 *
 * Returns: (transfer full) (nullable): red, green, blue and alpha as `rrggbbaa`, %NULL where the
 *   desktop has none
 *
 * Since: 0.1
 */
char *
mullion_native_theme_dup_accent_color (MullionNativeTheme *self)
{
  g_return_val_if_fail (MULLION_IS_NATIVE_THEME (self), NULL);

  if (!self->has_accent)
    return NULL;
  return g_strdup_printf ("%02x%02x%02xff", (guint) (self->accent.red * 255 + 0.5f),
                          (guint) (self->accent.green * 255 + 0.5f),
                          (guint) (self->accent.blue * 255 + 0.5f));
}

/* -- Its beginning -- */

static void
mullion_native_theme_class_init (MullionNativeThemeClass *klass)
{
  /**
   * MullionNativeTheme::updated:
   * @self: the theme
   *
   * Something about it changed.
   *
   * Since: 0.1
   */
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
mullion_native_theme_init (MullionNativeTheme *self)
{
  self->source = sources[0];
  self->settings = gtk_settings_get_default ();
  if (self->settings != NULL)
    g_object_get (self->settings, DARK_SETTING, &self->is_dark_by_setting, NULL);
  g_bus_get (portal.bus, NULL, connected_cb, g_object_ref (self));
}

/**
 * mullion_native_theme_get_default:
 *
 * Gets the theme of the desktop. Ask once the app is ready.
 *
 * Returns: (transfer none): the theme
 *
 * Since: 0.1
 */
MullionNativeTheme *
mullion_native_theme_get_default (void)
{
  static MullionNativeTheme *theme;

  if (theme == NULL)
    theme = g_object_new (MULLION_TYPE_NATIVE_THEME, NULL);
  return theme;
}
