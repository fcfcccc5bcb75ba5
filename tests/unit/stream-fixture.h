/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ipc/mullion-stream-writer.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Both ends of a stream, or one and a peer that says what it is told to. */

#define TIME_LIMIT_SECONDS 120
#define MIB (1024u * 1024)

typedef struct
{
  MullionStreamReader *reader;
  MullionStreamWriter *writer;
  MullionChannel *peer; /* in the place of one of the two: says what it is told to */
  guint n_changed;
  guint64 written;
  guint64 read;
  guint64 length; /* of the stream that pump () writes */
  guint64 credit; /* that the peer got */
  gboolean is_closed; /* of the peer */
  MullionFrameKind last_kind; /* the same */
} Fixture;

static inline void
changed_cb (gpointer user_data)
{
  ((Fixture *) user_data)->n_changed++;
}

static inline void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  Fixture *fixture = user_data;

  fixture->last_kind = frame->header.kind;
  if (frame->header.kind == MULLION_FRAME_STREAM_CREDIT)
    fixture->credit += frame->header.id;
}

static inline void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  ((Fixture *) user_data)->is_closed = TRUE;
}

static const MullionChannelFuncs peer_funcs = { .frame = frame_cb, .closed = closed_cb };

static inline void
make_pair (int *pair)
{
  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
}

static inline MullionChannel *
make_peer (Fixture *fixture,
           int      fd)
{
  MullionChannel *peer = mullion_channel_new (fd, &peer_funcs, fixture);

  mullion_channel_attach (peer, G_PRIORITY_DEFAULT);

  return peer;
}

/* @data: "reader" or "writer": the other end is a peer; NULL: both are there */
static inline void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  gboolean only_reader = g_strcmp0 (data, "reader") == 0;
  gboolean only_writer = g_strcmp0 (data, "writer") == 0;
  int pair[2];

  make_pair (pair);
  if (only_writer)
    fixture->peer = make_peer (fixture, pair[0]);
  else
    fixture->reader = mullion_stream_reader_new (pair[0], G_PRIORITY_DEFAULT, changed_cb, fixture);
  if (only_reader)
    fixture->peer = make_peer (fixture, pair[1]);
  else
    fixture->writer = mullion_stream_writer_new (pair[1], G_PRIORITY_DEFAULT, changed_cb, fixture);
}

static inline void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->reader, mullion_stream_reader_free);
  g_clear_pointer (&fixture->writer, mullion_stream_writer_free);
  if (fixture->peer != NULL)
    g_assert_finalize_object (fixture->peer);
}

static inline gboolean
expire_cb (gpointer user_data)
{
  g_error ("what was waited for did not happen");
  return G_SOURCE_REMOVE;
}

#define wait_until(condition) \
  G_STMT_START { \
    guint limit = g_timeout_add_seconds (TIME_LIMIT_SECONDS, expire_cb, NULL); \
    while (!(condition)) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (limit); \
  } G_STMT_END

static inline void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The byte of a stream at a place: no period that a mistake with parts would hide in. */
static inline guint8
byte_at (guint64 place)
{
  return (place * 2654435761u) >> 13;
}

static inline void
write_exactly (Fixture *fixture,
               gsize    size)
{
  g_autofree guint8 *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = byte_at (fixture->written + i);
  wait_until (mullion_stream_writer_get_room (fixture->writer) >= size);
  g_assert_true (mullion_stream_writer_write (fixture->writer, bytes, size));
  fixture->written += size;
}

/* Reads what is there, and looks at each byte. */
static inline void
read_and_check (Fixture *fixture,
                gsize    step)
{
  g_autofree guint8 *bytes = g_malloc (step);
  gsize n;

  while ((n = mullion_stream_reader_read (fixture->reader, bytes, step)) > 0)
    {
      for (gsize i = 0; i < n; i++)
        g_assert_cmpuint (bytes[i], ==, byte_at (fixture->read + i));
      fixture->read += n;
    }
}

static inline const MullionStreamFailure *
get_reader_failure (Fixture *fixture)
{
  const MullionStreamFailure *failure = NULL;

  wait_until (mullion_stream_reader_is_over (fixture->reader, &failure));

  return failure;
}

static inline const MullionStreamFailure *
get_writer_failure (Fixture *fixture)
{
  const MullionStreamFailure *failure = NULL;

  wait_until (mullion_stream_writer_is_over (fixture->writer, &failure));

  return failure;
}
