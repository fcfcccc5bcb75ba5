/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* Looks whether there is something to do outside of the page, such as a dialog to answer, and
 * does it. It is called after each turn of the main loop while a scenario runs. */
typedef void (*GalleryAssist) (void);

typedef struct
{
  const char *name;     /* tests/ui/gallery/NAME.js, and NAME-peer.js when @peers is not 0 */
  const char *picture;  /* (nullable): the name of the picture, when it is not @name */
  GalleryAssist assist; /* (nullable) */
  guint peers;          /* how many more windows it opens, each of which runs the peer script */
  gboolean again;       /* the page dies in it, and comes back to NAME-again.js */
  int width;            /* of the window in pixels; 0 for 1280 */
  gboolean dark;
} GalleryScenario;

void                  gallery_fixture_start      (void);
void                  gallery_fixture_stop       (void);
MullionBrowserWindow *gallery_fixture_get_window (void);
void                  gallery_fixture_run        (const GalleryScenario *scenario);

G_END_DECLS
