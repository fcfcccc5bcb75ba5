/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-backlog.h"

#include <unistd.h>

/*
 * MullionBacklog: the bytes of a channel that its socket has not taken yet, in their order, and the
 * file descriptors that travel with some of them.
 *
 * Lives in both processes. A file descriptor has to go with the first byte of its frame, neither
 * sooner nor later: the reader counts on that.
 */

/* A burst that grew beyond this gives its memory back when it is over. */
#define KEPT_SIZE (8u * 1024 * 1024)

typedef struct
{
  int fd;
  gsize position; /* of the byte that it goes with */
} Companion;

struct _MullionBacklog
{
  GByteArray *bytes;
  gsize sent;
  GQueue companions;
};

MullionBacklog *
mullion_backlog_new (void)
{
  MullionBacklog *self = g_new0 (MullionBacklog, 1);

  self->bytes = g_byte_array_new ();
  g_queue_init (&self->companions);

  return self;
}

static void
free_companion (gpointer data)
{
  Companion *companion = data;

  close (companion->fd);
  g_free (companion);
}

void
mullion_backlog_free (MullionBacklog *self)
{
  g_byte_array_unref (self->bytes);
  g_queue_clear_full (&self->companions, free_companion);
  g_free (self);
}

gsize
mullion_backlog_get_size (MullionBacklog *self)
{
  return self->bytes->len - self->sent;
}

static void
compact (MullionBacklog *self)
{
  if (self->sent <= self->bytes->len / 2)
    return;

  g_byte_array_remove_range (self->bytes, 0, self->sent);
  for (GList *l = self->companions.head; l != NULL; l = l->next)
    ((Companion *) l->data)->position -= self->sent;
  self->sent = 0;
}

static void
add_companion (MullionBacklog *self,
               int             fd)
{
  Companion *companion = g_new (Companion, 1);

  companion->fd = fd;
  companion->position = self->bytes->len;
  g_queue_push_tail (&self->companions, companion);
}

void
mullion_backlog_append (MullionBacklog     *self,
                        const struct iovec *parts,
                        gsize               n_parts,
                        gsize               skip,
                        int                 fd)
{
  compact (self);
  if (fd >= 0)
    add_companion (self, fd);

  for (gsize i = 0; i < n_parts; i++)
    {
      gsize skipped = MIN (skip, parts[i].iov_len);

      skip -= skipped;
      g_byte_array_append (self->bytes, (const guint8 *) parts[i].iov_base + skipped,
                           parts[i].iov_len - skipped);
    }
}

void
mullion_backlog_peek (MullionBacklog *self,
                      struct iovec   *part,
                      int            *fd)
{
  Companion *next = g_queue_peek_head (&self->companions);

  *fd = -1;
  if (next != NULL && next->position == self->sent)
    {
      *fd = next->fd;
      next = g_queue_peek_nth (&self->companions, 1);
    }

  part->iov_base = self->bytes->data + self->sent;
  part->iov_len = (next != NULL ? next->position : self->bytes->len) - self->sent;
}

static void
reset (MullionBacklog *self)
{
  if (self->bytes->len > KEPT_SIZE)
    {
      g_byte_array_unref (self->bytes);
      self->bytes = g_byte_array_new ();
    }
  g_byte_array_set_size (self->bytes, 0);
  self->sent = 0;
}

void
mullion_backlog_drop (MullionBacklog *self,
                      gsize           n_bytes)
{
  Companion *next = g_queue_peek_head (&self->companions);

  if (n_bytes > 0 && next != NULL && next->position == self->sent)
    free_companion (g_queue_pop_head (&self->companions));

  self->sent += n_bytes;
  if (self->sent == self->bytes->len)
    reset (self);
}
