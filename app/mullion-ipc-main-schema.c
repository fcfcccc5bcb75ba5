/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-ipc-main-private.h"

#include "mullion-schema-private.h"

/* The shapes that MullionIpcMain asks of arguments. */

/**
 * mullion_ipc_main_set_schema:
 * @self: an `ipcMain`
 * @channel: the name of a channel
 * @schema: (nullable): what the array of arguments must be, %NULL for anything
 *
 * Declares the arguments of a channel.
 *
 * What a page sends with `invoke`, `send`, `sendSync` or `postMessage` is held against @schema before
 * any listener or handler hears of it. What has another shape reaches nobody: the call rejects, or
 * throws, with `Invalid arguments for`, the channel, where the mistake is and what was expected.
 * Messages that wait for no answer are told to the page's console and to the log.
 *
 * A message passes the `ipcMain`s of its frame, its web contents and the app, and must suit each of
 * them that has a schema for its channel.
 *
 * ```c
 * g_autoptr(MullionSchema) schema = mullion_schema_new_from_text ("[{ \"type\": \"string\" }]", NULL);
 *
 * mullion_ipc_main_set_schema (ipc, "notes:load", schema);
 * mullion_ipc_main_handle (ipc, "notes:load", load_note, notes, NULL);
 * ```
 *
 * Since: 0.1
 */
void
mullion_ipc_main_set_schema (MullionIpcMain *self,
                             const char     *channel,
                             MullionSchema  *schema)
{
  GHashTable *schemas;

  g_return_if_fail (MULLION_IS_IPC_MAIN (self));
  g_return_if_fail (channel != NULL);
  g_return_if_fail (schema == NULL || MULLION_IS_SCHEMA (schema));

  schemas = mullion_ipc_main_get_schemas (self);
  if (schema != NULL)
    g_hash_table_insert (schemas, g_strdup (channel), g_object_ref (schema));
  else
    g_hash_table_remove (schemas, channel);
}

/**
 * mullion_ipc_main_get_schema:
 * @self: an `ipcMain`
 * @channel: the name of a channel
 *
 * Gets what [method@IpcMain.set_schema] set.
 *
 * Returns: (transfer none) (nullable): what the arguments of @channel must be, %NULL for anything
 *
 * Since: 0.1
 */
MullionSchema *
mullion_ipc_main_get_schema (MullionIpcMain *self,
                             const char     *channel)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN (self), NULL);
  g_return_val_if_fail (channel != NULL, NULL);

  return g_hash_table_lookup (mullion_ipc_main_get_schemas (self), channel);
}

char *
mullion_ipc_main_find_mistake (MullionIpcMain *self,
                               const char     *channel,
                               JsonArray      *args)
{
  MullionSchema *schema = mullion_ipc_main_get_schema (self, channel);
  g_autoptr(JsonNode) value = NULL;

  if (schema == NULL)
    return NULL;

  value = json_node_init_array (json_node_alloc (), args);
  return mullion_schema_dup_mistake (schema, "arguments", value);
}
