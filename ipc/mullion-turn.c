/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-turn.h"

/*
 * MullionTurn: bounds what a page may take of one turn of the main loop.
 *
 * Lives in both processes. A page has a channel, and as many ports and streams as it likes up to a
 * limit, and the loop asks all that have something before it goes round to anybody else. What each
 * may take is little, but that of hundreds would keep a window from being painted: so they share it.
 *
 * And they take turns. The loop asks its sources in always the same order, and those in front would
 * leave nothing to the others for as long as they like. So who has had its turn waits until all have
 * that wanted one.
 */

/* For all of them together. Who begins does at least one thing, however long that takes. */
#define TURN_US 4000

struct _MullionTurn
{
  gboolean is_new;   /* the loop has gone round, and nobody has begun since */
  gint64 left;       /* of the time, when the one that works began */
  gint64 end;        /* of the one that works */
  MullionTurnMark n; /* of the round in which everybody has one turn */
  gboolean any_left; /* somebody had to wait, so that the round is not over */
};

MullionTurn *
mullion_turn_new (void)
{
  return g_atomic_rc_box_new0 (MullionTurn);
}

MullionTurn *
mullion_turn_ref (MullionTurn *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
mullion_turn_unref (MullionTurn *self)
{
  g_atomic_rc_box_release (self);
}

void
mullion_turn_renew (MullionTurn *self)
{
  self->is_new = TRUE;
}

static void
begin_anew (MullionTurn *self)
{
  if (!self->any_left)
    self->n++;
  self->any_left = FALSE;
  self->is_new = FALSE;
  self->left = TURN_US;
}

gboolean
mullion_turn_begin (MullionTurn     *self,
                    MullionTurnMark *mark,
                    gint64          *outer)
{
  if (self->is_new)
    begin_anew (self);
  if (*mark == self->n)
    return FALSE;

  if (self->left <= 0)
    {
      self->any_left = TRUE;
      return FALSE;
    }

  *mark = self->n;
  *outer = self->end;
  self->end = g_get_monotonic_time () + self->left;

  return TRUE;
}

/* A handler may have run a loop of its own, in which others had turns: what is left is less then
 * than nothing, and the loop goes round. */
void
mullion_turn_end (MullionTurn *self,
                  gint64       outer)
{
  self->left = self->end - g_get_monotonic_time ();
  self->end = outer;
}

gint64
mullion_turn_get_end (MullionTurn *self)
{
  return self->end;
}

/* -- Sources -- */

typedef struct
{
  GSource parent;

  MullionTurn *turn;
  MullionTurnMark mark;
} TurnSource;

static gboolean
prepare_source (GSource *source,
                int     *timeout)
{
  *timeout = -1;
  mullion_turn_renew (((TurnSource *) source)->turn);

  return FALSE;
}

static gboolean
dispatch_source (GSource     *source,
                 GSourceFunc  callback,
                 gpointer     user_data)
{
  TurnSource *self = (TurnSource *) source;
  gint64 outer;
  gboolean goes_on;

  if (!mullion_turn_begin (self->turn, &self->mark, &outer))
    return G_SOURCE_CONTINUE;

  goes_on = callback (user_data);
  mullion_turn_end (self->turn, outer);

  return goes_on;
}

static void
finalize_source (GSource *source)
{
  mullion_turn_unref (((TurnSource *) source)->turn);
}

static GSourceFuncs source_funcs = {
  .prepare = prepare_source,
  .dispatch = dispatch_source,
  .finalize = finalize_source,
};

GSource *
mullion_turn_add_source (MullionTurn *self,
                         const char  *name,
                         int          priority,
                         GSourceFunc  func,
                         gpointer     user_data)
{
  GSource *source = g_source_new (&source_funcs, sizeof (TurnSource));

  ((TurnSource *) source)->turn = mullion_turn_ref (self);
  g_source_set_name (source, name);
  g_source_set_priority (source, priority);
  g_source_set_callback (source, func, user_data, NULL);
  /* A handler that runs a loop of its own still hears its page. */
  g_source_set_can_recurse (source, TRUE);
  g_source_attach (source, NULL);

  return source;
}
