/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "mullion-frame.h"

G_BEGIN_DECLS

/* Why a stream ended before its end: what the other end said, or what we saw ourselves. */
typedef struct
{
  char *message;
  char *name;       /* (nullable): of an exception of JavaScript */
  char *domain;     /* (nullable): of a GError, with its code */
  int code;
  gboolean is_ours; /* the other end said nothing: it went away, or broke the rules */
} MullionStreamFailure;

MullionStreamFailure *mullion_stream_failure_new       (const char                  *name,
                                                        const char                  *message);
MullionStreamFailure *mullion_stream_failure_new_error (const GError                *error);
MullionStreamFailure *mullion_stream_failure_new_ours  (const GError                *reason);
/* (transfer full) (nullable): NULL when the frame says no such thing. */
MullionStreamFailure *mullion_stream_failure_read      (const MullionFrame          *frame,
                                                        GError                     **error);
void                  mullion_stream_failure_free      (MullionStreamFailure        *self);
/* The body of a frame. */
char                 *mullion_stream_failure_to_json   (const MullionStreamFailure  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionStreamFailure, mullion_stream_failure_free)

G_END_DECLS
