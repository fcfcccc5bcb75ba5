/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-handler-export.h"

#include "mullion-grants-private.h"
#include "mullion-ipc-main-invoke-event-private.h"
#include "mullion-ipc-main-private.h"
#include "mullion-plain-json.h"
#include "mullion-value.h"

#include <string.h>

/*
 * MullionHandlerExport: the handlers of the app, for other programs of the user's session.
 *
 * Lives in the main process. Callers are not trusted more than pages: each call passes the grants
 * first, then the schema of its channel; then the handler answers, now or later.
 */

#define INTERFACE "io.github.mullion.IpcMain"
#define ERROR_PREFIX "io.github.mullion.Error."

/* Calls that wait for their answers. */
#define MAX_CALLS 1024

static const char introspection[] =
    "<node>"
    "  <interface name='" INTERFACE "'>"
    "    <method name='Invoke'>"
    "      <arg type='s' name='channel' direction='in'/>"
    "      <arg type='s' name='arguments' direction='in'/>"
    "      <arg type='s' name='result' direction='out'/>"
    "    </method>"
    "    <method name='IsGranted'>"
    "      <arg type='s' name='channel' direction='in'/>"
    "      <arg type='b' name='granted' direction='out'/>"
    "    </method>"
    "  </interface>"
    "</node>";

struct _MullionHandlerExport
{
  gatomicrefcount ref_count; /* one of each call */

  GDBusConnection *connection;
  MullionIpcMain *ipc; /* (unowned) */
  MullionChannelSet *channels;
  guint id;
  guint n_calls;
};

typedef struct
{
  MullionOutsideCall parent;
  MullionHandlerExport *export; /* (owned) */
  GDBusMethodInvocation *invocation; /* (nullable) (owned): NULL when it is answered */
} Call;

static void
release (MullionHandlerExport *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  mullion_channel_set_free (self->channels);
  g_object_unref (self->connection);
  g_free (self);
}

/* -- Answers -- */

static void
fail (GDBusMethodInvocation *invocation,
      const char            *name,
      const char            *text)
{
  g_autofree char *full_name = g_strconcat (ERROR_PREFIX, name, NULL);

  g_dbus_method_invocation_return_dbus_error (invocation, full_name, text);
}

static void
answer_error (Call      *call,
              JsonArray *args)
{
  JsonNode *text = json_array_get_length (args) > 0 ? json_array_get_element (args, 0) : NULL;
  g_autofree char *message = text != NULL ? mullion_value_dup_string (text, NULL) : NULL;

  fail (g_steal_pointer (&call->invocation), "Failed", message != NULL ? message : "");
}

static void
answer (MullionOutsideCall *outside,
        MullionMessageKind  kind,
        JsonArray          *args)
{
  Call *call = (Call *) outside;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  if (kind == MULLION_MESSAGE_REPLY_ERROR)
    answer_error (call, args);
  else if (json_array_get_length (args) == 0)
    g_dbus_method_invocation_return_value (g_steal_pointer (&call->invocation),
                                           g_variant_new ("(s)", "null"));
  else if (mullion_plain_json_write (text, json_array_get_element (args, 0), &error))
    g_dbus_method_invocation_return_value (g_steal_pointer (&call->invocation),
                                           g_variant_new ("(s)", text->str));
  else
    fail (g_steal_pointer (&call->invocation), "Failed", error->message);
}

static void
free_call (MullionOutsideCall *outside)
{
  Call *call = (Call *) outside;

  call->export->n_calls--;
  g_clear_object (&call->invocation);
  release (call->export);
  g_free (call);
}

/* -- Calls -- */

/* (transfer full) (nullable) */
static JsonNode *
read_arguments (const char  *text,
                GError     **error)
{
  g_autoptr(JsonNode) node = mullion_plain_json_read (text, strlen (text), error);

  if (node == NULL || JSON_NODE_HOLDS_ARRAY (node))
    return g_steal_pointer (&node);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "The arguments have to be an array");
  return NULL;
}

static void
call_handler (MullionHandlerExport  *self,
              const char            *channel,
              JsonArray             *args,
              GDBusMethodInvocation *invocation)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = NULL;
  g_autofree char *text = NULL;
  Call *call = g_new0 (Call, 1);

  call->parent.answer = answer;
  call->parent.free = free_call;
  call->export = self;
  call->invocation = invocation;
  g_atomic_ref_count_inc (&self->ref_count);
  self->n_calls++;

  event = mullion_ipc_main_invoke_event_new_outside (channel, &call->parent);
  if (mullion_ipc_main_call (self->ipc, event, args))
    return;

  text = g_strdup_printf ("No handler registered for '%s'", channel);
  mullion_ipc_main_invoke_event_refuse (event, text);
}

static void
invoke (MullionHandlerExport  *self,
        const char            *channel,
        const char            *text,
        GDBusMethodInvocation *invocation)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *mistake = NULL;
  g_autofree char *message = NULL;

  /* Who may not use a channel learns nothing about it. */
  if (!mullion_channel_set_has (self->channels, channel))
    message = g_strdup_printf ("'%s' is not granted to callers on the bus", channel);
  if (message != NULL)
    {
      fail (invocation, "NotGranted", message);
      return;
    }

  if (self->n_calls >= MAX_CALLS)
    {
      fail (invocation, "TooMany", "Too many calls wait for their answers");
      return;
    }

  node = read_arguments (text, &error);
  if (node != NULL)
    mistake = mullion_ipc_main_find_mistake (self->ipc, channel, json_node_get_array (node));
  if (node == NULL || mistake != NULL)
    {
      message = g_strdup_printf ("Invalid arguments for '%s': %s", channel,
                                 mistake != NULL ? mistake : error->message);
      fail (invocation, "InvalidArguments", message);
      return;
    }

  call_handler (self, channel, json_node_get_array (node), invocation);
}

static void
method_call_cb (GDBusConnection       *connection,
                const char            *sender,
                const char            *path,
                const char            *interface,
                const char            *method,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation,
                gpointer               user_data)
{
  MullionHandlerExport *self = user_data;
  const char *channel = NULL;
  const char *text = NULL;

  g_variant_get_child (parameters, 0, "&s", &channel);
  if (g_str_equal (method, "IsGranted"))
    {
      g_dbus_method_invocation_return_value (
          invocation, g_variant_new ("(b)", mullion_channel_set_has (self->channels, channel)));
      return;
    }

  g_variant_get_child (parameters, 1, "&s", &text);
  invoke (self, channel, text, invocation);
}

static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb };

MullionHandlerExport *
mullion_handler_export_new (GDBusConnection  *connection,
                            const char       *path,
                            MullionIpcMain   *ipc,
                            MullionGrants    *grants,
                            GError          **error)
{
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, error);
  MullionHandlerExport *self;

  if (node == NULL)
    return NULL;

  self = g_new0 (MullionHandlerExport, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->connection = g_object_ref (connection);
  self->ipc = ipc;
  self->channels = mullion_grants_compile (grants, NULL, TRUE, MULLION_GRANT_MAIN_FRAME);
  self->id = g_dbus_connection_register_object (connection, path, node->interfaces[0], &vtable, self,
                                                NULL, error);
  if (self->id != 0)
    return self;

  release (self);
  return NULL;
}

void
mullion_handler_export_free (MullionHandlerExport *self)
{
  g_dbus_connection_unregister_object (self->connection, self->id);
  release (self);
}
