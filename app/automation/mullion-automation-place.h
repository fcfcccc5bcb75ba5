/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a widget is in its window: on X11 in pixels of the display, elsewhere in GTK's. */
typedef struct
{
  gulong window; /* X11's id; 0 elsewhere */
  int x;
  int y;
  int width;
  int height;
  int scale; /* pixels of the display in one of GTK */
} MullionAutomationPlace;

gboolean mullion_automation_place_find (GtkWidget               *widget,
                                        MullionAutomationPlace  *place,
                                        GError                 **error);

G_END_DECLS
