/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What passes between the pages of an app and its main process. */
typedef struct _DriverRecording DriverRecording;

/* Which message a test waits for. */
typedef struct
{
  const char *channel;
  const char *direction; /* (nullable): "from-page" or "to-page"; NULL is both */
} DriverMessageWish;

/* Whether there is no use in waiting any longer. */
typedef gboolean (*DriverRecordingIsOver) (gpointer user_data);

DriverRecording *driver_recording_new      (GError                  **error);
void             driver_recording_free     (DriverRecording          *self);

/* The file that the app writes, by a name that it can open. */
const char      *driver_recording_get_path (DriverRecording          *self);
/* Each begins with a line about itself: one that is empty is written elsewhere. */
gboolean         driver_recording_is_empty (DriverRecording          *self);
/* (transfer full): all of it so far, as docs/record-replay.md describes it */
char            *driver_recording_dup_text (DriverRecording          *self,
                                            GError                  **error);
/* (transfer full): the next message that is meant. Those before it are not found any more. */
JsonNode        *driver_recording_wait     (DriverRecording          *self,
                                            const DriverMessageWish  *wish,
                                            guint                     timeout_msec,
                                            DriverRecordingIsOver     is_over,
                                            gpointer                  user_data,
                                            GError                  **error);

G_END_DECLS
