/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-option-table.h"
#include "mullion-web-preferences.h"

G_BEGIN_DECLS

#define MULLION_WINDOW_NO_PLACE G_MININT

/* What the options of a window say, and functions of the window after them. */
typedef struct
{
  int width;                    /* default 800 */
  int height;                   /* default 600 */
  int min_width;                /* 0: no limit, here and below */
  int min_height;
  int max_width;
  int max_height;
  gboolean use_content_size;
  int x;                        /* MULLION_WINDOW_NO_PLACE: where it falls, here and below */
  int y;
  gboolean center;

  char *name;                   /* (nullable): under which its state is kept */
  JsonNode *persistence;        /* (nullable): windowStatePersistence as it came */
  gboolean keeps_bounds;        /* what of it is to be kept; both FALSE without a good name */
  gboolean keeps_mode;

  char *title;                  /* (nullable): the name of the app */
  char *icon;                   /* (nullable): icon name, or path of a picture */
  char *title_bar_style;        /* (nullable) */
  JsonNode *title_bar_overlay;  /* (nullable): as it came */
  gboolean has_controls;        /* what of it there is to do */
  int overlay_height;           /* 0: as high as the theme has them */
  gboolean transparent;
  MullionOptionColor background;

  gboolean show;                /* default TRUE, as are the next five */
  gboolean resizable;
  gboolean frame;
  gboolean closable;
  gboolean full_screenable;
  gboolean focusable;
  gboolean full_screen;         /* fullscreen or kiosk */
  gboolean kiosk;
  gboolean maximized;
  gboolean always_on_top;
  gboolean skip_taskbar;
  double opacity;               /* default 1 */
  gboolean modal;
  int parent;                   /* the id of a window, or 0 */

  JsonObject *preferences;      /* (nullable): webPreferences as they came */
} MullionWindowOptions;

MullionWindowOptions *mullion_window_options_new       (JsonObject           *object);
void                  mullion_window_options_free      (MullionWindowOptions *self);
const MullionOption  *mullion_window_options_get_table (gsize                *n_rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionWindowOptions, mullion_window_options_free)

G_END_DECLS
