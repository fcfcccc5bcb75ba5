/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-channel.h"

G_BEGIN_DECLS

typedef struct _MullionFrameReader MullionFrameReader;

MullionFrameReader *mullion_frame_reader_new     (void);
void                mullion_frame_reader_free    (MullionFrameReader  *self);

/* Frames with a longer body break the rules: MULLION_WIRE_MAX_LENGTH at first. */
void                mullion_frame_reader_set_max_length (MullionFrameReader *self,
                                                         guint32             max_length);

/* What the frames share with others that are larger than the reader's buffer. */
void                mullion_frame_reader_set_budget (MullionFrameReader *self,
                                                     MullionFrameBudget *budget);

/* Where the next bytes belong, and how many fit there. */
gsize               mullion_frame_reader_prepare (MullionFrameReader  *self,
                                                  void               **data);
/* Of int, which are the reader's: what came with those bytes is to be appended before they are
 * committed. */
GArray             *mullion_frame_reader_get_fds (MullionFrameReader  *self);
/* Takes @n_bytes that were put there. FALSE when they break the rules of the wire. */
gboolean            mullion_frame_reader_commit  (MullionFrameReader  *self,
                                                  gsize                n_bytes,
                                                  GError             **error);
/* (transfer full) (nullable): the next whole frame. */
MullionFrame       *mullion_frame_reader_pop     (MullionFrameReader  *self);
gboolean            mullion_frame_reader_is_empty (MullionFrameReader *self);
/* Whether there is not even a part of a frame. */
gboolean            mullion_frame_reader_is_untouched (const MullionFrameReader *self);
/* Takes the first frame of this kind and id out of the order; %G_MAXUINT64 stands for any id. */
MullionFrame       *mullion_frame_reader_steal   (MullionFrameReader  *self,
                                                  MullionFrameKind     kind,
                                                  guint64              id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionFrameReader, mullion_frame_reader_free)

G_END_DECLS
