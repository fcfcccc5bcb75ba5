/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-frame-reader.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);

/* Gives the reader all bytes, @piece at a time at most, or as many as it has room for. */
static gboolean
feed (MullionFrameReader  *reader,
      const uint8_t       *data,
      size_t               size,
      size_t               piece,
      GError             **error)
{
  while (size > 0)
    {
      void *place = NULL;
      gsize room = mullion_frame_reader_prepare (reader, &place);
      gsize n = MIN (MIN (room, piece), size);

      g_assert_cmpuint (room, >, 0);
      memcpy (place, data, n);
      if (!mullion_frame_reader_commit (reader, n, error))
        return FALSE;

      data += n;
      size -= n;
    }

  return TRUE;
}

static void
assert_same_frames (MullionFrameReader *whole,
                    MullionFrameReader *pieces)
{
  MullionFrame *frame;

  while ((frame = mullion_frame_reader_pop (whole)) != NULL)
    {
      MullionFrame *other = mullion_frame_reader_pop (pieces);

      g_assert_nonnull (other);
      g_assert_cmpuint (frame->header.length, <=, MULLION_WIRE_MAX_LENGTH);
      g_assert_cmpmem (&frame->header, sizeof frame->header, &other->header, sizeof other->header);
      g_assert_cmpmem (frame->body, frame->header.length, other->body, other->header.length);
      g_assert_cmpint (frame->body[frame->header.length], ==, '\0');
      mullion_frame_unref (frame);
      mullion_frame_unref (other);
    }

  g_assert_true (mullion_frame_reader_is_empty (pieces));
}

/* Whatever comes, and in whatever pieces, it makes the same frames and ends in the same way. The
 * first byte says how long the pieces are. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(MullionFrameReader) whole = mullion_frame_reader_new ();
  g_autoptr(MullionFrameReader) pieces = mullion_frame_reader_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) other_error = NULL;
  gboolean is_good;

  if (size == 0)
    return 0;

  is_good = feed (whole, data + 1, size - 1, SIZE_MAX, &error);
  g_assert_cmpint (is_good, ==, feed (pieces, data + 1, size - 1, data[0] + 1, &other_error));
  if (!is_good)
    {
      g_assert_true (g_error_matches (error, MULLION_CHANNEL_ERROR,
                                      MULLION_CHANNEL_ERROR_MALFORMED));
      g_assert_cmpstr (error->message, ==, other_error->message);
    }

  assert_same_frames (whole, pieces);
  return 0;
}
