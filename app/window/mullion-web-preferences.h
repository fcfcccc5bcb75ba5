/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-option-table.h"
#include "mullion-types.h"

G_BEGIN_DECLS

/* What `webPreferences` of a window says, read once and never changed. */
typedef struct
{
  char *preload;                    /* (nullable): path below the app path, or absolute */
  gboolean dev_tools;               /* default TRUE */
  double zoom_factor;               /* default 1.0 */
  gboolean javascript;              /* default TRUE */
  char *partition;                  /* (nullable): "persist:NAME" is kept, any other name is in memory */
  GStrv additional_arguments;       /* (nullable): appended to process.argv of the preload */
  gboolean preload_in_sub_frames;   /* Electron's nodeIntegrationInSubFrames, default FALSE */
  gboolean enable_remote;           /* Electron's old enableRemoteModule, default FALSE */
  gboolean reload_after_crash;      /* default FALSE */
  JsonArray *grants_option;         /* (nullable): as it came, and … */
  MullionGrants *grants;            /* (nullable): … what it says; NULL: the app's */
} MullionWebPreferences;

MullionWebPreferences *mullion_web_preferences_new  (void);
void                   mullion_web_preferences_free (MullionWebPreferences *self);

/* Reads a `webPreferences` object; unknown, unsafe and ill-typed members are warned about and left
 * at their defaults. */
MullionWebPreferences *mullion_web_preferences_new_from_json (JsonObject *object);

/* Every option of webPreferences that is known, for the tests of the documentation. */
const MullionOption *mullion_web_preferences_get_table (gsize *n_rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionWebPreferences, mullion_web_preferences_free)

G_END_DECLS
