/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "mullion-channel-set.h"
#include "mullion-page-host.h"
#include "mullion-record-kind.h"

G_BEGIN_DECLS

/* Writes down what passes between pages and the main process. Counted. */
typedef struct _MullionRecorder MullionRecorder;

/* @line ends with a newline. */
typedef void (*MullionRecorderFunc) (const char *line,
                                     gsize       length,
                                     gpointer    user_data);

typedef struct
{
  const MullionRecordKind *kind;
  guint64 document;
  guint64 id; /* of what has a link, or 0 */
  const char *channel;
  JsonArray *args; /* (nullable) */
  guint n_ports;
} MullionRecordedMessage;

/* @redacted: (transfer full) (nullable): channels whose arguments and answers are left out */
MullionRecorder *mullion_recorder_new          (MullionChannelSet            *redacted,
                                                MullionRecorderFunc           func,
                                                gpointer                      user_data,
                                                GDestroyNotify                user_data_free);
MullionRecorder *mullion_recorder_ref          (MullionRecorder              *self);
void             mullion_recorder_unref        (MullionRecorder              *self);

/* The first line, which says whose recording it is. */
void             mullion_recorder_begin        (MullionRecorder              *self,
                                                const char                   *app_id);
/* The last line; whatever is added afterwards is dropped. */
void             mullion_recorder_end          (MullionRecorder              *self);

void             mullion_recorder_add_event    (MullionRecorder              *self,
                                                MullionPageHost              *host,
                                                MullionFrameKind              frame,
                                                guint64                       document,
                                                JsonNode                     *body);
void             mullion_recorder_add_gone     (MullionRecorder              *self,
                                                MullionPageHost              *host);
void             mullion_recorder_add_message  (MullionRecorder              *self,
                                                MullionPageHost              *host,
                                                const MullionRecordedMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionRecorder, mullion_recorder_unref)

G_END_DECLS
