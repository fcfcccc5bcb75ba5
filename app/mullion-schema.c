/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-schema-private.h"

#include "mullion-error.h"
#include "mullion-json-reader.h"
#include "mullion-schema-check.h"
#include "mullion-schema-node.h"

/**
 * MullionSchema:
 *
 * The shape that a value must have, in a part of JSON Schema (draft 2020-12). With
 * [method@IpcMain.set_schema] it is held against what a page sends, before any handler is called.
 *
 * ```c
 * g_autoptr(MullionSchema) schema = mullion_schema_new_from_text (
 *   "[ { \"type\": \"string\", \"maxLength\": 100 }, { \"type\": \"integer\", \"minimum\": 0 } ]",
 *   NULL);
 *
 * mullion_ipc_main_set_schema (ipc, "notes:save", schema);
 * ```
 *
 * The keywords are `type`, `enum`, `const`; `properties`, `required`, `additionalProperties`,
 * `minProperties`, `maxProperties`; `items`, `prefixItems`, `minItems`, `maxItems`; `minimum`,
 * `maximum`, `exclusiveMinimum`, `exclusiveMaximum`; `minLength`, `maxLength`; `anyOf`; and
 * `title`, `description`, `default`, `examples`, `deprecated`, `$schema` and `$comment`, which say
 * nothing of a value. Another keyword is an error: what is not checked shall not look as if it were.
 * There is no `pattern`, for a text can be made for a regular expression that keeps it busy for years.
 * `true` and `false` are schemas too. Schemas are nested 64 levels deep at most.
 *
 * An array of schemas stands for an array of exactly so many elements, such as the arguments of a
 * call.
 *
 * What JSON cannot say, `undefined`, a `Date` or an `ArrayBuffer` for example, has none of the types
 * of JSON Schema. The keyword `mullion` asks for it, by the type of its tag: `{ "mullion": "buffer" }`.
 * So what was found to be a string can be read as one with JSON-GLib, and a number too. A number that
 * is an `integer` fits into 64 bits.
 *
 * Since: 0.1
 */
struct _MullionSchema
{
  GObject parent_instance;

  MullionSchemaNode *root;
};

G_DEFINE_FINAL_TYPE (MullionSchema, mullion_schema, G_TYPE_OBJECT)

static void
mullion_schema_finalize (GObject *object)
{
  MullionSchema *self = MULLION_SCHEMA (object);

  g_clear_pointer (&self->root, mullion_schema_node_free);

  G_OBJECT_CLASS (mullion_schema_parent_class)->finalize (object);
}

static void
mullion_schema_class_init (MullionSchemaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_schema_finalize;
}

static void
mullion_schema_init (MullionSchema *self)
{
}

/**
 * mullion_schema_new:
 * @json: a schema, or an array of schemas for an array of exactly so many elements
 * @error: %MULLION_ERROR_INVALID_ARGUMENT when it is none; the message says where
 *
 * Reads a schema.
 *
 * Returns: (transfer full): the schema
 *
 * Since: 0.1
 */
MullionSchema *
mullion_schema_new (JsonNode  *json,
                    GError   **error)
{
  g_autoptr(MullionSchema) self = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  self = g_object_new (MULLION_TYPE_SCHEMA, NULL);
  self->root = mullion_schema_node_read (json, error);

  return self->root != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * mullion_schema_new_from_text:
 * @text: JSON
 * @error: %MULLION_ERROR_INVALID_ARGUMENT when it is no schema, or no JSON
 *
 * Reads a schema from text.
 *
 * Returns: (transfer full): the schema
 *
 * Since: 0.1
 */
MullionSchema *
mullion_schema_new_from_text (const char  *text,
                              GError     **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(JsonNode) json = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  json = mullion_json_read (text, strlen (text), MULLION_JSON_MAX_DEPTH, &reason);
  if (json != NULL)
    return mullion_schema_new (json, error);

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, "schema: %s", reason->message);
  return NULL;
}

char *
mullion_schema_dup_mistake (MullionSchema *self,
                            const char    *name,
                            JsonNode      *value)
{
  g_autoptr(GString) path = g_string_new (NULL);
  g_autofree char *reason = mullion_schema_node_check (self->root, value, path);

  return reason != NULL ? g_strdup_printf ("%s%s: %s", name, path->str, reason) : NULL;
}

/**
 * mullion_schema_check:
 * @self: a schema
 * @value: any value
 * @error: %MULLION_ERROR_INVALID_ARGUMENT when the value is not what it must be; the message says
 *   where, and what was expected
 *
 * Holds a value against a schema: what a page answered, for example.
 *
 * Returns: whether it has that shape
 *
 * Since: 0.1
 */
gboolean
mullion_schema_check (MullionSchema  *self,
                      JsonNode       *value,
                      GError        **error)
{
  g_autofree char *mistake = NULL;

  g_return_val_if_fail (MULLION_IS_SCHEMA (self), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  mistake = mullion_schema_dup_mistake (self, "value", value);
  if (mistake == NULL)
    return TRUE;

  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, mistake);
  return FALSE;
}
