/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bytes-handlers.h"

static JsonNode *
first (JsonArray *args)
{
  return json_array_get_length (args) > 0 ? json_array_get_element (args, 0) : NULL;
}

/* What the bytes come to, or -1 for what has none. */
static void
sum (MullionIpcMainInvokeEvent *event,
     JsonArray                 *args,
     gpointer                   user_data)
{
  g_autoptr(GBytes) bytes = mullion_value_dup_bytes (first (args));
  gsize size = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  gint64 total = bytes != NULL ? 0 : -1;

  for (gsize i = 0; i < size; i++)
    total += data[i];
  mullion_ipc_main_invoke_event_return (event, json_node_init_int (json_node_alloc (), total));
}

/* As many bytes as the page asks for, each its own index. */
static JsonNode *
make_value (JsonNode *size)
{
  gsize length = json_node_get_int (size);
  guint8 *data = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    data[i] = i;

  return mullion_value_new_bytes (g_bytes_new_take (data, length));
}

static void
make (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, make_value (first (args)));
}

static void
push (MullionIpcMainEvent *event,
      JsonArray           *args,
      gpointer             user_data)
{
  JsonArray *message = json_array_new ();

  json_array_add_element (message, make_value (first (args)));
  json_array_add_string_element (message, "and text");
  mullion_web_contents_send (mullion_ipc_main_event_get_sender (event), "bytes-pushed", message);
}

void
add_bytes_handlers (MullionIpcMain *ipc)
{
  mullion_ipc_main_handle (ipc, "bytes-sum", sum, NULL, NULL);
  mullion_ipc_main_handle (ipc, "bytes-make", make, NULL, NULL);
  mullion_ipc_main_on (ipc, "bytes-push", push, NULL, NULL);
}
