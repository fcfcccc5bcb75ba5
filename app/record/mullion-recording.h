/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "mullion-record-kind.h"

G_BEGIN_DECLS

/* A line of a recording, the first one aside. */
typedef struct
{
  guint number; /* in its file, from 1 on; 0 outside of one */
  JsonNode *node; /* (owned): what the rest points into */

  guint contents;
  guint64 page;
  guint64 document; /* or 0 */

  const char *event; /* (nullable): of what is no message; see MullionRecordEvent */
  JsonNode *body;    /* (nullable): of an event */

  const MullionRecordKind *kind; /* (nullable): of a message */
  guint64 id;
  const char *channel;
  const char *outcome;  /* (nullable): of an answer of the page */
  JsonNode *args;       /* (nullable): NULL when they are left out */
  const char *omitted;  /* (nullable): why */
  guint n_ports;
} MullionRecordingLine;

MullionRecordingLine *mullion_recording_line_new  (const char            *text,
                                                   gsize                  length,
                                                   GError               **error);
void                  mullion_recording_line_free (MullionRecordingLine  *self);

/* What mullion_recorder_begin () and those after it wrote. */
typedef struct
{
  char *app_id;
  GPtrArray *lines;     /* of MullionRecordingLine */
  gboolean is_complete; /* the run came to its end */
} MullionRecording;

/* Errors name the file and the line. */
MullionRecording     *mullion_recording_load      (const char            *path,
                                                   GError               **error);
void                  mullion_recording_free      (MullionRecording      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionRecordingLine, mullion_recording_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionRecording, mullion_recording_free)

G_END_DECLS
