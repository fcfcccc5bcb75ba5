/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  MULLION_SCHEMA_NULL = 1 << 0,
  MULLION_SCHEMA_BOOLEAN = 1 << 1,
  MULLION_SCHEMA_INTEGER = 1 << 2,
  MULLION_SCHEMA_NUMBER = 1 << 3, /* an integer is one too */
  MULLION_SCHEMA_STRING = 1 << 4,
  MULLION_SCHEMA_ARRAY = 1 << 5,
  MULLION_SCHEMA_OBJECT = 1 << 6,
} MullionSchemaTypes;

typedef struct _MullionSchemaNode MullionSchemaNode;

/* A schema as it is checked: what it does not ask for is 0, NULL or the end of the numbers. */
struct _MullionSchemaNode
{
  gboolean is_never; /* `false`: no value has this shape */
  MullionSchemaTypes types;
  char *tag;         /* (nullable): the type of a value that JSON cannot say */
  GPtrArray *values; /* (nullable): of JsonNode: `enum` or `const` */

  double minimum;
  double maximum;
  gboolean is_above_minimum; /* and not the minimum itself */
  gboolean is_below_maximum;

  guint64 min_length; /* of a string, in characters */
  guint64 max_length;

  GHashTable *properties; /* (nullable): name → MullionSchemaNode */
  GStrv required;         /* (nullable) */
  MullionSchemaNode *additional;
  guint64 min_properties;
  guint64 max_properties;

  GPtrArray *prefix_items; /* (nullable): of MullionSchemaNode */
  MullionSchemaNode *items;
  guint64 min_items;
  guint64 max_items;

  GPtrArray *any_of; /* (nullable): of MullionSchemaNode */
};

/* (transfer full) */
MullionSchemaNode *mullion_schema_node_read (JsonNode           *json,
                                             GError            **error);
void               mullion_schema_node_free (MullionSchemaNode  *self);

/* The names of the types: "a string" of MULLION_SCHEMA_STRING. (nullable) */
const char        *mullion_schema_type_name (MullionSchemaTypes  type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionSchemaNode, mullion_schema_node_free)

G_END_DECLS
