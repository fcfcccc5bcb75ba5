/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "user-hand.h"

gboolean
user_hand_is_there (void)
{
  g_autofree char *path = g_find_program_in_path ("xdotool");

  return path != NULL;
}

static void
run (const char *const *arguments)
{
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;

  process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static char *
dup_name (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);

  /* The display has to know the title before another program looks for it. */
  gdk_display_sync (gtk_widget_get_display (widget));
  return g_strdup_printf ("^%s$", gtk_window_get_title (GTK_WINDOW (native)));
}

/* Where a point of @widget is in its window, as xdotool wants it. */
static void
point (GtkWidget  *widget,
       double      x,
       double      y,
       char      **left,
       char      **top)
{
  GtkNative *native = gtk_widget_get_native (widget);
  double surface_x, surface_y;

  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), x, y, &x, &y));
  *left = g_strdup_printf ("%d", (int) (x + surface_x));
  *top = g_strdup_printf ("%d", (int) (y + surface_y));
}

/* Without a window manager a window stands in the corner of the display, and who wants to know where
 * asks for its title. */
void
user_hand_click (GtkWidget *widget,
                 double     x,
                 double     y,
                 guint      button)
{
  g_autofree char *name = dup_name (widget);
  g_autofree char *left = NULL;
  g_autofree char *top = NULL;
  g_autofree char *number = g_strdup_printf ("%u", button);

  point (widget, x, y, &left, &top);
  run ((const char *const []) { "xdotool", "search", "--onlyvisible", "--name", name, "mousemove",
                                "--window", "%1", left, top, "click", number, NULL });
}

void
user_hand_press (const char *keys)
{
  run ((const char *const []) { "xdotool", "key", keys, NULL });
}

void
user_hand_hold (const char *key)
{
  run ((const char *const []) { "xdotool", "keydown", key, NULL });
}

void
user_hand_release (const char *key)
{
  run ((const char *const []) { "xdotool", "keyup", key, NULL });
}

void
user_hand_grab (GtkWidget *widget,
                double     x,
                double     y)
{
  g_autofree char *name = dup_name (widget);
  g_autofree char *left = NULL;
  g_autofree char *top = NULL;

  point (widget, x, y, &left, &top);
  run ((const char *const []) { "xdotool", "search", "--onlyvisible", "--name", name, "mousemove",
                                "--window", "%1", left, top, "mousedown", "1", NULL });
}

void
user_hand_pull (int x,
                int y)
{
  g_autofree char *right = g_strdup_printf ("%d", x);
  g_autofree char *down = g_strdup_printf ("%d", y);

  run ((const char *const []) { "xdotool", "mousemove_relative", "--", right, down, NULL });
}

void
user_hand_let_go (void)
{
  run ((const char *const []) { "xdotool", "mouseup", "1", NULL });
}
