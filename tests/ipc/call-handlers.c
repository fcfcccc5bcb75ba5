/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "call-handlers.h"

/*
 * Handlers that keep a call until they are told to answer it, and say which of them were cancelled.
 *
 * calls:wait (name)           waits
 * calls:answer (name, value)  answers what waits under that name
 * calls:when-cancelled (name) answers when that call has been cancelled
 * calls:log ()                what happened: "wait NAME", "cancelled NAME"
 * calls:fail (details?)       a GError
 * calls:fail-sync (details?)  the same for sendSync
 */

typedef struct
{
  GHashTable *waiting;  /* name → MullionIpcMainInvokeEvent */
  GHashTable *watching; /* name → MullionIpcMainInvokeEvent of calls:when-cancelled */
  GPtrArray *log;
} Calls;

typedef struct
{
  Calls *calls;
  char *name;
} Watch;

static void
note (Calls      *self,
      const char *what,
      const char *name)
{
  g_ptr_array_add (self->log, g_strconcat (what, " ", name, NULL));
}

static gboolean
has_noted (Calls      *self,
           const char *what,
           const char *name)
{
  g_autofree char *line = g_strconcat (what, " ", name, NULL);

  return g_ptr_array_find_with_equal_func (self->log, line, g_str_equal, NULL);
}

static void
tell_cancelled (Calls      *self,
                const char *name)
{
  MullionIpcMainInvokeEvent *watcher = g_hash_table_lookup (self->watching, name);

  if (watcher == NULL || !has_noted (self, "cancelled", name))
    return;

  mullion_ipc_main_invoke_event_return (watcher, NULL);
  g_hash_table_remove (self->watching, name);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Watch *watch = user_data;

  note (watch->calls, "cancelled", watch->name);
  tell_cancelled (watch->calls, watch->name);
}

static void
free_watch (gpointer  data,
            GClosure *closure)
{
  Watch *watch = data;

  g_free (watch->name);
  g_free (watch);
}

static void
wait (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  Calls *self = user_data;
  const char *name = json_array_get_string_element (args, 0);
  Watch *watch = g_new (Watch, 1);

  watch->calls = self;
  watch->name = g_strdup (name);
  note (self, "wait", name);
  g_hash_table_replace (self->waiting, g_strdup (name), g_object_ref (event));
  g_signal_connect_data (mullion_ipc_main_invoke_event_get_cancellable (event), "cancelled",
                         G_CALLBACK (cancelled_cb), watch, free_watch, 0);
}

static void
answer (MullionIpcMainInvokeEvent *event,
        JsonArray                 *args,
        gpointer                   user_data)
{
  Calls *self = user_data;
  const char *name = json_array_get_string_element (args, 0);
  MullionIpcMainInvokeEvent *waiting = g_hash_table_lookup (self->waiting, name);

  if (waiting != NULL)
    mullion_ipc_main_invoke_event_return (waiting, json_array_dup_element (args, 1));
  g_hash_table_remove (self->waiting, name);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
when_cancelled (MullionIpcMainInvokeEvent *event,
                JsonArray                 *args,
                gpointer                   user_data)
{
  Calls *self = user_data;
  const char *name = json_array_get_string_element (args, 0);

  g_hash_table_replace (self->watching, g_strdup (name), g_object_ref (event));
  tell_cancelled (self, name);
}

static void
get_log (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  Calls *self = user_data;
  g_autoptr(JsonArray) lines = json_array_new ();

  for (guint i = 0; i < self->log->len; i++)
    json_array_add_string_element (lines, self->log->pdata[i]);
  mullion_ipc_main_invoke_event_return (event, json_node_init_array (json_node_alloc (), lines));
}

static GError *
new_error (void)
{
  return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such note");
}

static void
fail (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  if (json_array_get_length (args) > 0)
    mullion_ipc_main_invoke_event_return_error_with_details (event, new_error (),
                                                             json_array_dup_element (args, 0));
  else
    mullion_ipc_main_invoke_event_return_error (event, new_error ());
}

static void
fail_sync (MullionIpcMainEvent *event,
           JsonArray           *args,
           gpointer             user_data)
{
  if (json_array_get_length (args) > 0)
    mullion_ipc_main_event_return_error_with_details (event, new_error (),
                                                      json_array_dup_element (args, 0));
  else
    mullion_ipc_main_event_return_error (event, new_error ());

  /* The first answer counts. */
  mullion_ipc_main_event_return_error (event, new_error ());
  mullion_ipc_main_event_set_return_value (event, json_node_new (JSON_NODE_NULL));
}

static void
free_calls (gpointer data)
{
  Calls *self = data;

  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->watching);
  g_ptr_array_unref (self->log);
  g_free (self);
}

void
add_call_handlers (MullionIpcMain *ipc)
{
  Calls *self = g_new (Calls, 1);

  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->watching = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->log = g_ptr_array_new_with_free_func (g_free);

  mullion_ipc_main_handle (ipc, "calls:wait", wait, self, free_calls);
  mullion_ipc_main_handle (ipc, "calls:answer", answer, self, NULL);
  mullion_ipc_main_handle (ipc, "calls:when-cancelled", when_cancelled, self, NULL);
  mullion_ipc_main_handle (ipc, "calls:log", get_log, self, NULL);
  mullion_ipc_main_handle (ipc, "calls:fail", fail, self, NULL);
  mullion_ipc_main_on (ipc, "calls:fail-sync", fail_sync, self, NULL);
}
