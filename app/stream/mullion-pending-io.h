/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Does what a stream was asked for: FALSE when that cannot be done yet.
 * @n: how many bytes, or -1 with @error */
typedef gboolean (*MullionAttemptFunc) (gpointer   stream,
                                        gpointer   buffer,
                                        gsize      size,
                                        gssize    *n,
                                        GError   **error);

/* The read, write or closing that a stream has begun and could not do yet: it has one at a time. Zero
 * at first. */
typedef struct
{
  MullionAttemptFunc attempt;
  GTask *task;           /* (nullable): NULL when there is none */
  gpointer buffer;
  gsize size;
  GSource *cancellation; /* (nullable) */
} MullionPendingIo;

/* Answers @callback at once, or as soon as the attempt succeeds. */
void     mullion_pending_io_start  (MullionPendingIo    *self,
                                    MullionAttemptFunc   attempt,
                                    gpointer             stream,
                                    gpointer             buffer,
                                    gsize                size,
                                    int                  priority,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean mullion_pending_io_waits  (MullionPendingIo    *self);
/* Tries once more, if somebody waits. May free the stream. */
void     mullion_pending_io_retry  (MullionPendingIo    *self);
/* Takes @error. */
void     mullion_pending_io_abort  (MullionPendingIo    *self,
                                    GError              *error);

/* For the functions that finish: what it came to. */
gssize   mullion_pending_io_finish (gpointer             stream,
                                    GAsyncResult        *result,
                                    GError             **error);

G_END_DECLS
