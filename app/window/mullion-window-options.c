/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-window-options.h"

#include <string.h>

/* Electron's constructor options of a window, as a table.
 *
 * It lives in the main process and reads what the developer of the app wrote.
 * docs/window-options.md explains every row; a test compares the two.
 */

/* X11 counts pixels in 16 bits, with a sign. */
#define SIZE_LIMIT 32767

/* Escaped, as the name of a file, it is three times as long. */
#define NAME_LIMIT 64

#define HONOURED(name, type, member)                                    \
  { name, MULLION_OPTION_##type, MULLION_OPTION_HONOURED,               \
    G_STRUCT_OFFSET (MullionWindowOptions, member) }
#define SIZE(name, least, member)                                       \
  { name, MULLION_OPTION_INTEGER, MULLION_OPTION_HONOURED,              \
    G_STRUCT_OFFSET (MullionWindowOptions, member), least, SIZE_LIMIT }
#define ELSEWHERE(name)                                                 \
  { name, MULLION_OPTION_ANY, MULLION_OPTION_ELSEWHERE }
#define IGNORED(name, type, why)                                        \
  { name, MULLION_OPTION_##type, MULLION_OPTION_IGNORED, .reason = why }
#define IGNORED_UNLESS(name, value, why)                                \
  { name, MULLION_OPTION_BOOLEAN, MULLION_OPTION_IGNORED,               \
    .harmless = value, .reason = why }

static const MullionOption table[] = {
  SIZE ("width", 1, width),
  SIZE ("height", 1, height),
  SIZE ("minWidth", 0, min_width),
  SIZE ("minHeight", 0, min_height),
  SIZE ("maxWidth", 0, max_width),
  SIZE ("maxHeight", 0, max_height),
  HONOURED ("useContentSize", BOOLEAN, use_content_size),
  HONOURED ("title", STRING, title),
  HONOURED ("icon", STRING, icon),
  HONOURED ("backgroundColor", COLOR, background),
  HONOURED ("show", BOOLEAN, show),
  HONOURED ("resizable", BOOLEAN, resizable),
  HONOURED ("closable", BOOLEAN, closable),
  HONOURED ("frame", BOOLEAN, frame),
  HONOURED ("titleBarStyle", STRING, title_bar_style),
  HONOURED ("titleBarOverlay", ANY, title_bar_overlay),
  HONOURED ("transparent", BOOLEAN, transparent),
  HONOURED ("fullscreen", BOOLEAN, full_screen),
  HONOURED ("fullscreenable", BOOLEAN, full_screenable),
  HONOURED ("kiosk", BOOLEAN, kiosk),
  HONOURED ("maximized", BOOLEAN, maximized),
  HONOURED ("modal", BOOLEAN, modal),
  { "parent", MULLION_OPTION_INTEGER, MULLION_OPTION_HONOURED,
    G_STRUCT_OFFSET (MullionWindowOptions, parent), 1, G_MAXINT },
  { "x", MULLION_OPTION_INTEGER, MULLION_OPTION_HONOURED,
    G_STRUCT_OFFSET (MullionWindowOptions, x), -SIZE_LIMIT, SIZE_LIMIT },
  { "y", MULLION_OPTION_INTEGER, MULLION_OPTION_HONOURED,
    G_STRUCT_OFFSET (MullionWindowOptions, y), -SIZE_LIMIT, SIZE_LIMIT },
  HONOURED ("center", BOOLEAN, center),
  HONOURED ("name", STRING, name),
  HONOURED ("windowStatePersistence", ANY, persistence),
  HONOURED ("alwaysOnTop", BOOLEAN, always_on_top),
  HONOURED ("skipTaskbar", BOOLEAN, skip_taskbar),
  HONOURED ("focusable", BOOLEAN, focusable),
  { "opacity", MULLION_OPTION_NUMBER, MULLION_OPTION_HONOURED,
    G_STRUCT_OFFSET (MullionWindowOptions, opacity), 0, 1 },
  HONOURED ("webPreferences", OBJECT, preferences),

  IGNORED_UNLESS ("minimizable", TRUE, "the window manager owns the minimize button"),
  IGNORED_UNLESS ("maximizable", TRUE,
                  "the window manager owns the maximize button; try \"resizable\": false"),
  IGNORED_UNLESS ("hasShadow", TRUE, "the shadow belongs to the theme or the window manager"),
  IGNORED_UNLESS ("darkTheme", FALSE,
                  "GTK 4 has one colour scheme an app: set gtk-application-prefer-dark-theme"),
  IGNORED ("type", STRING, "GTK 4 has no window types"),
  IGNORED_UNLESS ("autoHideMenuBar", FALSE, "a GTK 4 menu bar stays where it is"),
  IGNORED_UNLESS ("disableAutoHideCursor", FALSE, "WebKitGTK decides when the cursor is hidden"),
  IGNORED_UNLESS ("paintWhenInitiallyHidden", TRUE,
                  "WebKitGTK never paints a hidden window, and ready-to-show is emitted anyway"),

  ELSEWHERE ("movable"),
  ELSEWHERE ("simpleFullscreen"),
  ELSEWHERE ("hiddenInMissionControl"),
  ELSEWHERE ("acceptFirstMouse"),
  ELSEWHERE ("enableLargerThanScreen"),
  ELSEWHERE ("visualEffectState"),
  ELSEWHERE ("accentColor"),
  ELSEWHERE ("trafficLightPosition"),
  ELSEWHERE ("roundedCorners"),
  ELSEWHERE ("fullscreenWindowTitle"),
  ELSEWHERE ("thickFrame"),
  ELSEWHERE ("vibrancy"),
  ELSEWHERE ("backgroundMaterial"),
  ELSEWHERE ("zoomToPageWidth"),
  ELSEWHERE ("tabbingIdentifier"),
};

const MullionOption *
mullion_window_options_get_table (gsize *n_rows)
{
  *n_rows = G_N_ELEMENTS (table);
  return table;
}

static void
check_limits (const char *least_name,
              int         least,
              const char *most_name,
              int        *most)
{
  if (*most == 0 || *most >= least)
    return;

  g_warning ("Window option \"%s\" (%d) is below \"%s\" (%d): ignored",
             most_name, *most, least_name, least);
  *most = 0;
}

/* Off macOS, Electron's title bar is either there or not. */
static void
read_title_bar_style (MullionWindowOptions *self)
{
  static const char *const hidden[] = {
    "hidden", "hiddenInset", "customButtonsOnHover", NULL
  };

  if (self->title_bar_style == NULL || g_str_equal (self->title_bar_style, "default"))
    return;

  if (g_strv_contains (hidden, self->title_bar_style))
    self->frame = FALSE;
  else
    g_warning ("Window option \"titleBarStyle\" has no style \"%s\": ignored",
               self->title_bar_style);
}

static const MullionOption persistence_table[] = {
  HONOURED ("bounds", BOOLEAN, keeps_bounds),
  HONOURED ("displayMode", BOOLEAN, keeps_mode),
};

/* A boolean for both of its parts, or an object with one for each. */
static void
read_persistence (MullionWindowOptions *self)
{
  gboolean is_object;

  if (self->persistence == NULL)
    return;

  is_object = JSON_NODE_HOLDS_OBJECT (self->persistence);
  if (!is_object && (!JSON_NODE_HOLDS_VALUE (self->persistence)
                     || json_node_get_value_type (self->persistence) != G_TYPE_BOOLEAN))
    {
      g_warning ("Window option \"windowStatePersistence\" must be a boolean or an object: ignored");
      return;
    }

  self->keeps_bounds = self->keeps_mode = is_object || json_node_get_boolean (self->persistence);
  if (is_object)
    mullion_option_table_read (persistence_table, G_N_ELEMENTS (persistence_table),
                               "Window state option", json_node_get_object (self->persistence),
                               self);
}

static const MullionOption overlay_table[] = {
  SIZE ("height", 0, overlay_height),
  IGNORED ("color", STRING, "the buttons have the colours of the theme"),
  IGNORED ("symbolColor", STRING, "the buttons have the colours of the theme"),
};

/* Electron has it with a hidden title bar only. */
static void
read_overlay (MullionWindowOptions *self)
{
  JsonNode *node = self->title_bar_overlay;

  if (node == NULL || self->frame)
    return;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      self->has_controls = TRUE;
      mullion_option_table_read (overlay_table, G_N_ELEMENTS (overlay_table), "Overlay option",
                                 json_node_get_object (node), self);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    self->has_controls = json_node_get_boolean (node);
  else
    g_warning ("Window option \"titleBarOverlay\" must be a boolean or an object: ignored");
}

/* The name becomes that of a file. */
static void
check_name (MullionWindowOptions *self)
{
  const char *fault = NULL;

  if (self->name != NULL && (*self->name == '\0' || strlen (self->name) > NAME_LIMIT))
    fault = "1 to 64 bytes";
  else if (self->name == NULL && (self->keeps_bounds || self->keeps_mode))
    fault = "set, for \"windowStatePersistence\" to have a file";
  if (fault == NULL)
    return;

  g_warning ("Window option \"name\" must be %s: nothing is kept", fault);
  self->keeps_bounds = self->keeps_mode = FALSE;
}

static void
settle (MullionWindowOptions *self)
{
  read_persistence (self);
  check_name (self);
  check_limits ("minWidth", self->min_width, "maxWidth", &self->max_width);
  check_limits ("minHeight", self->min_height, "maxHeight", &self->max_height);
  read_title_bar_style (self);
  read_overlay (self);

  self->full_screen = self->full_screen || self->kiosk;
  if (self->full_screen && !self->full_screenable)
    {
      g_warning ("Window option \"fullscreen\" is ignored: \"fullscreenable\" is false");
      self->full_screen = FALSE;
    }

  /* A window is opaque, whatever alpha its colour came with, unless it is told `transparent`. */
  if (!self->transparent)
    self->background.rgba.alpha = 1;
  else
    self->background.is_set = TRUE;
}

/* Reads @object (nullable), Electron's options of a window. */
MullionWindowOptions *
mullion_window_options_new (JsonObject *object)
{
  MullionWindowOptions *self = g_new0 (MullionWindowOptions, 1);

  self->width = 800;
  self->height = 600;
  self->x = self->y = MULLION_WINDOW_NO_PLACE;
  self->show = TRUE;
  self->resizable = TRUE;
  self->frame = TRUE;
  self->closable = TRUE;
  self->full_screenable = TRUE;
  self->focusable = TRUE;
  self->opacity = 1;

  mullion_option_table_read (table, G_N_ELEMENTS (table), "Window option", object, self);
  settle (self);
  return self;
}

void
mullion_window_options_free (MullionWindowOptions *self)
{
  g_free (self->title);
  g_free (self->icon);
  g_free (self->title_bar_style);
  g_clear_pointer (&self->title_bar_overlay, json_node_unref);
  g_free (self->name);
  g_clear_pointer (&self->persistence, json_node_unref);
  g_clear_pointer (&self->preferences, json_object_unref);
  g_free (self);
}
