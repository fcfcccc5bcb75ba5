/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-message-stream.h"

G_BEGIN_DECLS

/* Beside those of MullionFraming: a length of 32 bits, the highest byte first, as Node.js puts it
 * before what it serialized. */
#define MULLION_FRAMING_BIG_ENDIAN ((MullionFraming) -1)

/* What is written says itself where it ends. It cannot be read so. */
#define MULLION_FRAMING_NONE ((MullionFraming) -2)

/* What stands behind each message, or 0 where its length stands before it. */
char mullion_message_splitter_get_mark (MullionFraming framing);

/* What is next in the bytes that came. */
typedef enum
{
  MULLION_SPLIT_NOTHING, /* no whole message is there */
  MULLION_SPLIT_MESSAGE,
  MULLION_SPLIT_TOO_LARGE, /* one is over the limit, and left out */
} MullionSplit;

/* Cuts a stream of bytes into messages. */
typedef struct _MullionMessageSplitter MullionMessageSplitter;

MullionMessageSplitter *mullion_message_splitter_new          (MullionFraming          framing);
void                    mullion_message_splitter_free         (MullionMessageSplitter *self);
void                    mullion_message_splitter_set_max_size (MullionMessageSplitter *self,
                                                               gsize                   max_size);

/* Where the next bytes belong, and how many fit there. */
void        *mullion_message_splitter_prepare    (MullionMessageSplitter  *self,
                                                  gsize                   *room);
void         mullion_message_splitter_commit     (MullionMessageSplitter  *self,
                                                  gsize                    n_bytes);
/* @data is the splitter's, until the next call to prepare (). */
MullionSplit mullion_message_splitter_next       (MullionMessageSplitter  *self,
                                                  const char             **data,
                                                  gsize                   *length);
/* How much of a message is there when the stream ends; 0 at its end. */
gsize        mullion_message_splitter_count_rest (MullionMessageSplitter  *self);

G_END_DECLS
