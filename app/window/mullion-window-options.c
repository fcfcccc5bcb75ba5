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

#define NO_POSITION "GTK 4 leaves the position of a window to the window manager"

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
  HONOURED ("fullscreen", BOOLEAN, full_screen),
  HONOURED ("fullscreenable", BOOLEAN, full_screenable),
  HONOURED ("kiosk", BOOLEAN, kiosk),
  HONOURED ("maximized", BOOLEAN, maximized),
  HONOURED ("modal", BOOLEAN, modal),
  { "parent", MULLION_OPTION_INTEGER, MULLION_OPTION_HONOURED,
    G_STRUCT_OFFSET (MullionWindowOptions, parent), 1, G_MAXINT },
  HONOURED ("webPreferences", OBJECT, preferences),

  IGNORED ("x", INTEGER, NO_POSITION),
  IGNORED ("y", INTEGER, NO_POSITION),
  IGNORED_UNLESS ("center", FALSE, NO_POSITION),
  IGNORED_UNLESS ("alwaysOnTop", FALSE, "GTK 4 has no way to keep a window above the others"),
  IGNORED_UNLESS ("skipTaskbar", FALSE, "GTK 4 has no way to keep a window out of the taskbar"),
  IGNORED_UNLESS ("focusable", TRUE, "GTK 4 has no windows that refuse the focus"),
  IGNORED_UNLESS ("minimizable", TRUE, "the window manager owns the minimize button"),
  IGNORED_UNLESS ("maximizable", TRUE,
                  "the window manager owns the maximize button; try \"resizable\": false"),
  IGNORED ("opacity", NUMBER, "neither Electron nor GTK 4 sets the opacity of a window on Linux"),
  IGNORED_UNLESS ("transparent", FALSE, "pages are painted on an opaque background"),
  IGNORED_UNLESS ("hasShadow", TRUE, "the shadow belongs to the theme or the window manager"),
  IGNORED_UNLESS ("darkTheme", FALSE,
                  "GTK 4 has one colour scheme an app: set gtk-application-prefer-dark-theme"),
  IGNORED ("titleBarOverlay", ANY, "there is no window controls overlay"),
  IGNORED ("type", STRING, "GTK 4 has no window types"),
  IGNORED_UNLESS ("autoHideMenuBar", FALSE, "a GTK 4 menu bar stays where it is"),
  IGNORED_UNLESS ("disableAutoHideCursor", FALSE, "WebKitGTK decides when the cursor is hidden"),
  IGNORED_UNLESS ("paintWhenInitiallyHidden", TRUE,
                  "WebKitGTK never paints a hidden window, and ready-to-show is emitted anyway"),
  IGNORED ("name", STRING, "windows do not keep their state across runs"),
  IGNORED ("windowStatePersistence", ANY, "windows do not keep their state across runs"),

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

static void
settle (MullionWindowOptions *self)
{
  check_limits ("minWidth", self->min_width, "maxWidth", &self->max_width);
  check_limits ("minHeight", self->min_height, "maxHeight", &self->max_height);
  read_title_bar_style (self);

  self->full_screen = self->full_screen || self->kiosk;
  if (self->full_screen && !self->full_screenable)
    {
      g_warning ("Window option \"fullscreen\" is ignored: \"fullscreenable\" is false");
      self->full_screen = FALSE;
    }

  /* A window is opaque, whatever alpha its colour came with: Electron does the
   * same unless it is told `transparent`. */
  self->background.rgba.alpha = 1;
}

/* Reads @object (nullable), Electron's options of a window. */
MullionWindowOptions *
mullion_window_options_new (JsonObject *object)
{
  MullionWindowOptions *self = g_new0 (MullionWindowOptions, 1);

  self->width = 800;
  self->height = 600;
  self->show = TRUE;
  self->resizable = TRUE;
  self->frame = TRUE;
  self->closable = TRUE;
  self->full_screenable = TRUE;

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
  g_clear_pointer (&self->preferences, json_object_unref);
  g_free (self);
}
