/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-byte-meter.h"

#include "mullion-error.h"

/*
 * MullionByteMeter: the binary values of one page that somebody in the main process still has.
 *
 * Lives in the main process. A call that waits for its answer keeps what came with it. A page may
 * make calls as it likes, and must not fill our memory with them.
 */

typedef struct
{
  MullionByteMeter *meter;
  GBytes *bytes;
} Counted;

MullionByteMeter *
mullion_byte_meter_new (void)
{
  return g_atomic_rc_box_new0 (MullionByteMeter);
}

MullionByteMeter *
mullion_byte_meter_ref (MullionByteMeter *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
mullion_byte_meter_unref (MullionByteMeter *self)
{
  g_atomic_rc_box_release (self);
}

static void
release (gpointer data)
{
  Counted *counted = data;

  g_atomic_pointer_add (&counted->meter->n_bytes, -(gssize) g_bytes_get_size (counted->bytes));
  g_bytes_unref (counted->bytes);
  mullion_byte_meter_unref (counted->meter);
  g_free (counted);
}

GBytes *
mullion_byte_meter_count (MullionByteMeter  *self,
                          GBytes            *bytes,
                          GError           **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  gsize before = g_atomic_pointer_add (&self->n_bytes, size);
  Counted *counted;

  if (before + size > MULLION_BYTE_METER_LIMIT)
    {
      g_atomic_pointer_add (&self->n_bytes, -(gssize) size);
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                   "The page has %" G_GSIZE_FORMAT " bytes of binary values waiting, and %"
                   G_GSIZE_FORMAT " more are over the limit", before, size);
      return NULL;
    }

  counted = g_new (Counted, 1);
  counted->meter = mullion_byte_meter_ref (self);
  counted->bytes = g_bytes_ref (bytes);

  return g_bytes_new_with_free_func (data, size, release, counted);
}
