/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-caret-key.h"

#include <webkit/webkit.h>

/*
 * F7, which hides and shows the caret of a text view. Main process.
 *
 * WebKitGTK translates the keys of a page with a text view of its own, which nobody sees, in the view of
 * the page. There the key hides a caret which GTK then finds missing when it is to blink, and ends the
 * program with an assertion: GTK 4.8 with WebKitGTK 2.50, in any field of any page.
 */

static void
toggle_cursor_visible (GtkTextView *text_view)
{
  if (!WEBKIT_IS_WEB_VIEW (gtk_widget_get_parent (GTK_WIDGET (text_view))))
    g_signal_chain_from_overridden_handler (text_view);
}

void
mullion_caret_key_tame (void)
{
  /* The signal is there once the class is; GTK keeps its classes. */
  g_type_class_ref (GTK_TYPE_TEXT_VIEW);
  g_signal_override_class_handler ("toggle-cursor-visible", GTK_TYPE_TEXT_VIEW,
                                   G_CALLBACK (toggle_cursor_visible));
}
