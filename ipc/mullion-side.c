/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-side.h"

#include "mullion-channel.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/*
 * MullionSide: the bytes of the binary values of one frame, gathered from where they lie.
 *
 * Lives in both processes. A sender copies once, into a memfd that it then seals, and a receiver maps
 * that: so 16 MiB cost no more system calls than 16 bytes. The receiver trusts the seals and not the
 * sender: without them the bytes could change, or end, while a handler reads them.
 */

#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

struct _MullionSide
{
  GArray *parts;    /* of struct iovec, padding among them */
  GPtrArray *bytes; /* what the parts belong to, where we keep it */
  guint64 size;
};

/* Mappings whose memfd is kept, so that it can be sent on: file descriptors are few. */
#define MAX_KEPT_MEMFDS 64

typedef struct
{
  void *address;
  gsize size;
  int fd; /* (owned): or -1 */
} Mapping;

static GMutex lock;
static GHashTable *kept_mappings; /* address → Mapping; NULL until the first */

MullionSide *
mullion_side_new (void)
{
  MullionSide *self = g_new0 (MullionSide, 1);

  self->parts = g_array_new (FALSE, FALSE, sizeof (struct iovec));
  self->bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  return self;
}

void
mullion_side_free (MullionSide *self)
{
  g_array_unref (self->parts);
  g_ptr_array_unref (self->bytes);
  g_free (self);
}

static void
append (MullionSide *self,
        const void  *data,
        gsize        size)
{
  struct iovec part = { (void *) data, size };

  if (size == 0)
    return;

  g_array_append_val (self->parts, part);
  self->size += size;
}

guint64
mullion_side_add (MullionSide *self,
                  const void  *data,
                  gsize        size)
{
  static const char padding[MULLION_WIRE_SIDE_ALIGNMENT];
  guint64 offset;

  append (self, padding, -self->size % MULLION_WIRE_SIDE_ALIGNMENT);
  offset = self->size;
  append (self, data, size);

  return offset;
}

guint64
mullion_side_add_bytes (MullionSide *self,
                        GBytes      *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  g_ptr_array_add (self->bytes, g_bytes_ref (bytes));

  return mullion_side_add (self, data, size);
}

guint64
mullion_side_get_size (const MullionSide *self)
{
  return self->size;
}

void
mullion_side_clear (MullionSide *self)
{
  g_array_set_size (self->parts, 0);
  g_ptr_array_set_size (self->bytes, 0);
  self->size = 0;
}

char *
mullion_side_flatten (const MullionSide *self)
{
  char *bytes = g_malloc (self->size);
  char *at = bytes;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const struct iovec *part = &g_array_index (self->parts, struct iovec, i);

      memcpy (at, part->iov_base, part->iov_len);
      at += part->iov_len;
    }

  return bytes;
}

static gboolean
fail_with_errno (const char  *what,
                 GError     **error)
{
  int saved_errno = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), "%s: %s", what,
               g_strerror (saved_errno));

  return FALSE;
}

/* The memfd that came in with exactly these bytes, to be sent on as it is, or -1. An echo, and what one
 * page sends to another by way of main, are not copied. */
static int
dup_memfd_of (struct iovec part)
{
  Mapping *mapping;
  int fd = -1;

  g_mutex_lock (&lock);
  mapping = kept_mappings != NULL ? g_hash_table_lookup (kept_mappings, part.iov_base) : NULL;
  if (mapping != NULL && mapping->size == part.iov_len)
    fd = fcntl (mapping->fd, F_DUPFD_CLOEXEC, 0);
  g_mutex_unlock (&lock);

  return fd;
}

static gboolean
write_part (int           fd,
            struct iovec  part,
            GError      **error)
{
  while (part.iov_len > 0)
    {
      gssize n = write (fd, part.iov_base, part.iov_len);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_with_errno ("Writing to a memfd failed", error);
      part.iov_base = (char *) part.iov_base + n;
      part.iov_len -= n;
    }

  return TRUE;
}

/* Written and not mapped: pages that a write fills are neither zeroed before nor faulted in. */
static gboolean
fill_memfd (const MullionSide  *self,
            int                 fd,
            GError            **error)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (!write_part (fd, g_array_index (self->parts, struct iovec, i), error))
      return FALSE;

  if (fcntl (fd, F_ADD_SEALS, SEALS) != 0)
    return fail_with_errno ("Sealing a memfd failed", error);

  return TRUE;
}

int
mullion_side_to_memfd (const MullionSide  *self,
                       GError            **error)
{
  int fd = self->parts->len == 1 ? dup_memfd_of (g_array_index (self->parts, struct iovec, 0)) : -1;

  if (fd >= 0)
    return fd;

  fd = memfd_create ("mullion-side", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0)
    {
      fail_with_errno ("Making a memfd failed", error);
      return -1;
    }
  if (!fill_memfd (self, fd, error))
    {
      close (fd);
      return -1;
    }

  return fd;
}

/* A hole would be filled by who reads it, with the reader's memory, and where that is short the
 * reader dies of SIGBUS. st_blocks counts 512 bytes each, whatever the file system's are. */
static gboolean
has_holes (const struct stat *info)
{
  return (guint64) info->st_blocks * 512 < (guint64) info->st_size;
}

gboolean
mullion_side_check_memfd (int       fd,
                          guint64   size,
                          GError  **error)
{
  struct stat info;
  /* Fails for everything that is no memfd. */
  int seals = fcntl (fd, F_GET_SEALS);

  if (seals < 0 || (seals & SEALS) != SEALS || fstat (fd, &info) != 0)
    {
      g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                           "The side area of a frame is no sealed memfd");
      return FALSE;
    }
  if (info.st_size < 0 || (guint64) info.st_size != size)
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                   "The side area of a frame has %" G_GINT64_FORMAT " bytes and not the announced "
                   "%" G_GUINT64_FORMAT, (gint64) info.st_size, size);
      return FALSE;
    }
  if (has_holes (&info))
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                   "The side area of a frame is of %" G_GUINT64_FORMAT " bytes and not all of them "
                   "were written", size);
      return FALSE;
    }

  return TRUE;
}

static void
unmap (gpointer data)
{
  Mapping *mapping = data;

  if (mapping->fd >= 0)
    {
      g_mutex_lock (&lock);
      g_hash_table_remove (kept_mappings, mapping->address);
      g_mutex_unlock (&lock);
      close (mapping->fd);
    }
  munmap (mapping->address, mapping->size);
  g_free (mapping);
}

static void
keep_memfd (Mapping *mapping,
            int      fd)
{
  g_mutex_lock (&lock);
  if (kept_mappings == NULL)
    kept_mappings = g_hash_table_new (NULL, NULL);
  if (g_hash_table_size (kept_mappings) < MAX_KEPT_MEMFDS)
    mapping->fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  if (mapping->fd >= 0)
    g_hash_table_insert (kept_mappings, mapping->address, mapping);
  g_mutex_unlock (&lock);
}

GBytes *
mullion_side_map (int       fd,
                  guint64   size,
                  GError  **error)
{
  void *address = mmap (NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
  Mapping *mapping;

  if (address == MAP_FAILED)
    {
      fail_with_errno ("Mapping the side area of a frame failed", error);
      return NULL;
    }

  mapping = g_new (Mapping, 1);
  mapping->address = address;
  mapping->size = size;
  mapping->fd = -1;
  keep_memfd (mapping, fd);

  return g_bytes_new_with_free_func (address, size, unmap, mapping);
}
