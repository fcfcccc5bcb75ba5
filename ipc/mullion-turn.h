/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What all that belongs to one page may take of a turn of the main loop. Counted; for the thread of
 * the loop, but for its references. */
typedef struct _MullionTurn MullionTurn;

/* Of each that shares it, 0 at first: when it had its turn. */
typedef guint64 MullionTurnMark;

MullionTurn *mullion_turn_new      (void);
MullionTurn *mullion_turn_ref      (MullionTurn     *self);
void         mullion_turn_unref    (MullionTurn     *self);

/* The loop goes round: for the prepare function of each source that shares the turn. */
void         mullion_turn_renew    (MullionTurn     *self);
/* Whether the caller may work now. If not, it is to leave everything as it is, so that the loop asks
 * again when it has gone round.
 * @outer: (out): to be given back at the end */
gboolean     mullion_turn_begin    (MullionTurn     *self,
                                    MullionTurnMark *mark,
                                    gint64          *outer);
void         mullion_turn_end      (MullionTurn     *self,
                                    gint64           outer);
/* When the one that works has to stop, in monotonic time. */
gint64       mullion_turn_get_end  (MullionTurn     *self);

/* A source of the default main loop that calls @func in its turn, from when its ready time is set.
 * Returns: (transfer full) */
GSource     *mullion_turn_add_source (MullionTurn     *self,
                                      const char      *name,
                                      int              priority,
                                      GSourceFunc      func,
                                      gpointer         user_data);

G_END_DECLS
