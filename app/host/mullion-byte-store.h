/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "mullion-frame-ports.h"
#include "mullion-port-quota.h"
#include "mullion-side.h"
#include "mullion-stream-end.h"

G_BEGIN_DECLS

/* Keeps the binary values and streams alive that some nodes name. Counted; may be let go in any
 * thread. */
typedef struct _MullionByteHold MullionByteHold;

MullionByteHold *mullion_byte_hold_ref        (MullionByteHold  *self);
void             mullion_byte_hold_unref      (MullionByteHold  *self);
/* Lets go when the main loop has done all else: whoever is called until then finds the bytes. */
void             mullion_byte_hold_unref_later (MullionByteHold *self);

/* (transfer full) (nullable): what @value, or one of @values, names; NULL if that is nothing. */
MullionByteHold *mullion_byte_hold_new        (JsonNode         *value);
MullionByteHold *mullion_byte_hold_new_array  (JsonArray        *values);

/* Whether any node names bytes. */
gboolean         mullion_byte_store_is_used   (void);

/* (transfer full): the tag of an ArrayBuffer with @bytes. */
JsonNode        *mullion_byte_store_add       (GBytes           *bytes);
/* (transfer full) (nullable): the bytes of such a tag. */
GBytes          *mullion_byte_store_lookup    (JsonObject       *tag);

/* Takes @stream. (transfer full): the tag of a ReadableStream or WritableStream. */
JsonNode         *mullion_byte_store_add_stream (MullionStreamEnd *stream);
/* Whether @tag is one of a stream, known or not. */
gboolean          mullion_byte_store_is_stream  (JsonObject       *tag);
/* (transfer full) (nullable): the stream of such a tag. */
MullionStreamEnd *mullion_byte_store_lookup_stream (JsonObject  *tag);

/* Gives the tags of a frame that came in names of their own for their bytes, which are in @side, and
 * their sockets, which are taken from @ports (nullable) and counted by @quota, and makes texts of the
 * tags of texts there. In any thread.
 * (nullable) (transfer full): NULL if one of them is not in there. */
MullionByteHold *mullion_byte_store_receive   (JsonNode           *body,
                                               GBytes             *side,
                                               MullionFramePorts  *ports,
                                               MullionPortQuota   *quota,
                                               GError            **error);

/* What travels beside the JSON of a message. */
typedef struct
{
  MullionSide *side;
  GUnixFDList *ports; /* (nullable): where none can go */
} MullionAttachments;

/* A MullionJsonTagFunc, whose data are MullionAttachments, which get bytes and sockets. */
gboolean         mullion_byte_store_write_tag (GString          *out,
                                               JsonObject       *tag,
                                               gpointer          attachments,
                                               GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionByteHold, mullion_byte_hold_unref)

G_END_DECLS
