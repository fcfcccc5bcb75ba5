/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-app.h"
#include "mullion-automation.h"
#include "mullion-menu.h"
#include "mullion-recorder.h"
#include "mullion-web-engine.h"

G_BEGIN_DECLS

typedef struct
{
  MullionIpcMain *ipc;
  MullionWebEngine *engine; /* (nullable) until the first window */
  MullionAutomation *automation; /* (nullable): only where a driver has started the program */

  char *app_path;
  char *name;
  char *version;
  char *policy;  /* (nullable): the default */
  char *origin;
  GPtrArray *allowed_origins;
  MullionGrants *grants; /* (nullable): for windows that have none of their own */
  MullionGrants *audit;  /* (nullable): all is allowed, and here is what was used */
  GHashTable *globals;   /* name → JsonNode */
  MullionRecorder *recorder; /* (nullable) */
  MullionMenu *menu;     /* (nullable) */

  gboolean is_unaccelerated;
  gboolean is_ready;
  gboolean is_replaying; /* there is no display, and nobody looks */
  gboolean is_quitting;
  gboolean has_quit;
  int exit_code;

  guint badge_count;
  gboolean relaunches;
  GStrv relaunch_args; /* (nullable): those of this run */
} MullionAppPrivate;

MullionAppPrivate *mullion_app_get_private (MullionApp *self);
void              mullion_app_configure_scheme (MullionApp *self);

MullionWebEngine *mullion_app_get_engine   (MullionApp *self);

/* (transfer none) (nullable): what writes down the messages of the pages to come */
MullionRecorder  *mullion_app_get_recorder (MullionApp *self);
void              mullion_app_set_recorder (MullionApp      *self,
                                            MullionRecorder *recorder);
/* As the environment asks for it. */
void              mullion_app_record_from_environment (MullionApp *self);
/* A replay has none, and warns of it. */
gboolean          mullion_app_has_windows (MullionApp *self);
/* Makes the app ready, without GTK. */
void              mullion_app_begin_replay (MullionApp *self);
/* After the main loop: where mullion_app_relaunch () was called. @args: (nullable) */
void              mullion_app_start_again  (MullionApp         *self,
                                            const char *const  *args);

/* What the desktop opens: signals, files, and the arguments of a command line after the program. */
void              mullion_app_add_open_signals (GType type);
void              mullion_app_open_files     (MullionApp              *self,
                                              GFile                  **files,
                                              int                      n_files);
void              mullion_app_open_arguments (MullionApp              *self,
                                              GApplicationCommandLine *command_line,
                                              char                   **arguments);

/* What is told of pages after their web contents have told it. */
void              mullion_app_add_page_signals (GType type);

/* A window was asked to close and stays. */
void              mullion_app_cancel_quit  (MullionApp *self);

/* (transfer full): the origins whose documents get the bridge */
JsonArray        *mullion_app_list_origins (MullionApp *self);

/* (nullable) (transfer none): who answers on @channel in the app's place: a UI test */
MullionIpcMain   *mullion_app_find_mock    (MullionApp *self,
                                            const char *channel);

/* (transfer full): a file of the app: @path is relative to the app's folder, absolute, or the
 * address of a resource */
GFile            *mullion_app_resolve_file (MullionApp *self,
                                            const char *path);

G_END_DECLS
