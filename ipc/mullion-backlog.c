/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-backlog.h"

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
  GUnixFDList *fds;
  guint64 memfd_size;
  gsize position; /* of the byte that they go with */
} Companion;

struct _MullionBacklog
{
  GByteArray *bytes;
  gsize sent;
  GQueue companions;
  guint64 memfd_size; /* of all companions */
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

  g_object_unref (companion->fds);
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
mullion_backlog_get_size (const MullionBacklog *self)
{
  return self->bytes->len - self->sent;
}

guint64
mullion_backlog_get_memfd_size (const MullionBacklog *self)
{
  return self->memfd_size;
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
               GUnixFDList    *fds,
               guint64         memfd_size)
{
  Companion *companion = g_new (Companion, 1);

  companion->fds = g_object_ref (fds);
  companion->memfd_size = memfd_size;
  companion->position = self->bytes->len;
  g_queue_push_tail (&self->companions, companion);
  self->memfd_size += memfd_size;
}

void
mullion_backlog_append (MullionBacklog     *self,
                        const struct iovec *parts,
                        gsize               n_parts,
                        gsize               skip,
                        GUnixFDList        *fds,
                        guint64             memfd_size)
{
  compact (self);
  if (fds != NULL)
    add_companion (self, fds, memfd_size);

  for (gsize i = 0; i < n_parts; i++)
    {
      gsize skipped = MIN (skip, parts[i].iov_len);

      skip -= skipped;
      if (skipped == parts[i].iov_len)
        continue;
      g_byte_array_append (self->bytes, (const guint8 *) parts[i].iov_base + skipped,
                           parts[i].iov_len - skipped);
    }
}

GUnixFDList *
mullion_backlog_peek (MullionBacklog *self,
                      struct iovec   *part,
                      guint64        *memfd_size)
{
  Companion *next = g_queue_peek_head (&self->companions);
  Companion *following = next;
  gboolean begins_here = next != NULL && next->position == self->sent;

  /* Up to the next bytes that have companions of their own. */
  if (begins_here)
    following = g_queue_peek_nth (&self->companions, 1);

  part->iov_base = self->bytes->data + self->sent;
  part->iov_len = (following != NULL ? following->position : self->bytes->len) - self->sent;
  *memfd_size = begins_here ? next->memfd_size : 0;

  return begins_here ? next->fds : NULL;
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
    {
      self->memfd_size -= next->memfd_size;
      free_companion (g_queue_pop_head (&self->companions));
    }

  self->sent += n_bytes;
  if (self->sent == self->bytes->len)
    reset (self);
}
