/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The side area of a frame that is to be sent. */
typedef struct _MullionSide MullionSide;

MullionSide *mullion_side_new          (void);
void         mullion_side_free         (MullionSide        *self);

/* Adds @size bytes at @data, which must stay where they are until the frame was sent. Returns their
 * offset. */
guint64      mullion_side_add          (MullionSide        *self,
                                        const void         *data,
                                        gsize               size);
/* The same; keeps the bytes alive. */
guint64      mullion_side_add_bytes    (MullionSide        *self,
                                        GBytes             *bytes);
guint64      mullion_side_get_size     (const MullionSide  *self);
void         mullion_side_clear        (MullionSide        *self);

/* (transfer full): the area in one piece, for a small one: it may have more parts than one system
 * call takes. */
char        *mullion_side_flatten      (const MullionSide  *self);
/* Returns a sealed memfd with the area, or -1. */
int          mullion_side_to_memfd     (const MullionSide  *self,
                                        GError            **error);

/* For a memfd that came in: it must have exactly @size bytes, and nobody may change them ever. */
gboolean     mullion_side_check_memfd  (int                 fd,
                                        guint64             size,
                                        GError            **error);
/* (transfer full) (nullable): the bytes of such a memfd, without a copy. */
GBytes      *mullion_side_map          (int                 fd,
                                        guint64             size,
                                        GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionSide, mullion_side_free)

G_END_DECLS
