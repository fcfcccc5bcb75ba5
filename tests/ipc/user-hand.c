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

/* Without a window manager a window stands in the corner of the display, and who wants to know where
 * asks for its title. */
void
user_hand_click (GtkWidget *widget,
                 double     x,
                 double     y,
                 guint      button)
{
  GtkNative *native = gtk_widget_get_native (widget);
  g_autofree char *name = NULL;
  g_autofree char *left = NULL;
  g_autofree char *top = NULL;
  g_autofree char *number = g_strdup_printf ("%u", button);
  double surface_x, surface_y;

  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), x, y, &x, &y));
  name = g_strdup_printf ("^%s$", gtk_window_get_title (GTK_WINDOW (native)));
  left = g_strdup_printf ("%d", (int) (x + surface_x));
  top = g_strdup_printf ("%d", (int) (y + surface_y));
  run ((const char *const []) { "xdotool", "search", "--onlyvisible", "--name", name, "mousemove",
                                "--window", "%1", left, top, "click", number, NULL });
}

void
user_hand_press (const char *keys)
{
  run ((const char *const []) { "xdotool", "key", keys, NULL });
}
