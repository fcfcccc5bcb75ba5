/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ipc/mullion-channel.h"

#include <string.h>

/* Frames as bytes, for those who write them by hand. */

/* That of the reader: frames around this size are the interesting ones. */
#define BUFFER_SIZE (64 * 1024)

static inline void
put_header (GByteArray *bytes,
            guint32     length,
            guint16     kind,
            guint8      flags,
            guint64     id)
{
  MullionFrameHeader header = {
    .length = length, .kind = kind, .flags = flags, .document = 7, .id = id,
  };

  g_byte_array_append (bytes, (const guint8 *) &header, sizeof header);
}

static inline void
put_frame (GByteArray *bytes,
           guint16     kind,
           guint64     id,
           const char *body)
{
  put_header (bytes, strlen (body), kind, 0, id);
  g_byte_array_append (bytes, (const guint8 *) body, strlen (body));
}

/* A body of @length bytes in which no two neighbours are alike. */
static inline char *
make_body (gsize length)
{
  char *body = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    body[i] = 'a' + (i % 23);
  body[length] = '\0';

  return body;
}

static inline void
assert_frame (const MullionFrame *frame,
              guint16             kind,
              guint64             id,
              const char         *body)
{
  g_assert_nonnull (frame);
  g_assert_cmpuint (frame->header.kind, ==, kind);
  g_assert_cmpuint (frame->header.id, ==, id);
  g_assert_cmpuint (frame->header.document, ==, 7);
  g_assert_cmpmem (frame->body, frame->header.length, body, strlen (body));
  g_assert_cmpint (frame->body[frame->header.length], ==, '\0');
}
