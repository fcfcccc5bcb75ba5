/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-port-quota.h"

#include "mullion-wire.h"

/*
 * MullionPortQuota: keeps a page from using up the file descriptors that the main process has.
 *
 * Lives in the main process, in any thread of it. Each port and stream that came from a page holds the
 * page's quota, and so do those that came through these: there is no way around it.
 */

struct _MullionPortQuota
{
  guint n_ports; /* atomic */
};

MullionPortQuota *
mullion_port_quota_new (void)
{
  return g_atomic_rc_box_new0 (MullionPortQuota);
}

MullionPortQuota *
mullion_port_quota_ref (MullionPortQuota *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
mullion_port_quota_unref (MullionPortQuota *self)
{
  g_atomic_rc_box_release (self);
}

gboolean
mullion_port_quota_take (MullionPortQuota *self,
                         guint             n_ports)
{
  guint held;

  do
    {
      held = g_atomic_int_get (&self->n_ports);
      if (n_ports > MULLION_WIRE_MAX_HELD_PORTS - held)
        return FALSE;
    }
  while (!g_atomic_int_compare_and_exchange (&self->n_ports, held, held + n_ports));

  return TRUE;
}

void
mullion_port_quota_release (MullionPortQuota *self)
{
  guint held = g_atomic_int_add (&self->n_ports, -1);

  g_assert (held > 0);
}
