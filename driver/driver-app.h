/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-process.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define DRIVER_TYPE_APP (driver_app_get_type ())
G_DECLARE_FINAL_TYPE (DriverApp, driver_app, DRIVER, APP, GObject)

/* Where a page is in its window: see mullion-automation-place.h. */
typedef struct
{
  guint id;      /* the app's, of the window */
  gulong window; /* X11's; 0 elsewhere */
  int x;
  int y;
  int width;
  int height;
  int scale;
} DriverPlace;

/* @argv: the program and its arguments; @environ: what is added to the driver's own, as NAME=VALUE;
 * @recording: the file that gets its messages, if @environ names no other; @inspector_port: where
 * WebKit's driver will find its pages. */
DriverApp *driver_app_launch          (const char * const  *argv,
                                       const char * const  *environ,
                                       const char          *folder,
                                       const char          *recording,
                                       guint                inspector_port,
                                       GError             **error);

/* Returns once a window has shown its page; 0 is none. */
guint      driver_app_wait_for_window (DriverApp           *self,
                                       guint                timeout_msec,
                                       GError             **error);
GArray    *driver_app_list_windows    (DriverApp           *self,
                                       GError             **error);
gboolean   driver_app_offer           (DriverApp           *self,
                                       guint                window,
                                       GError             **error);
gboolean   driver_app_activate        (DriverApp           *self,
                                       guint                window,
                                       GError             **error);
gboolean   driver_app_get_place       (DriverApp           *self,
                                       guint                window,
                                       DriverPlace         *place,
                                       GError             **error);
/* Returns once the page has heard of @n_events that the display was sent, of which some are
 * motions. */
gboolean   driver_app_settle          (DriverApp           *self,
                                       guint                window,
                                       guint                n_events,
                                       guint                n_motions,
                                       GError             **error);

/* (transfer full) */
char      *driver_app_get_clipboard   (DriverApp           *self,
                                       GError             **error);
gboolean   driver_app_set_clipboard   (DriverApp           *self,
                                       const char          *text,
                                       GError             **error);

/* Has the app do what mullion-automation-ask.c knows. @args: a JSON object. Returns: (transfer full):
 * what it answers */
JsonNode  *driver_app_ask             (DriverApp           *self,
                                       guint                window,
                                       const char          *command,
                                       JsonNode            *args,
                                       GError             **error);

/* (transfer full): the answer of one of the methods in mullion-automation-input.c */
GVariant  *driver_app_call_input      (DriverApp           *self,
                                       const char          *method,
                                       GVariant            *args,
                                       const GVariantType  *type,
                                       GError             **error);

/* (transfer full): what it has written to its standard output and error since the last time */
char      *driver_app_take_log        (DriverApp           *self);
void       driver_app_kill            (DriverApp           *self,
                                       int                  signal_number);

/* When the app ends, @process is killed: nobody shall wait for an answer about pages that are
 * gone. */
void       driver_app_take_along      (DriverApp           *self,
                                       DriverProcess       *process);

int        driver_app_get_pid         (DriverApp           *self);
/* Whether it has, or does within so much time. */
gboolean   driver_app_has_ended       (DriverApp           *self,
                                       guint                patience_msec);
/* Asks it to quit; one that does not is killed. */
void       driver_app_end             (DriverApp           *self);

G_END_DECLS
