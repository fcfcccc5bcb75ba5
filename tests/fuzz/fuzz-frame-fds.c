/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-frame-reader.h"
#include "mullion-side.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);

/*
 * The file descriptors that come with frames, or come and were not announced, or were announced and do
 * not come. The input is a list of pieces, each of one byte, which says what comes along, two bytes of
 * length, and that many bytes of the socket.
 */

#define N_COMPANIONS(what) ((what) & 7)
#define KIND_OF(what) (((what) >> 3) & 3)

/* Above it no descriptor is ever opened here. */
#define MAX_FD 512

/* The only size that a header can announce and have a memfd for. */
#define MEMFD_SIZE (MULLION_WIRE_MAX_INLINE_SIDE + 1)

static int kinds[4];

static int
open_sealed_memfd (void)
{
  static const char bytes[MEMFD_SIZE];
  g_autoptr(MullionSide) side = mullion_side_new ();
  g_autoptr(GError) error = NULL;
  int fd;

  mullion_side_add (side, bytes, sizeof bytes);
  fd = mullion_side_to_memfd (side, &error);
  g_assert_no_error (error);

  return fd;
}

static void
open_kinds (void)
{
  int pair[2];

  if (kinds[0] != 0)
    return;

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  kinds[0] = pair[0];
  kinds[1] = open_sealed_memfd ();
  kinds[2] = open ("/dev/null", O_RDWR | O_CLOEXEC);
  kinds[3] = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

static guint
count_fds (void)
{
  guint n = 0;

  for (int fd = 0; fd < MAX_FD; fd++)
    if (fcntl (fd, F_GETFD) >= 0)
      n++;

  return n;
}

/* The first may be of one kind and the others are sockets: what a frame with a memfd brings. */
static void
add_companions (MullionFrameReader *reader,
                uint8_t             what)
{
  for (guint i = 0; i < N_COMPANIONS (what); i++)
    {
      int fd = fcntl (kinds[i == 0 ? KIND_OF (what) : 0], F_DUPFD_CLOEXEC, 0);

      g_assert_no_errno (fd);
      g_assert_cmpint (fd, <, MAX_FD);
      g_array_append_val (mullion_frame_reader_get_fds (reader), fd);
    }
}

static void
take_frames (MullionFrameReader *reader)
{
  MullionFrame *frame;

  while ((frame = mullion_frame_reader_pop (reader)) != NULL)
    {
      guint n_ports = frame->ports != NULL ? g_unix_fd_list_get_length (frame->ports) : 0;

      g_assert_cmpuint (n_ports, ==, frame->header.n_ports);
      g_assert_true ((frame->side_fd >= 0) ==
                     ((frame->header.flags & MULLION_FRAME_SIDE_IN_MEMFD) != 0));
      mullion_frame_unref (frame);
    }
}

/* FALSE when the rules of the wire were broken. */
static gboolean
feed_piece (MullionFrameReader *reader,
            uint8_t             what,
            const uint8_t      *data,
            size_t              size)
{
  add_companions (reader, what);
  while (size > 0)
    {
      g_autoptr(GError) error = NULL;
      void *place = NULL;
      gsize n = MIN (mullion_frame_reader_prepare (reader, &place), size);

      memcpy (place, data, n);
      if (!mullion_frame_reader_commit (reader, n, &error))
        {
          g_assert_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED);
          return FALSE;
        }
      data += n;
      size -= n;
    }

  take_frames (reader);
  return TRUE;
}

/* Whatever comes, no descriptor stays open, and none is taken for what it is not. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  MullionFrameReader *reader;
  guint n_fds;

  open_kinds ();
  n_fds = count_fds ();
  reader = mullion_frame_reader_new ();

  while (size >= 3)
    {
      size_t length = MIN ((size_t) (data[1] | data[2] << 8), size - 3);

      if (!feed_piece (reader, data[0], data + 3, length))
        break;
      data += 3 + length;
      size -= 3 + length;
    }

  mullion_frame_reader_free (reader);
  g_assert_cmpuint (count_fds (), ==, n_fds);
  return 0;
}
