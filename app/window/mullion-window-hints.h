/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the window manager is to make of a window. */
typedef enum
{
  MULLION_WINDOW_HINT_ALWAYS_ON_TOP,
  MULLION_WINDOW_HINT_SKIP_TASKBAR,
  MULLION_WINDOW_HINT_ALL_WORKSPACES,
  MULLION_WINDOW_HINT_URGENT,
  MULLION_WINDOW_HINT_UNFOCUSABLE,
  MULLION_N_WINDOW_HINTS,
} MullionWindowHint;

typedef struct _MullionWindowHints MullionWindowHints;

MullionWindowHints *mullion_window_hints_new         (GtkWindow          *window);
void                mullion_window_hints_free        (MullionWindowHints *self);

/* Whether it is new. */
gboolean            mullion_window_hints_set         (MullionWindowHints *self,
                                                      MullionWindowHint   hint,
                                                      gboolean            is_on);
gboolean            mullion_window_hints_get         (MullionWindowHints *self,
                                                      MullionWindowHint   hint);
void                mullion_window_hints_set_opacity (MullionWindowHints *self,
                                                      double              opacity);
double              mullion_window_hints_get_opacity (MullionWindowHints *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionWindowHints, mullion_window_hints_free)

G_END_DECLS
