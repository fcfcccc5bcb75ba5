/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-ipc-main-invoke-event-private.h"

#include "mullion-error-reply.h"
#include "mullion-error.h"
#include "mullion-web-frame-main-private.h"

/**
 * MullionIpcMainInvokeEvent:
 *
 * A call that a page made with `ipcRenderer.invoke`, and the way to answer it.
 *
 * It is answered exactly once, with [method@IpcMainInvokeEvent.return] or
 * [method@IpcMainInvokeEvent.return_error], at once or later: keep a reference till then. The
 * answer may come from any thread. An event that goes away without one rejects the page's promise
 * with `reply was never sent`.
 *
 * When the page gives the call up, lets its time run out, navigates, closes or crashes before the
 * answer, the event's cancellable fires; what is returned afterwards reaches nobody and is no
 * mistake.
 *
 * Since: 0.1
 */
struct _MullionIpcMainInvokeEvent
{
  GObject parent_instance;

  MullionWebContents *sender;  /* (nullable): NULL when no page calls, as the next */
  MullionWebFrameMain *frame;  /* (nullable) */
  MullionOutsideCall *outside; /* (nullable) (owned): who calls, if that is no page */
  char *channel;
  MullionByteHold *hold; /* (nullable): the binary values of the arguments */
  MullionCall *call;
  int is_answered; /* (atomic) */
};

G_DEFINE_FINAL_TYPE (MullionIpcMainInvokeEvent, mullion_ipc_main_invoke_event, G_TYPE_OBJECT)

/* An answer on its way to the thread of the main loop, where frames and contents live. */
typedef struct
{
  MullionWebContents *sender;  /* (nullable) */
  MullionWebFrameMain *frame;  /* (nullable) */
  MullionOutsideCall *outside; /* (nullable) (owned) */
  MullionCall *call;
  MullionMessageKind kind; /* 0 when there is nothing to say any more */
  JsonArray *args;
  MullionByteHold *hold; /* (nullable): the binary values of @args */
} Answer;

/**
 * mullion_ipc_main_invoke_event_get_channel:
 * @self: an event
 *
 * Gets the name under which the page called.
 *
 * Returns: the channel that was called
 *
 * Since: 0.1
 */
const char *
mullion_ipc_main_invoke_event_get_channel (MullionIpcMainInvokeEvent *self)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN_INVOKE_EVENT (self), NULL);

  return self->channel;
}

/**
 * mullion_ipc_main_invoke_event_get_sender:
 * @self: an event
 *
 * Gets who called, like Electron's `event.sender`.
 *
 * Returns: (transfer none) (nullable): the contents whose page called, or %NULL if no page did: see
 *   [method@App.export_handlers]
 *
 * Since: 0.1
 */
MullionWebContents *
mullion_ipc_main_invoke_event_get_sender (MullionIpcMainInvokeEvent *self)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN_INVOKE_EVENT (self), NULL);

  return self->sender;
}

/**
 * mullion_ipc_main_invoke_event_get_sender_frame:
 * @self: an event
 *
 * Gets which document called, like Electron's `event.senderFrame`.
 *
 * Returns: (transfer none) (nullable): the document that called, %NULL once it has navigated or
 *   closed
 *
 * Since: 0.1
 */
MullionWebFrameMain *
mullion_ipc_main_invoke_event_get_sender_frame (MullionIpcMainInvokeEvent *self)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN_INVOKE_EVENT (self), NULL);

  return self->frame == NULL || mullion_web_frame_main_is_detached (self->frame) ? NULL : self->frame;
}

/**
 * mullion_ipc_main_invoke_event_get_cancellable:
 * @self: an event
 *
 * Gets what fires when nobody waits for the answer any more. Give it to the asynchronous functions
 * that the answer takes.
 *
 * It fires on the thread of the main loop. This may be called from any thread.
 *
 * Returns: (transfer none): the cancellable of this call
 *
 * Since: 0.1
 */
GCancellable *
mullion_ipc_main_invoke_event_get_cancellable (MullionIpcMainInvokeEvent *self)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN_INVOKE_EVENT (self), NULL);

  return mullion_call_get_cancellable (self->call);
}

static void
free_answer (gpointer data)
{
  Answer *answer = data;

  g_clear_object (&answer->frame);
  g_clear_object (&answer->sender);
  if (answer->outside != NULL)
    answer->outside->free (answer->outside);
  g_clear_pointer (&answer->args, json_array_unref);
  g_clear_pointer (&answer->hold, mullion_byte_hold_unref);
  mullion_call_unref (answer->call);
  g_free (answer);
}

static gboolean
deliver_cb (gpointer data)
{
  Answer *answer = data;

  if (answer->outside != NULL)
    answer->outside->answer (answer->outside, answer->kind, answer->args);
  else if (answer->kind != 0)
    mullion_web_frame_main_answer_call (answer->frame, answer->call, answer->kind, answer->args);

  return G_SOURCE_REMOVE;
}

/* Takes @sender, @frame and @args, and who calls from outside, who is answered once. Runs at once when
 * this is the thread of the main loop. */
static void
send_answer (MullionIpcMainInvokeEvent *self,
             MullionWebContents        *sender,
             MullionWebFrameMain       *frame,
             MullionMessageKind         kind,
             JsonArray                 *args)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->sender = sender;
  answer->frame = frame;
  answer->outside = g_steal_pointer (&self->outside);
  answer->call = mullion_call_ref (self->call);
  answer->kind = kind;
  answer->args = args;
  answer->hold = mullion_byte_hold_new_array (args);

  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, deliver_cb, answer, free_answer);
}

static void
answer_caller (MullionIpcMainInvokeEvent *self,
               MullionMessageKind         kind,
               JsonArray                 *args)
{
  send_answer (self, self->sender != NULL ? g_object_ref (self->sender) : NULL,
               self->frame != NULL ? g_object_ref (self->frame) : NULL, kind, args);
}

static gboolean
begin_answer (MullionIpcMainInvokeEvent *self)
{
  if (g_atomic_int_compare_and_exchange (&self->is_answered, FALSE, TRUE))
    return TRUE;

  g_warning ("A call of '%s' was answered a second time; the first answer stands", self->channel);
  return FALSE;
}

/**
 * mullion_ipc_main_invoke_event_return:
 * @self: an event
 * @value: (nullable) (transfer full): what the page's promise resolves with; %NULL is `undefined`
 *
 * Answers the call. A second answer is ignored, with a warning.
 *
 * This may be called from any thread.
 *
 * Since: 0.1
 */
void
mullion_ipc_main_invoke_event_return (MullionIpcMainInvokeEvent *self,
                                      JsonNode                  *value)
{
  JsonArray *args;

  g_return_if_fail (MULLION_IS_IPC_MAIN_INVOKE_EVENT (self));

  if (!begin_answer (self))
    {
      g_clear_pointer (&value, json_node_unref);
      return;
    }

  args = json_array_sized_new (1);
  if (value != NULL)
    json_array_add_element (args, value);
  answer_caller (self, MULLION_MESSAGE_REPLY, args);
}

/**
 * mullion_ipc_main_invoke_event_return_error:
 * @self: an event
 * @error: (transfer full): why the call failed
 *
 * Answers the call with an error. The page's promise rejects with an `Error` whose message is
 * `Error invoking remote method 'CHANNEL': Error: MESSAGE`, as in Electron. Its
 * `domain` is the text of the error's domain, and its `code` the number.
 *
 * This may be called from any thread.
 *
 * Since: 0.1
 */
void
mullion_ipc_main_invoke_event_return_error (MullionIpcMainInvokeEvent *self,
                                            GError                    *error)
{
  mullion_ipc_main_invoke_event_return_error_with_details (self, error, NULL);
}

/**
 * mullion_ipc_main_invoke_event_return_error_with_details:
 * @self: an event
 * @error: (transfer full): why the call failed
 * @details: (nullable) (transfer full): what else the page shall know, of any shape
 *
 * Answers the call with an error as [method@IpcMainInvokeEvent.return_error] does. The `Error` has
 * @details as its `details`.
 *
 * This may be called from any thread.
 *
 * Since: 0.1
 */
void
mullion_ipc_main_invoke_event_return_error_with_details (MullionIpcMainInvokeEvent *self,
                                                         GError                    *error,
                                                         JsonNode                  *details)
{
  g_return_if_fail (MULLION_IS_IPC_MAIN_INVOKE_EVENT (self));
  g_return_if_fail (error != NULL);

  if (begin_answer (self))
    {
      g_debug ("Error occurred in handler for '%s': %s", self->channel, error->message);
      answer_caller (self, MULLION_MESSAGE_REPLY_ERROR,
                     mullion_error_reply_new_typed ("Error: ", error, g_steal_pointer (&details)));
    }

  g_clear_pointer (&details, json_node_unref);
  g_error_free (error);
}

/**
 * mullion_ipc_main_invoke_event_return_new_error: (skip)
 * @self: an event
 * @domain: a domain of errors
 * @code: a code of @domain
 * @format: what went wrong, in the manner of printf()
 * @...: what @format asks for
 *
 * Makes a [struct@GLib.Error] and answers the call with it.
 *
 * Since: 0.1
 */
void
mullion_ipc_main_invoke_event_return_new_error (MullionIpcMainInvokeEvent *self,
                                                GQuark                     domain,
                                                int                        code,
                                                const char                *format,
                                                ...)
{
  va_list args;

  va_start (args, format);
  mullion_ipc_main_invoke_event_return_error (self,
                                              g_error_new_valist (domain, code, format, args));
  va_end (args);
}

/* Answers with what we have to say ourselves, and no handler of the app. */
void
mullion_ipc_main_invoke_event_refuse (MullionIpcMainInvokeEvent *self,
                                      const char                *message)
{
  if (begin_answer (self))
    answer_caller (self, MULLION_MESSAGE_REPLY_ERROR, mullion_error_reply_new ("Error: ", message));
}

static void
mullion_ipc_main_invoke_event_dispose (GObject *object)
{
  MullionIpcMainInvokeEvent *self = MULLION_IPC_MAIN_INVOKE_EVENT (object);

  /* The last references to frame and contents, should these be they, are let go of on the thread
   * where the two live. */
  if ((self->frame != NULL || self->outside != NULL) &&
      g_atomic_int_compare_and_exchange (&self->is_answered, FALSE, TRUE))
    send_answer (self, g_steal_pointer (&self->sender), g_steal_pointer (&self->frame),
                 MULLION_MESSAGE_REPLY_ERROR,
                 mullion_error_reply_new ("", "reply was never sent"));
  else if (self->frame != NULL && !g_main_context_is_owner (NULL))
    send_answer (self, g_steal_pointer (&self->sender), g_steal_pointer (&self->frame), 0, NULL);

  g_clear_object (&self->sender);
  g_clear_object (&self->frame);

  G_OBJECT_CLASS (mullion_ipc_main_invoke_event_parent_class)->dispose (object);
}

static void
mullion_ipc_main_invoke_event_finalize (GObject *object)
{
  MullionIpcMainInvokeEvent *self = MULLION_IPC_MAIN_INVOKE_EVENT (object);

  g_clear_pointer (&self->hold, mullion_byte_hold_unref);
  g_clear_pointer (&self->call, mullion_call_unref);
  g_free (self->channel);

  G_OBJECT_CLASS (mullion_ipc_main_invoke_event_parent_class)->finalize (object);
}

static void
mullion_ipc_main_invoke_event_class_init (MullionIpcMainInvokeEventClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mullion_ipc_main_invoke_event_dispose;
  object_class->finalize = mullion_ipc_main_invoke_event_finalize;
}

static void
mullion_ipc_main_invoke_event_init (MullionIpcMainInvokeEvent *self)
{
}

MullionIpcMainInvokeEvent *
mullion_ipc_main_invoke_event_new (MullionWebContents  *sender,
                                   MullionWebFrameMain *frame,
                                   const char          *channel,
                                   guint64              id)
{
  MullionIpcMainInvokeEvent *self = g_object_new (MULLION_TYPE_IPC_MAIN_INVOKE_EVENT, NULL);

  self->sender = g_object_ref (sender);
  self->frame = g_object_ref (frame);
  self->channel = g_strdup (channel);
  self->call = mullion_call_new (id);
  mullion_web_frame_main_add_call (frame, self->call);

  return self;
}

MullionIpcMainInvokeEvent *
mullion_ipc_main_invoke_event_new_outside (const char         *channel,
                                           MullionOutsideCall *outside)
{
  MullionIpcMainInvokeEvent *self = g_object_new (MULLION_TYPE_IPC_MAIN_INVOKE_EVENT, NULL);

  self->channel = g_strdup (channel);
  self->call = mullion_call_new (0);
  self->outside = outside;

  return self;
}

void
mullion_ipc_main_invoke_event_take_bytes (MullionIpcMainInvokeEvent *self,
                                          MullionByteHold           *hold)
{
  g_clear_pointer (&self->hold, mullion_byte_hold_unref);
  self->hold = hold;
}
