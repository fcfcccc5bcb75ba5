/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-port-quota.h"

#include "mullion-wire.h"

/*
 * MullionPortQuota: keeps a page from using up the file descriptors that the main process has.
 *
 * Lives in the main process. Each port that came from a page holds the page's quota, and so do ports
 * that came through these: there is no way around it.
 */

struct _MullionPortQuota
{
  guint n_ports;
};

MullionPortQuota *
mullion_port_quota_new (void)
{
  return g_rc_box_new0 (MullionPortQuota);
}

MullionPortQuota *
mullion_port_quota_ref (MullionPortQuota *self)
{
  return g_rc_box_acquire (self);
}

void
mullion_port_quota_unref (MullionPortQuota *self)
{
  g_rc_box_release (self);
}

gboolean
mullion_port_quota_take (MullionPortQuota *self,
                         guint             n_ports)
{
  if (n_ports > MULLION_WIRE_MAX_HELD_PORTS - self->n_ports)
    return FALSE;

  self->n_ports += n_ports;
  return TRUE;
}

void
mullion_port_quota_release (MullionPortQuota *self)
{
  g_assert (self->n_ports > 0);

  self->n_ports--;
}
