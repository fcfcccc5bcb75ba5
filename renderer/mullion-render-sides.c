/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-render-sides.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/*
 * MullionRenderSides: the binary values that came with frames, until JavaScript has read them.
 *
 * Lives in the web process. Each value is copied once, right into the memory of its ArrayBuffer, and
 * read from the memfd rather than from a mapping of it: that would fault in each page twice.
 */

struct _MullionRenderSides
{
  GHashTable *sides; /* number → Side */
  guint last_number;
  guint answer; /* the number of the latest answer's, until it is taken */
};

typedef struct
{
  GBytes *bytes; /* (nullable): of a small one */
  int fd;        /* of a large one, or -1 */
  guint64 size;
} Side;

static void
free_side (gpointer data)
{
  Side *side = data;

  g_clear_pointer (&side->bytes, g_bytes_unref);
  if (side->fd >= 0)
    close (side->fd);
  g_free (side);
}

MullionRenderSides *
mullion_render_sides_new (void)
{
  MullionRenderSides *self = g_new0 (MullionRenderSides, 1);

  self->sides = g_hash_table_new_full (NULL, NULL, NULL, free_side);

  return self;
}

void
mullion_render_sides_free (MullionRenderSides *self)
{
  g_hash_table_unref (self->sides);
  g_free (self);
}

guint
mullion_render_sides_add (MullionRenderSides *self,
                          const MullionFrame *frame)
{
  Side *side;

  if (frame->header.side_length == 0)
    return 0;

  side = g_new0 (Side, 1);
  side->size = frame->header.side_length;
  side->fd = frame->side_fd >= 0 ? fcntl (frame->side_fd, F_DUPFD_CLOEXEC, 0) : -1;
  if (frame->side_fd < 0)
    side->bytes = mullion_frame_dup_side (frame, NULL);

  g_hash_table_insert (self->sides, GUINT_TO_POINTER (++self->last_number), side);
  return self->last_number;
}

void
mullion_render_sides_set_answer (MullionRenderSides *self,
                                 const MullionFrame *frame)
{
  mullion_render_sides_remove (self, self->answer);
  self->answer = mullion_render_sides_add (self, frame);
}

guint
mullion_render_sides_take_answer (MullionRenderSides *self)
{
  guint answer = self->answer;

  self->answer = 0;

  return answer;
}

void
mullion_render_sides_remove (MullionRenderSides *self,
                             guint               number)
{
  g_hash_table_remove (self->sides, GUINT_TO_POINTER (number));
}

static gboolean
read_memfd (int       fd,
            guint8   *to,
            gsize     size,
            goffset   at)
{
  while (size > 0)
    {
      gssize n = pread (fd, to, size, at);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      to += n;
      at += n;
      size -= n;
    }

  return TRUE;
}

static gboolean
read_side (const Side *side,
           guint8     *to,
           gsize       size,
           goffset     at)
{
  if (side->bytes == NULL)
    return read_memfd (side->fd, to, size, at);

  memcpy (to, (const guint8 *) g_bytes_get_data (side->bytes, NULL) + at, size);
  return TRUE;
}

JSCValue *
mullion_render_sides_read (MullionRenderSides *self,
                           guint               number,
                           double              at,
                           double              size,
                           JSCContext         *context)
{
  const Side *side = g_hash_table_lookup (self->sides, GUINT_TO_POINTER (number));
  g_autoptr(JSCValue) array = NULL;
  gsize length = 0;
  guint8 *to;

  /* Written so that NaN is refused too. */
  if (side == NULL || !(at >= 0 && size >= 0 && at + size <= (double) side->size))
    return NULL;

  array = jsc_value_new_typed_array (context, JSC_TYPED_ARRAY_UINT8, (gsize) size);
  to = jsc_value_typed_array_get_data (array, &length);
  if (to == NULL || length != (gsize) size || !read_side (side, to, length, (goffset) at))
    return NULL;

  return jsc_value_typed_array_get_buffer (array);
}
