/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "stages.h"

#include <gtk/gtk.h>
#include <stdlib.h>

/*
 * The bare program: GTK and WebKitGTK as their documentation shows them, with the page of the app
 * beside it (app.c) and without Mullion. What it takes to start and to be there is the floor.
 *
 *   mullion-bench-bare [WINDOWS]
 */

static void
activate_cb (GtkApplication *app,
             gpointer        user_data)
{
  int windows = GPOINTER_TO_INT (user_data);
  g_autofree char *folder = stages_dup_folder ();
  g_autofree char *page = g_strconcat ("file://", folder, "/start.html", NULL);

  for (int i = 0; i < windows; i++)
    {
      GtkWidget *window = gtk_application_window_new (app);
      GtkWidget *view = webkit_web_view_new ();

      gtk_window_set_title (GTK_WINDOW (window), STAGES_TITLE);
      gtk_window_set_default_size (GTK_WINDOW (window), STAGES_WIDTH, STAGES_HEIGHT);
      gtk_window_set_child (GTK_WINDOW (window), view);
      stages_watch (WEBKIT_WEB_VIEW (view));
      webkit_web_view_load_uri (WEBKIT_WEB_VIEW (view), page);
      gtk_window_present (GTK_WINDOW (window));
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GtkApplication) app = NULL;
  int windows = argc > 1 ? atoi (argv[1]) : 1;

  app = gtk_application_new ("io.github.mullion.BenchBare", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), GINT_TO_POINTER (windows));

  return g_application_run (G_APPLICATION (app), 1, argv);
}
