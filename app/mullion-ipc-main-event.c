/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-ipc-main-event-private.h"

#include "mullion-error-reply.h"
#include "mullion-page-host.h"
#include "mullion-web-contents-private.h"
#include "mullion-web-frame-main-private.h"

/**
 * MullionIpcMainEvent:
 *
 * A message that a page sent with `ipcRenderer.send` or `ipcRenderer.sendSync`, and the way to
 * answer it.
 *
 * Who sent it was decided by WebKit and not by the page. A page that called `sendSync` stands still
 * until [method@IpcMainEvent.set_return_value] or [method@IpcMainEvent.return_error] is called, or
 * until the event goes away without, upon which the call throws `reply was never sent`.
 *
 * Since: 0.1
 */
struct _MullionIpcMainEvent
{
  GObject parent_instance;

  MullionWebContents *sender;
  MullionWebFrameMain *frame;
  char *channel;
  MullionByteHold *hold; /* (nullable): the binary values of the arguments */
  GPtrArray *ports;      /* (nullable) */
  gboolean is_sync;
  guint64 sync_id; /* 0 when nobody waits, or not any more */
};

G_DEFINE_FINAL_TYPE (MullionIpcMainEvent, mullion_ipc_main_event, G_TYPE_OBJECT)

/**
 * mullion_ipc_main_event_get_channel:
 * @self: an event
 *
 * Gets the name under which the page sent the message.
 *
 * Returns: the channel on which the message came
 *
 * Since: 0.1
 */
const char *
mullion_ipc_main_event_get_channel (MullionIpcMainEvent *self)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN_EVENT (self), NULL);

  return self->channel;
}

/**
 * mullion_ipc_main_event_get_sender:
 * @self: an event
 *
 * Gets the contents whose page sent the message. `event.sender.send` of Electron is
 * [method@WebContents.send] on it, and reaches the main frame.
 *
 * Returns: (transfer none): the sender
 *
 * Since: 0.1
 */
MullionWebContents *
mullion_ipc_main_event_get_sender (MullionIpcMainEvent *self)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN_EVENT (self), NULL);

  return self->sender;
}

/**
 * mullion_ipc_main_event_get_sender_frame:
 * @self: an event
 *
 * Gets the document that sent the message.
 *
 * Returns: (transfer none) (nullable): the document, %NULL once it has navigated or closed
 *
 * Since: 0.1
 */
MullionWebFrameMain *
mullion_ipc_main_event_get_sender_frame (MullionIpcMainEvent *self)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN_EVENT (self), NULL);

  return mullion_web_frame_main_is_detached (self->frame) ? NULL : self->frame;
}

/**
 * mullion_ipc_main_event_is_sync:
 * @self: an event
 *
 * Asks whether somebody waits for a return value.
 *
 * Returns: whether the page called `sendSync` and stands still
 *
 * Since: 0.1
 */
gboolean
mullion_ipc_main_event_is_sync (MullionIpcMainEvent *self)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN_EVENT (self), FALSE);

  return self->is_sync;
}

/**
 * mullion_ipc_main_event_get_ports:
 * @self: an event
 * @n_ports: (out): how many
 *
 * Gets the ports that the page sent along with `ipcRenderer.postMessage`, like Electron's
 * `event.ports`. One that nobody references, or sends on, is closed with the event.
 *
 * Returns: (array length=n_ports) (transfer none) (nullable): the ports in their order, %NULL if there
 *   are none
 *
 * Since: 0.1
 */
MullionMessagePortMain **
mullion_ipc_main_event_get_ports (MullionIpcMainEvent *self,
                                  guint               *n_ports)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN_EVENT (self), NULL);
  g_return_val_if_fail (n_ports != NULL, NULL);

  *n_ports = self->ports != NULL ? self->ports->len : 0;

  return *n_ports > 0 ? (MullionMessagePortMain **) self->ports->pdata : NULL;
}

/**
 * mullion_ipc_main_event_reply:
 * @self: an event
 * @channel: the name that the preload listens to with `ipcRenderer.on`
 * @args: (nullable) (transfer full): what its listener gets after the event
 *
 * Sends a message back to exactly the document that this one came from. A document that is gone
 * gets nothing.
 *
 * Since: 0.1
 */
void
mullion_ipc_main_event_reply (MullionIpcMainEvent *self,
                              const char          *channel,
                              JsonArray           *args)
{
  g_return_if_fail (MULLION_IS_IPC_MAIN_EVENT (self));

  mullion_web_frame_main_send (self->frame, channel, args);
}

/* Takes @args. */
static void
answer (MullionIpcMainEvent *self,
        MullionMessageKind   kind,
        JsonArray           *args)
{
  g_autoptr(JsonArray) taken_args = args;

  mullion_web_frame_main_reply_sync (self->frame, self->sync_id, kind, args);
  self->sync_id = 0;
}

/**
 * mullion_ipc_main_event_set_return_value:
 * @self: an event
 * @value: (nullable) (transfer full): what `sendSync` returns; %NULL is `undefined`
 *
 * Answers a page that called `sendSync`, like Electron's `event.returnValue = value`. The first
 * answer counts; later ones, and one to a message that nobody waits for, are ignored.
 *
 * Since: 0.1
 */
void
mullion_ipc_main_event_set_return_value (MullionIpcMainEvent *self,
                                         JsonNode            *value)
{
  g_return_if_fail (MULLION_IS_IPC_MAIN_EVENT (self));

  if (self->sync_id != 0)
    {
      JsonArray *args = json_array_sized_new (1);

      if (value != NULL)
        json_array_add_element (args, g_steal_pointer (&value));
      answer (self, MULLION_MESSAGE_REPLY, args);
    }

  g_clear_pointer (&value, json_node_unref);
}

/**
 * mullion_ipc_main_event_return_error:
 * @self: an event
 * @error: (transfer full): why there is no return value
 *
 * Answers a page that called `sendSync` with an error, which the call throws: an `Error` with the
 * message of @error, the text of its domain as `domain` and its number as `code`.
 * As with [method@IpcMainEvent.set_return_value], the first answer counts.
 *
 * Since: 0.1
 */
void
mullion_ipc_main_event_return_error (MullionIpcMainEvent *self,
                                     GError              *error)
{
  mullion_ipc_main_event_return_error_with_details (self, error, NULL);
}

/**
 * mullion_ipc_main_event_return_error_with_details:
 * @self: an event
 * @error: (transfer full): why there is no return value
 * @details: (nullable) (transfer full): what else the page shall know, of any shape
 *
 * Answers as [method@IpcMainEvent.return_error] does. The `Error` has @details as its `details`.
 *
 * Since: 0.1
 */
void
mullion_ipc_main_event_return_error_with_details (MullionIpcMainEvent *self,
                                                  GError              *error,
                                                  JsonNode            *details)
{
  g_return_if_fail (MULLION_IS_IPC_MAIN_EVENT (self));
  g_return_if_fail (error != NULL);

  if (self->sync_id != 0)
    answer (self, MULLION_MESSAGE_REPLY_ERROR,
            mullion_error_reply_new_typed ("", error, g_steal_pointer (&details)));

  g_clear_pointer (&details, json_node_unref);
  g_error_free (error);
}

static void
mullion_ipc_main_event_dispose (GObject *object)
{
  MullionIpcMainEvent *self = MULLION_IPC_MAIN_EVENT (object);

  if (self->sync_id != 0)
    answer (self, MULLION_MESSAGE_REPLY_ERROR,
            mullion_error_reply_new ("", "reply was never sent"));

  g_clear_object (&self->sender);
  g_clear_object (&self->frame);

  G_OBJECT_CLASS (mullion_ipc_main_event_parent_class)->dispose (object);
}

static void
mullion_ipc_main_event_finalize (GObject *object)
{
  MullionIpcMainEvent *self = MULLION_IPC_MAIN_EVENT (object);

  g_clear_pointer (&self->hold, mullion_byte_hold_unref);
  g_clear_pointer (&self->ports, g_ptr_array_unref);
  g_free (self->channel);

  G_OBJECT_CLASS (mullion_ipc_main_event_parent_class)->finalize (object);
}

static void
mullion_ipc_main_event_class_init (MullionIpcMainEventClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mullion_ipc_main_event_dispose;
  object_class->finalize = mullion_ipc_main_event_finalize;
}

static void
mullion_ipc_main_event_init (MullionIpcMainEvent *self)
{
}

MullionIpcMainEvent *
mullion_ipc_main_event_new (MullionWebContents  *sender,
                            MullionWebFrameMain *frame,
                            const char          *channel,
                            guint64              sync_id)
{
  MullionIpcMainEvent *self = g_object_new (MULLION_TYPE_IPC_MAIN_EVENT, NULL);

  self->sender = g_object_ref (sender);
  self->frame = g_object_ref (frame);
  self->channel = g_strdup (channel);
  self->is_sync = sync_id != 0;
  self->sync_id = sync_id;

  return self;
}

void
mullion_ipc_main_event_take_bytes (MullionIpcMainEvent *self,
                                   MullionByteHold     *hold)
{
  g_clear_pointer (&self->hold, mullion_byte_hold_unref);
  self->hold = hold;
}

void
mullion_ipc_main_event_take_ports (MullionIpcMainEvent *self,
                                   GPtrArray           *ports)
{
  g_clear_pointer (&self->ports, g_ptr_array_unref);
  self->ports = ports;
}
