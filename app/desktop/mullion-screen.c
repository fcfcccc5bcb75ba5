/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-screen-private.h"

#include <gdk/x11/gdkx.h>

/**
 * MullionScreen:
 *
 * The monitors of the display, like Electron's `screen`.
 *
 * A monitor is told of as Electron's `Display`, a [struct@Json.Object]: `id`, `label`, `bounds`,
 * `size`, `workArea`, `workAreaSize`, `scaleFactor` and `displayFrequency`, in pixels of the app.
 * The work area is without panels on X11; on Wayland nobody says where those are, and it is all of
 * the monitor.
 *
 * Since: 0.1
 */

/* Main process. What was told last of each monitor is kept, for GTK says that something has changed
 * and not what it was before, and nothing at all of one that is gone. */

struct _MullionScreen
{
  GObject parent_instance;

  GListModel *monitors;
  GPtrArray *known; /* of Known, in the order of the monitors */
};

typedef struct
{
  MullionScreen *screen; /* (unowned) */
  GdkMonitor *monitor;
  JsonObject *display;
} Known;

enum
{
  DISPLAY_ADDED,
  DISPLAY_REMOVED,
  DISPLAY_METRICS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionScreen, mullion_screen, G_TYPE_OBJECT)

/* -- One monitor -- */

static void
set_rectangle (JsonObject         *display,
               const char         *name,
               const char         *size_name,
               const GdkRectangle *place)
{
  JsonObject *bounds = json_object_new ();
  JsonObject *size = json_object_new ();

  json_object_set_int_member (bounds, "x", place->x);
  json_object_set_int_member (bounds, "y", place->y);
  json_object_set_int_member (bounds, "width", place->width);
  json_object_set_int_member (bounds, "height", place->height);
  json_object_set_int_member (size, "width", place->width);
  json_object_set_int_member (size, "height", place->height);
  json_object_set_object_member (display, name, bounds);
  json_object_set_object_member (display, size_name, size);
}

static JsonObject *
describe (GdkMonitor *monitor)
{
  JsonObject *display = json_object_new ();
  const char *connector = gdk_monitor_get_connector (monitor);
  const char *model = gdk_monitor_get_model (monitor);
  GdkRectangle place, work_area;

  gdk_monitor_get_geometry (monitor, &place);
  work_area = place;
  if (GDK_IS_X11_MONITOR (monitor))
    gdk_x11_monitor_get_workarea (monitor, &work_area);

  json_object_set_int_member (display, "id", g_str_hash (connector != NULL ? connector : ""));
  json_object_set_string_member (display, "label",
                                 model != NULL ? model : connector != NULL ? connector : "");
  set_rectangle (display, "bounds", "size", &place);
  set_rectangle (display, "workArea", "workAreaSize", &work_area);
  json_object_set_int_member (display, "scaleFactor", gdk_monitor_get_scale_factor (monitor));
  json_object_set_double_member (display, "displayFrequency",
                                 gdk_monitor_get_refresh_rate (monitor) / 1000.0);
  return display;
}

static gboolean
differs (JsonObject *before,
         JsonObject *now,
         const char *name)
{
  return !json_node_equal (json_object_get_member (before, name),
                           json_object_get_member (now, name));
}

static void
notify_cb (Known *known)
{
  static const char *const names[] = { "bounds", "workArea", "scaleFactor" };
  g_autoptr(MullionScreen) screen = g_object_ref (known->screen);
  g_autoptr(JsonObject) before = known->display;
  g_autoptr(JsonObject) now = describe (known->monitor);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) changed = NULL;

  known->display = json_object_ref (now);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (differs (before, now, names[i]))
      g_strv_builder_add (builder, names[i]);

  changed = g_strv_builder_end (builder);
  if (changed[0] != NULL)
    g_signal_emit (screen, signals[DISPLAY_METRICS_CHANGED], 0, now, changed);
}

static Known *
know (MullionScreen *self,
      GdkMonitor    *monitor)
{
  Known *known = g_new0 (Known, 1);

  known->screen = self;
  known->monitor = monitor;
  known->display = describe (monitor);
  g_signal_connect_swapped (monitor, "notify::geometry", G_CALLBACK (notify_cb), known);
  g_signal_connect_swapped (monitor, "notify::scale-factor", G_CALLBACK (notify_cb), known);
  return known;
}

static void
free_known (gpointer data)
{
  Known *known = data;

  g_signal_handlers_disconnect_by_data (known->monitor, known);
  g_object_unref (known->monitor);
  json_object_unref (known->display);
  g_free (known);
}

/* -- All of them -- */

static void
items_changed_cb (MullionScreen *self,
                  guint          position,
                  guint          n_removed,
                  guint          n_added)
{
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr(GPtrArray) come = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < n_removed; i++)
    {
      Known *known = g_ptr_array_index (self->known, position);

      g_ptr_array_add (gone, json_object_ref (known->display));
      g_ptr_array_remove_index (self->known, position);
    }
  for (guint i = 0; i < n_added; i++)
    {
      Known *known = know (self, g_list_model_get_item (self->monitors, position + i));

      g_ptr_array_insert (self->known, (int) (position + i), known);
      g_ptr_array_add (come, json_object_ref (known->display));
    }

  for (guint i = 0; i < gone->len; i++)
    g_signal_emit (self, signals[DISPLAY_REMOVED], 0, g_ptr_array_index (gone, i));
  for (guint i = 0; i < come->len; i++)
    g_signal_emit (self, signals[DISPLAY_ADDED], 0, g_ptr_array_index (come, i));
}

static void
mullion_screen_dispose (GObject *object)
{
  MullionScreen *self = MULLION_SCREEN (object);

  if (self->monitors != NULL)
    g_signal_handlers_disconnect_by_data (self->monitors, self);
  g_clear_object (&self->monitors);
  g_clear_pointer (&self->known, g_ptr_array_unref);

  G_OBJECT_CLASS (mullion_screen_parent_class)->dispose (object);
}

static void
mullion_screen_class_init (MullionScreenClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mullion_screen_dispose;

  /**
   * MullionScreen::display-added:
   * @self: the screen
   * @display: the monitor
   *
   * Emitted when there is one more monitor.
   *
   * Since: 0.1
   */
  signals[DISPLAY_ADDED] = g_signal_new ("display-added", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);

  /**
   * MullionScreen::display-removed:
   * @self: the screen
   * @display: the monitor, as it was
   *
   * Emitted when a monitor is gone.
   *
   * Since: 0.1
   */
  signals[DISPLAY_REMOVED] = g_signal_new ("display-removed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);

  /**
   * MullionScreen::display-metrics-changed:
   * @self: the screen
   * @display: the monitor, as it is
   * @changed: what has changed of it: `bounds`, `workArea`, `scaleFactor`
   *
   * Emitted when a monitor is another size, in another place or scaled by another factor.
   *
   * Since: 0.1
   */
  signals[DISPLAY_METRICS_CHANGED] =
    g_signal_new ("display-metrics-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, JSON_TYPE_OBJECT, G_TYPE_STRV);
}

static void
mullion_screen_init (MullionScreen *self)
{
  self->known = g_ptr_array_new_with_free_func (free_known);
}

MullionScreen *
mullion_screen_new (GListModel *monitors)
{
  MullionScreen *self = g_object_new (MULLION_TYPE_SCREEN, NULL);

  self->monitors = g_object_ref (monitors);
  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    g_ptr_array_add (self->known, know (self, g_list_model_get_item (monitors, i)));
  g_signal_connect_swapped (monitors, "items-changed", G_CALLBACK (items_changed_cb), self);
  return self;
}

/**
 * mullion_screen_get_default:
 *
 * Gets the screen of the display that the app is on. It needs GTK: after
 * [signal@App::ready] it is there.
 *
 * Returns: (nullable) (transfer none): the screen; %NULL without a display
 *
 * Since: 0.1
 */
MullionScreen *
mullion_screen_get_default (void)
{
  static MullionScreen *screen;
  GdkDisplay *display = gdk_display_get_default ();

  if (screen == NULL && display != NULL)
    screen = mullion_screen_new (gdk_display_get_monitors (display));
  return screen;
}

/**
 * mullion_screen_get_all_displays:
 * @self: the screen
 *
 * Lists the monitors, like Electron's `screen.getAllDisplays`.
 *
 * Returns: (transfer full): an array of objects
 *
 * Since: 0.1
 */
JsonArray *
mullion_screen_get_all_displays (MullionScreen *self)
{
  JsonArray *displays;

  g_return_val_if_fail (MULLION_IS_SCREEN (self), NULL);

  displays = json_array_new ();
  for (guint i = 0; i < self->known->len; i++)
    {
      Known *known = g_ptr_array_index (self->known, i);

      json_array_add_object_element (displays, describe (known->monitor));
    }
  return displays;
}

/**
 * mullion_screen_get_primary_display:
 * @self: the screen
 *
 * Gets the first monitor, like Electron's `screen.getPrimaryDisplay`: on X11 the one that the user
 * has chosen, on Wayland the first in the list.
 *
 * Returns: (nullable) (transfer full): the monitor; %NULL when there is none
 *
 * Since: 0.1
 */
JsonObject *
mullion_screen_get_primary_display (MullionScreen *self)
{
  GdkDisplay *display = gdk_display_get_default ();
  GdkMonitor *monitor = NULL;

  g_return_val_if_fail (MULLION_IS_SCREEN (self), NULL);

  if (display != NULL && GDK_IS_X11_DISPLAY (display))
    monitor = gdk_x11_display_get_primary_monitor (display);
  if (monitor == NULL && self->known->len > 0)
    monitor = ((Known *) g_ptr_array_index (self->known, 0))->monitor;
  return monitor != NULL ? describe (monitor) : NULL;
}

/* How far a point is outside of a range. */
static gint64
measure_gap (int point,
             int start,
             int length)
{
  if (point < start)
    return (gint64) start - point;
  return point >= start + length ? (gint64) point - (start + length - 1) : 0;
}

/**
 * mullion_screen_get_display_nearest_point:
 * @self: the screen
 * @x: how far from the left
 * @y: how far from the top
 *
 * Finds the monitor that a point is on, or the nearest one, like Electron's
 * `screen.getDisplayNearestPoint`.
 *
 * Returns: (nullable) (transfer full): the monitor; %NULL when there is none
 *
 * Since: 0.1
 */
JsonObject *
mullion_screen_get_display_nearest_point (MullionScreen *self,
                                          int            x,
                                          int            y)
{
  GdkMonitor *best = NULL;
  gint64 best_gap = G_MAXINT64;

  g_return_val_if_fail (MULLION_IS_SCREEN (self), NULL);

  for (guint i = 0; i < self->known->len; i++)
    {
      Known *known = g_ptr_array_index (self->known, i);
      GdkRectangle place;
      gint64 across, down;

      gdk_monitor_get_geometry (known->monitor, &place);
      across = measure_gap (x, place.x, place.width);
      down = measure_gap (y, place.y, place.height);
      if (across * across + down * down >= best_gap)
        continue;

      best = known->monitor;
      best_gap = across * across + down * down;
    }
  return best != NULL ? describe (best) : NULL;
}

/**
 * mullion_screen_get_display_matching:
 * @self: the screen
 * @rectangle: a place
 *
 * Finds the monitor with the most of a rectangle on it, like Electron's `screen.getDisplayMatching`;
 * of one that is on none, the nearest to its middle.
 *
 * Returns: (nullable) (transfer full): the monitor; %NULL when there is none
 *
 * Since: 0.1
 */
JsonObject *
mullion_screen_get_display_matching (MullionScreen      *self,
                                     const GdkRectangle *rectangle)
{
  GdkMonitor *best = NULL;
  gint64 best_area = 0;

  g_return_val_if_fail (MULLION_IS_SCREEN (self), NULL);
  g_return_val_if_fail (rectangle != NULL, NULL);

  for (guint i = 0; i < self->known->len; i++)
    {
      Known *known = g_ptr_array_index (self->known, i);
      GdkRectangle place, common;

      gdk_monitor_get_geometry (known->monitor, &place);
      if (!gdk_rectangle_intersect (&place, rectangle, &common)
          || (gint64) common.width * common.height <= best_area)
        continue;

      best = known->monitor;
      best_area = (gint64) common.width * common.height;
    }

  if (best != NULL)
    return describe (best);
  return mullion_screen_get_display_nearest_point (self, rectangle->x + rectangle->width / 2,
                                                   rectangle->y + rectangle->height / 2);
}

/**
 * mullion_screen_get_cursor_screen_point:
 * @self: the screen
 * @x: (out) (optional): how far the pointer is from the left
 * @y: (out) (optional): how far it is from the top
 *
 * Tells where the pointer is, like Electron's `screen.getCursorScreenPoint`.
 *
 * Returns: %FALSE, with both 0, where nobody knows: on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_screen_get_cursor_screen_point (MullionScreen *self,
                                        int           *x,
                                        int           *y)
{
  GdkDisplay *display = gdk_display_get_default ();
  int left = 0, top = 0;
  gboolean is_known = FALSE;

  g_return_val_if_fail (MULLION_IS_SCREEN (self), FALSE);

  if (display != NULL && GDK_IS_X11_DISPLAY (display))
    {
      Display *x_display = gdk_x11_display_get_xdisplay (display);
      Window root, child;
      int inner_x, inner_y, scale = 1;
      guint state;

      is_known = XQueryPointer (x_display, DefaultRootWindow (x_display), &root, &child, &left, &top,
                                &inner_x, &inner_y, &state);
      if (self->known->len > 0)
        scale = gdk_monitor_get_scale_factor (
          ((Known *) g_ptr_array_index (self->known, 0))->monitor);
      left /= scale;
      top /= scale;
    }

  if (x != NULL)
    *x = left;
  if (y != NULL)
    *y = top;
  return is_known;
}
