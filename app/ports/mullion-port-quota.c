/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-port-quota.h"

#include "mullion-wire.h"

/*
 * MullionPortQuota: keeps a page from using up the file descriptors that the main process has, its
 * memory, and the time of its main loop.
 *
 * Lives in the main process, in any thread of it. Each port and stream that came from a page holds the
 * page's quota, and so do those that came through these: there is no way around it.
 */

/* As many of the largest messages as a page may have under way by its ports. */
#define MAX_LARGEST_MESSAGES 4

struct _MullionPortQuota
{
  guint n_ports; /* atomic */
  MullionTurn *turn;
  MullionFrameBudget *budget;
  MullionByteMeter *meter;
};

MullionPortQuota *
mullion_port_quota_new (void)
{
  MullionPortQuota *self = g_atomic_rc_box_new0 (MullionPortQuota);

  self->turn = mullion_turn_new ();
  self->budget =
    mullion_frame_budget_new ((guint64) MAX_LARGEST_MESSAGES * MULLION_WIRE_MAX_LENGTH);
  self->meter = mullion_byte_meter_new ();

  return self;
}

MullionPortQuota *
mullion_port_quota_ref (MullionPortQuota *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  MullionPortQuota *self = data;

  mullion_turn_unref (self->turn);
  mullion_frame_budget_unref (self->budget);
  mullion_byte_meter_unref (self->meter);
}

void
mullion_port_quota_unref (MullionPortQuota *self)
{
  g_atomic_rc_box_release_full (self, clear);
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

MullionTurn *
mullion_port_quota_get_turn (MullionPortQuota *self)
{
  return self->turn;
}

MullionFrameBudget *
mullion_port_quota_get_budget (MullionPortQuota *self)
{
  return self->budget;
}

MullionByteMeter *
mullion_port_quota_get_meter (MullionPortQuota *self)
{
  return self->meter;
}
