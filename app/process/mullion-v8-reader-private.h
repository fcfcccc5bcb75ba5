/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-v8-reader.h"

G_BEGIN_DECLS

/* What values take, in bytes, about: see mullion-json-measure.c. */
#define MULLION_V8_COST_OF_VALUE 96
#define MULLION_V8_COST_OF_OBJECT 400
#define MULLION_V8_COST_OF_BYTES 600

/* An object that V8 has counted. */
typedef struct
{
  JsonNode *value;  /* (unowned) (nullable): what it is; NULL if there is nothing to name */
  guint id;         /* its name */
  gboolean is_named;
} MullionV8Slot;

typedef struct
{
  const guint8 *start;
  const guint8 *at;
  const guint8 *end;
  guint depth;
  gsize memory;
  guint64 effort;     /* of its BigInts */
  GPtrArray *slots;   /* of MullionV8Slot, by number */
  JsonArray *buffers; /* the tags of all bytes */
  GError *error;      /* (nullable): the first one */
} MullionV8Reader;

/* mullion-v8-input.c. After an error all of them do nothing, and return NULL, FALSE or 0. */
gpointer       mullion_v8_fail            (MullionV8Reader *self,
                                           int              code,
                                           const char      *text);
gpointer       mullion_v8_fail_syntax     (MullionV8Reader *self,
                                           const char      *text);
/* Pays for memory. FALSE if it is too much, or something has gone wrong before. */
gboolean       mullion_v8_charge          (MullionV8Reader *self,
                                           gsize            memory);
const guint8  *mullion_v8_take            (MullionV8Reader *self,
                                           gsize            length);
guint32        mullion_v8_read_number     (MullionV8Reader *self);
double         mullion_v8_read_double     (MullionV8Reader *self);
guint8         mullion_v8_peek_tag        (MullionV8Reader *self);
guint8         mullion_v8_take_tag        (MullionV8Reader *self);
double         mullion_v8_read_any_number (MullionV8Reader *self,
                                           guint8           tag);
JsonNode      *mullion_v8_read_bigint     (MullionV8Reader *self,
                                           guint8           tag);
JsonNode      *mullion_v8_read_string     (MullionV8Reader *self,
                                           guint8           tag);
JsonNode      *mullion_v8_read_text       (MullionV8Reader *self);
JsonNode      *mullion_v8_read_key        (MullionV8Reader *self);

/* mullion-v8-containers.c */
JsonNode      *mullion_v8_read_object       (MullionV8Reader *self,
                                             guint8           tag);
JsonNode      *mullion_v8_read_sparse_array (MullionV8Reader *self,
                                             guint8           tag);
JsonNode      *mullion_v8_read_dense_array  (MullionV8Reader *self,
                                             guint8           tag);
JsonNode      *mullion_v8_read_set          (MullionV8Reader *self,
                                             guint8           tag);
JsonNode      *mullion_v8_read_map          (MullionV8Reader *self,
                                             guint8           tag);

/* mullion-v8-reader.c */
JsonNode      *mullion_v8_read_value        (MullionV8Reader *self);
MullionV8Slot *mullion_v8_add_slot          (MullionV8Reader *self,
                                             JsonNode        *value);
/* Makes another value of a node. Takes @object. */
void           mullion_v8_become            (JsonNode        *node,
                                             JsonObject      *object);

G_END_DECLS
