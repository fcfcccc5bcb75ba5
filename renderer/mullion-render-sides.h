/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <jsc/jsc.h>

#include "mullion-channel.h"

G_BEGIN_DECLS

/* The side areas of frames whose messages have not all been read yet. */
typedef struct _MullionRenderSides MullionRenderSides;

MullionRenderSides *mullion_render_sides_new     (void);
void                mullion_render_sides_free    (MullionRenderSides  *self);

/* Keeps the side area of @frame. Returns its number, or 0 if there is none. */
guint               mullion_render_sides_add     (MullionRenderSides  *self,
                                                  const MullionFrame  *frame);
/* The same for the answer to a synchronous message, and its number, once. */
void                mullion_render_sides_set_answer  (MullionRenderSides *self,
                                                      const MullionFrame *frame);
guint               mullion_render_sides_take_answer (MullionRenderSides *self);
void                mullion_render_sides_remove  (MullionRenderSides  *self,
                                                  guint                number);
/* (transfer full) (nullable): an ArrayBuffer of @context with a part of one; NULL if that is not in
 * there. */
JSCValue           *mullion_render_sides_read    (MullionRenderSides  *self,
                                                  guint                number,
                                                  double               at,
                                                  double               size,
                                                  JSCContext          *context);

G_END_DECLS
