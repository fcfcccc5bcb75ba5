/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-message-splitter.h"

G_BEGIN_DECLS

typedef struct
{
  /* @data is the reader's, until the function returns. */
  void (*message) (const char   *data,
                   gsize         length,
                   gpointer      owner);
  /* A message is lost, and the stream goes on. */
  void (*error)   (const GError *error,
                   gpointer      owner);
  /* Nothing more will come. @reason: (nullable): NULL at the end of the stream */
  void (*ended)   (const GError *reason,
                   gpointer      owner);
} MullionMessageReaderFuncs;

/* Reads messages from a stream, and calls its owner from the main loop. */
typedef struct _MullionMessageReader MullionMessageReader;

MullionMessageReader *mullion_message_reader_new          (GInputStream                    *stream,
                                                           MullionFraming                   framing,
                                                           const MullionMessageReaderFuncs *funcs,
                                                           gpointer                         owner);
/* Stops reading, forgets the owner and gives up the caller's reference. */
void                  mullion_message_reader_close        (MullionMessageReader *self);
/* The same, and closes the stream. */
void                  mullion_message_reader_close_stream (MullionMessageReader *self);
void                  mullion_message_reader_set_max_size (MullionMessageReader *self,
                                                           gsize                 max_size);
/* Whether more is read: yes at first. */
void                  mullion_message_reader_set_reading  (MullionMessageReader *self,
                                                           gboolean              reading);
/* What the next message is called in errors: they are counted from 1. */
guint64               mullion_message_reader_get_count    (MullionMessageReader *self);

G_END_DECLS
