/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-checklist.h"
#include "mullion-launcher.h"

#ifdef HAVE_GALLERY
#include "gallery.h"
#endif

#include <locale.h>

/*
 * The program `mullion`. Main process: whatever it starts, GTK and WebKit among it, starts in
 * mullion_launcher_run (), after the command line and the app folder were found to be in order.
 */

#ifdef HAVE_GALLERY
static const MullionLauncherGallery bundled_gallery = {
  .add_handlers = mullion_gallery_register,
  .open = mullion_gallery_open,
};
static const MullionLauncherGallery *const gallery = &bundled_gallery;
#else
static const MullionLauncherGallery *const gallery = NULL;
#endif

static int
run_doctor (void)
{
  gboolean is_healthy = FALSE;
  g_autofree char *report = mullion_doctor_examine (&is_healthy);

  g_print ("%s", report);

  return is_healthy ? 0 : MULLION_LAUNCHER_FAILED;
}

/* The app does not run. */
static int
run_checklist (const MullionLaunchOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MullionManifest) manifest = mullion_manifest_load (options->target, &error);
  g_autoptr (MullionChecklist) checklist = NULL;
  g_autofree char *report = NULL;

  if (manifest == NULL)
    {
      g_printerr ("mullion: %s\n", error->message);
      return MULLION_LAUNCHER_MISUSED;
    }

  checklist = mullion_checklist_new (manifest);
  report = options->json ? mullion_checklist_dup_json (checklist)
                         : mullion_checklist_dup_report (checklist);
  g_print ("%s%s", report, options->json ? "\n" : "");

  return mullion_checklist_is_clean (checklist) ? 0 : MULLION_LAUNCHER_FAILED;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (MullionLaunchOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  options = mullion_launch_options_parse ((const char *const *) argv, &error);
  if (options == NULL)
    {
      g_printerr ("mullion: %s\nTry \"mullion --help\".\n", error->message);
      return MULLION_LAUNCHER_MISUSED;
    }
  if (options->version)
    {
      g_print ("mullion %s\n", MULLION_VERSION);
      return 0;
    }
  if (options->doctor)
    return options->target != NULL ? run_checklist (options) : run_doctor ();
  return mullion_launcher_run (argv[0], options, gallery);
}
