/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-frame-budget.h"

/*
 * MullionFrameBudget: the memory that large frames take, from their first byte until they are freed.
 *
 * Lives in both processes; the main process has one for all ports of a page. Each of them may bring a
 * frame of the largest size, and stop before its last byte: without a common limit the number of
 * ports would be a factor of what a page can make us keep.
 */

struct _MullionFrameBudget
{
  GMutex lock;
  guint64 left;
};

MullionFrameBudget *
mullion_frame_budget_new (guint64 limit)
{
  MullionFrameBudget *self = g_atomic_rc_box_new0 (MullionFrameBudget);

  g_mutex_init (&self->lock);
  self->left = limit;

  return self;
}

MullionFrameBudget *
mullion_frame_budget_ref (MullionFrameBudget *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_mutex_clear (&((MullionFrameBudget *) data)->lock);
}

void
mullion_frame_budget_unref (MullionFrameBudget *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

gboolean
mullion_frame_budget_take (MullionFrameBudget *self,
                           guint64             n_bytes)
{
  gboolean has_room;

  g_mutex_lock (&self->lock);
  has_room = n_bytes <= self->left;
  if (has_room)
    self->left -= n_bytes;
  g_mutex_unlock (&self->lock);

  return has_room;
}

void
mullion_frame_budget_release (MullionFrameBudget *self,
                              guint64             n_bytes)
{
  g_mutex_lock (&self->lock);
  self->left += n_bytes;
  g_mutex_unlock (&self->lock);
}
