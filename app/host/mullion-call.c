/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-call.h"

/*
 * MullionCall: a call of a page that waits for its answer.
 *
 * Lives in the main process. The document that called holds it to cancel it, on the thread of the
 * main loop; the event that answers holds it too, on whatever thread the handler works. Most calls
 * are answered at once and nobody asks for their cancellable, so it is made only then.
 */

MullionCall *
mullion_call_new (guint64 id)
{
  MullionCall *self = g_atomic_rc_box_new0 (MullionCall);

  self->id = id;

  return self;
}

MullionCall *
mullion_call_ref (MullionCall *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  MullionCall *self = data;

  g_clear_object (&self->cancellable);
}

void
mullion_call_unref (MullionCall *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* Returns: (transfer none) */
GCancellable *
mullion_call_get_cancellable (MullionCall *self)
{
  GCancellable *cancellable = g_atomic_pointer_get (&self->cancellable);

  if (cancellable != NULL)
    return cancellable;

  cancellable = g_cancellable_new ();
  if (!g_atomic_pointer_compare_and_exchange (&self->cancellable, NULL, cancellable))
    {
      g_object_unref (cancellable);
      return g_atomic_pointer_get (&self->cancellable);
    }

  /* Here the cancellable is set first and the flag is read second, and below the other way round:
   * one of the two threads sees what the other did. */
  if (g_atomic_int_get (&self->is_cancelled))
    g_cancellable_cancel (cancellable);

  return cancellable;
}

/* Runs whatever is connected to the cancellable. */
void
mullion_call_cancel (MullionCall *self)
{
  GCancellable *cancellable;

  g_atomic_int_set (&self->is_cancelled, TRUE);
  cancellable = g_atomic_pointer_get (&self->cancellable);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}
