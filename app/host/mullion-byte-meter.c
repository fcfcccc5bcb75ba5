/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-byte-meter.h"

#include "mullion-error.h"

/*
 * MullionByteMeter: what somebody in the main process still has of one page: its binary values, and
 * what its ports were told for an end that does not read.
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

gboolean
mullion_byte_meter_take (MullionByteMeter  *self,
                         gsize              n_bytes,
                         GError           **error)
{
  gsize before = g_atomic_pointer_add (&self->n_bytes, n_bytes);

  if (before + n_bytes <= MULLION_BYTE_METER_LIMIT)
    return TRUE;

  mullion_byte_meter_release (self, n_bytes);
  g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
               "The page has %" G_GSIZE_FORMAT " bytes waiting in the main process, and %"
               G_GSIZE_FORMAT " more are over the limit", before, n_bytes);
  return FALSE;
}

void
mullion_byte_meter_release (MullionByteMeter *self,
                            gsize             n_bytes)
{
  g_atomic_pointer_add (&self->n_bytes, -(gssize) n_bytes);
}

static void
release (gpointer data)
{
  Counted *counted = data;

  mullion_byte_meter_release (counted->meter, g_bytes_get_size (counted->bytes));
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
  Counted *counted;

  if (!mullion_byte_meter_take (self, size, error))
    return NULL;

  counted = g_new (Counted, 1);
  counted->meter = mullion_byte_meter_ref (self);
  counted->bytes = g_bytes_ref (bytes);

  return g_bytes_new_with_free_func (data, size, release, counted);
}
