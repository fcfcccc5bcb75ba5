/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "mullion-side.h"

G_BEGIN_DECLS

/* Keeps the binary values alive that some nodes name. Counted; may be let go in any thread. */
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

/* Gives the tags of a frame that came in names of their own for their bytes, which are in @side, and
 * makes texts of the tags of texts there.
 * (nullable) (transfer full): NULL if one of them is not in there. */
MullionByteHold *mullion_byte_store_receive   (JsonNode         *body,
                                               GBytes           *side,
                                               GError          **error);

/* A MullionJsonTagFunc, whose data is the MullionSide that gets the bytes. */
gboolean         mullion_byte_store_write_tag (GString          *out,
                                               JsonObject       *tag,
                                               gpointer          side,
                                               GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionByteHold, mullion_byte_hold_unref)

G_END_DECLS
