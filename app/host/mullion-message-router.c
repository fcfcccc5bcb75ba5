/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-router.h"

#include "mullion-app-private.h"
#include "mullion-channel.h"
#include "mullion-control.h"
#include "mullion-error-reply.h"
#include "mullion-ipc-main-event-private.h"
#include "mullion-ipc-main-invoke-event-private.h"
#include "mullion-ipc-main-private.h"
#include "mullion-json-access.h"
#include "mullion-port-list.h"
#include "mullion-shown-text.h"
#include "mullion-web-contents-private.h"
#include "mullion-web-frame-main-private.h"

/*
 * The message router: one message of a page comes in, and whoever shall have it gets it.
 *
 * Lives in the main process. A message is `[ kind, id, channel, arguments ]`; its shape is checked
 * here, once, and its kind decides by the table below. The order in which listeners and handlers
 * are asked is Electron's: the frame's own, the contents', the app's.
 */

/* Calls of a page that may wait at a time: each takes memory of ours until its handler answers. */
#define MAX_CALLS 65536

/* What a page may leave unread of what other pages send to it. A quarter of a thousand of the shortest
 * texts that need a file descriptor each make that. */
#define MAX_UNREAD (16u * 1024 * 1024)

typedef struct
{
  MullionPageHost *host;
  MullionWebContents *contents;
  MullionWebFrameMain *frame;
  gint64 id;
  const char *channel;
  JsonArray *args;
  MullionByteHold *hold; /* (nullable): the binary values of @args, among others */
  GPtrArray *ports;      /* (nullable) */
  guint64 sync_id; /* not 0: the page stands still until this is answered */
} Message;

typedef enum
{
  IS_SYNC = 1 << 0,
  MAY_HAVE_PORTS = 1 << 1,
  MAY_HAVE_SCHEMA = 1 << 2, /* for it goes to an `ipcMain` */
} Trait;

typedef struct
{
  MullionMessageKind kind;
  guint traits; /* of Trait */
  void (*handle) (const Message *message);

  /* NULL for what is no wish of the page, but belongs to what it may do or is asked. */
  const char *method; /* what the preload script called */
  char *(*dup_channel) (const Message *message);
  void (*refuse) (const Message *message,
                  const char    *reason);
} MessageRule;

/* The `ipcMain`s that a message passes, nearest first; a channel that a UI test has taken over is
 * the test's alone. Returns how many. */
static guint
list_ipcs (const Message   *message,
           MullionIpcMain **ipcs)
{
  MullionApp *app = mullion_web_contents_get_app (message->contents);
  MullionIpcMain *mock = mullion_app_find_mock (app, message->channel);
  guint n = 0;

  if (mock != NULL)
    {
      ipcs[0] = mock;
      return 1;
    }

  if (mullion_web_frame_main_has_ipc (message->frame))
    ipcs[n++] = mullion_web_frame_main_get_ipc (message->frame);
  ipcs[n++] = mullion_web_contents_get_ipc (message->contents);
  ipcs[n++] = mullion_app_get_ipc_main (app);

  return n;
}

static gboolean
emit (const Message *message,
      guint64        sync_id)
{
  g_autoptr(MullionIpcMainEvent) event =
    mullion_ipc_main_event_new (message->contents, message->frame, message->channel, sync_id);
  MullionIpcMain *ipcs[3];
  guint n_ipcs = list_ipcs (message, ipcs);
  gboolean heard = FALSE;

  if (message->hold != NULL)
    mullion_ipc_main_event_take_bytes (event, mullion_byte_hold_ref (message->hold));
  if (message->ports != NULL)
    mullion_ipc_main_event_take_ports (event, g_ptr_array_ref (message->ports));
  for (guint i = 0; i < n_ipcs; i++)
    g_object_ref (ipcs[i]);

  g_signal_emit_by_name (message->contents, "ipc-message", event, message->args);
  for (guint i = 0; i < n_ipcs; i++)
    {
      heard |= mullion_ipc_main_emit (ipcs[i], event, message->args);
      g_object_unref (ipcs[i]);
    }

  return heard;
}

static gboolean
has_listener (const Message *message)
{
  MullionIpcMain *ipcs[3];
  guint n_ipcs = list_ipcs (message, ipcs);

  for (guint i = 0; i < n_ipcs; i++)
    if (mullion_ipc_main_listener_count (ipcs[i], message->channel) > 0)
      return TRUE;

  return g_signal_has_handler_pending (message->contents,
                                       g_signal_lookup ("ipc-message", MULLION_TYPE_WEB_CONTENTS),
                                       0, TRUE);
}

static void
reply_sync_error (const Message *message,
                  const char    *text)
{
  g_autoptr(JsonArray) args = mullion_error_reply_new ("", text);

  mullion_web_frame_main_reply_sync (message->frame, message->sync_id,
                                     MULLION_MESSAGE_REPLY_ERROR, args);
}

static void
handle_send (const Message *message)
{
  emit (message, 0);
}

/* Electron leaves the page standing when nobody listens. Throwing at once tells the author the
 * same thing without the wait. */
static void
handle_send_sync (const Message *message)
{
  g_autofree char *shown = NULL;
  g_autofree char *text = NULL;

  if (has_listener (message))
    {
      emit (message, message->sync_id);
      return;
    }

  shown = mullion_shown_text_dup (message->channel);
  text = g_strdup_printf ("WebContents #%u called ipcRenderer.sendSync() with '%s' channel "
                          "without listeners.",
                          mullion_web_contents_get_id (message->contents), shown);
  mullion_web_contents_complain (message->contents, text);
  reply_sync_error (message, text);
}

static void
handle_invoke (const Message *message)
{
  g_autoptr(MullionIpcMainInvokeEvent) event =
    mullion_ipc_main_invoke_event_new (message->contents, message->frame, message->channel,
                                       message->id);
  g_autofree char *text = NULL;
  MullionIpcMain *ipcs[3];
  guint n_ipcs = list_ipcs (message, ipcs);

  if (mullion_page_host_count_calls (message->host) > MAX_CALLS)
    {
      mullion_ipc_main_invoke_event_refuse (event, "Too many calls wait for their answers");
      return;
    }

  if (message->hold != NULL)
    mullion_ipc_main_invoke_event_take_bytes (event, mullion_byte_hold_ref (message->hold));
  for (guint i = 0; i < n_ipcs; i++)
    if (mullion_ipc_main_call (ipcs[i], event, message->args))
      return;

  text = g_strdup_printf ("No handler registered for '%s'", message->channel);
  mullion_ipc_main_invoke_event_refuse (event, text);
}

static void
handle_abort (const Message *message)
{
  mullion_web_frame_main_cancel_call (message->frame, message->id);
}

/* What a page leaves unread is memory of ours, and who sends does not notice. */
static const char *
explain_unreachable (MullionWebFrameMain *frame)
{
  if (frame == NULL)
    return "there is no page of the id";
  if (mullion_web_frame_main_count_unread (frame) > MAX_UNREAD)
    return "nothing more is taken for the page, which reads none of it, of the id";

  return NULL;
}

static void
handle_send_to (const Message *message)
{
  MullionWebContents *target =
    message->id <= G_MAXUINT ? mullion_web_contents_from_id (message->id) : NULL;
  MullionWebFrameMain *frame = target != NULL ? mullion_web_contents_get_main_frame (target) : NULL;
  const char *fault = explain_unreachable (frame);
  g_autofree char *shown = NULL;
  g_autofree char *text = NULL;

  if (fault == NULL)
    {
      mullion_web_frame_main_deliver (frame, mullion_web_contents_get_id (message->contents),
                                      message->channel, message->args);
      return;
    }

  shown = mullion_shown_text_dup (message->channel);
  text = g_strdup_printf ("WebContents #%u called ipcRenderer.sendTo() with '%s' channel, but %s "
                          "%" G_GINT64_FORMAT,
                          mullion_web_contents_get_id (message->contents), shown, fault,
                          message->id);
  mullion_web_contents_complain (message->contents, text);
}

/* Scripts run in the main frame of the page that is shown: nobody else has their results. */
static void
handle_result (const Message *message)
{
  if (message->frame != mullion_web_contents_get_main_frame (message->contents))
    return;

  if (message->hold != NULL)
    mullion_byte_hold_unref_later (mullion_byte_hold_ref (message->hold));
  mullion_web_contents_evaluated (message->contents, message->id,
                                  *message->channel == '\0',
                                  mullion_json_node_at (message->args, 0));
}

static void
handle_answer (const Message *message)
{
  if (message->hold != NULL)
    mullion_byte_hold_unref_later (mullion_byte_hold_ref (message->hold));
  mullion_web_frame_main_answer_question (message->frame, message->id, message->channel,
                                          mullion_json_node_at (message->args, 0));
}

static void
handle_control (const Message *message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) value = mullion_control_call (message->contents, message->channel,
                                                    message->args, &error);

  if (error != NULL)
    {
      g_autofree char *shown = mullion_shown_text_dup (error->message);
      g_autofree char *text =
        g_strdup_printf ("WebContents #%u: %s", mullion_web_contents_get_id (message->contents),
                         shown);

      mullion_web_contents_complain (message->contents, text);
    }
}

static void
handle_control_sync (const Message *message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) value = mullion_control_call (message->contents, message->channel,
                                                    message->args, &error);
  g_autoptr(JsonArray) args = NULL;

  if (error != NULL)
    {
      reply_sync_error (message, error->message);
      return;
    }

  args = json_array_sized_new (1);
  if (value != NULL)
    json_array_add_element (args, g_steal_pointer (&value));
  mullion_web_frame_main_reply_sync (message->frame, message->sync_id, MULLION_MESSAGE_REPLY,
                                     args);
}

/* -- What is refused -- */

/* (nullable) (transfer full): what is wrong with the arguments */
static char *
find_mistake (const Message *message)
{
  MullionIpcMain *ipcs[3];
  guint n_ipcs = list_ipcs (message, ipcs);
  char *mistake = NULL;

  for (guint i = 0; mistake == NULL && i < n_ipcs; i++)
    mistake = mullion_ipc_main_find_mistake (ipcs[i], message->channel, message->args);

  return mistake;
}

static void
refuse_invoke (const Message *message,
               const char    *reason)
{
  g_autoptr(MullionIpcMainInvokeEvent) event =
    mullion_ipc_main_invoke_event_new (message->contents, message->frame, message->channel,
                                       message->id);

  mullion_ipc_main_invoke_event_refuse (event, reason);
}

/* -- The table -- */

static char *
dup_control_channel (const Message *message)
{
  return mullion_control_dup_channel (message->channel, message->args);
}

static const MessageRule message_rules[] = {
  { MULLION_MESSAGE_SEND, MAY_HAVE_SCHEMA, handle_send, "ipcRenderer.send()", NULL, NULL },
  { MULLION_MESSAGE_INVOKE, MAY_HAVE_SCHEMA, handle_invoke, "ipcRenderer.invoke()", NULL,
    refuse_invoke },
  { MULLION_MESSAGE_SEND_SYNC, IS_SYNC | MAY_HAVE_SCHEMA, handle_send_sync,
    "ipcRenderer.sendSync()", NULL, reply_sync_error },
  { MULLION_MESSAGE_POST_MESSAGE, MAY_HAVE_PORTS | MAY_HAVE_SCHEMA, handle_send,
    "ipcRenderer.postMessage()", NULL, NULL },
  { MULLION_MESSAGE_SEND_TO, 0, handle_send_to, "ipcRenderer.sendTo()", NULL, NULL },
  { MULLION_MESSAGE_RESULT, 0, handle_result },
  { MULLION_MESSAGE_CONTROL, 0, handle_control, "webFrame", dup_control_channel, NULL },
  { MULLION_MESSAGE_CONTROL_SYNC, IS_SYNC, handle_control_sync, "remote or webFrame",
    dup_control_channel, reply_sync_error },
  { MULLION_MESSAGE_ABORT, 0, handle_abort },
  { MULLION_MESSAGE_ANSWER, 0, handle_answer },
};

static gboolean
has (const MessageRule *rule,
     Trait              trait)
{
  return (rule->traits & trait) != 0;
}

static const MessageRule *
find_rule (gint64 kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (message_rules); i++)
    if (message_rules[i].kind == kind)
      return &message_rules[i];

  return NULL;
}

/* Fills @message from `[ kind, id, channel, arguments ]`, which may have ports at the end. Returns:
 * (nullable): the rule of its kind, NULL when it is not of that shape. */
static const MessageRule *
read_message (JsonNode *node,
              Message  *message)
{
  JsonArray *parts;
  JsonNode *args;
  gint64 kind;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  parts = json_node_get_array (node);
  if (json_array_get_length (parts) < 4 || json_array_get_length (parts) > 5 ||
      !mullion_json_int_at (parts, 0, &kind) ||
      !mullion_json_int_at (parts, 1, &message->id))
    return NULL;

  message->channel = mullion_json_string_at (parts, 2);
  args = mullion_json_node_at (parts, 3);
  if (message->channel == NULL || !JSON_NODE_HOLDS_ARRAY (args) ||
      message->id < 0 || message->id > MULLION_WIRE_MAX_ID)
    return NULL;

  message->args = json_node_get_array (args);

  return find_rule (kind);
}

/* The renderer gives the bridge to no document but those of the listed origins, and no two calls
 * the same id. Who speaks all the same is no renderer of ours. */
static gboolean
may_exist (const Message     *message,
           const MessageRule *rule)
{
  if (rule->kind == MULLION_MESSAGE_RESULT)
    return TRUE;
  if (rule->kind == MULLION_MESSAGE_INVOKE &&
      mullion_web_frame_main_has_call (message->frame, message->id))
    return FALSE;

  return mullion_gate_has_bridge (message->frame);
}

/* Who only sends waits for nothing: the console of the page says it. */
static void
refuse (const Message     *message,
        const MessageRule *rule,
        const char        *channel,
        const char        *reason)
{
  gboolean was_told;

  if (rule->refuse != NULL)
    rule->refuse (message, reason);

  was_told = mullion_web_contents_deny (message->contents, message->frame, rule->method, channel,
                                        reason);
  if (rule->refuse == NULL && was_told)
    {
      g_autofree char *text = g_strdup_printf ("%s was denied: %s", rule->method, reason);

      mullion_web_frame_main_refuse (message->frame, text);
    }
}

static gboolean
is_granted (const Message     *message,
            const MessageRule *rule)
{
  g_autofree char *channel = rule->dup_channel != NULL ? rule->dup_channel (message) : NULL;
  const char *name = channel != NULL ? channel : message->channel;
  g_autofree char *reason = NULL;

  if (rule->method == NULL || mullion_gate_is_open (message->frame, name))
    return TRUE;
  if ((rule->kind == MULLION_MESSAGE_CONTROL || rule->kind == MULLION_MESSAGE_CONTROL_SYNC) &&
      mullion_control_is_free (message->channel))
    return TRUE;

  reason = mullion_denials_describe (message->frame, name);
  refuse (message, rule, name, reason);
  return FALSE;
}

/* Comes after the grants: who may not use a channel learns nothing about it. */
static gboolean
is_well_shaped (const Message     *message,
                const MessageRule *rule)
{
  g_autofree char *mistake = has (rule, MAY_HAVE_SCHEMA) ? find_mistake (message) : NULL;
  g_autofree char *shown = NULL;
  g_autofree char *reason = NULL;

  if (mistake == NULL)
    return TRUE;

  shown = mullion_shown_text_dup (message->channel);
  reason = g_strdup_printf ("Invalid arguments for '%s': %s", shown, mistake);
  refuse (message, rule, message->channel, reason);
  return FALSE;
}

/* The sockets of a message, which @places names among those of its frame. Each can be taken once. */
static GPtrArray *
receive_ports (MullionPageHost  *host,
               JsonArray        *places,
               GError          **error)
{
  g_autoptr(GArray) fds = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(GUnixFDList) list = NULL;
  gboolean are_there = TRUE;

  for (guint i = 0; are_there && i < json_array_get_length (places); i++)
    {
      gint64 place;
      int fd = mullion_json_int_at (places, i, &place) ? mullion_page_host_take_port (host, place) : -1;

      are_there = fd >= 0;
      if (are_there)
        g_array_append_val (fds, fd);
    }

  if (fds->len > 0)
    list = g_unix_fd_list_new_from_array ((int *) fds->data, fds->len);
  if (are_there && list != NULL)
    return mullion_port_list_receive (list, mullion_page_host_get_port_quota (host), error);

  g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                       "A message has a port that did not come");
  return NULL;
}

/* Returns FALSE when a message names ports that it cannot have. */
static gboolean
read_ports (MullionPageHost    *host,
            const MessageRule  *rule,
            JsonNode           *node,
            Message            *message,
            GError            **error)
{
  JsonNode *places = mullion_json_node_at (json_node_get_array (node), 4);

  if (places == NULL)
    return TRUE;
  if (!has (rule, MAY_HAVE_PORTS) || !JSON_NODE_HOLDS_ARRAY (places))
    return FALSE;

  message->ports = receive_ports (host, json_node_get_array (places), error);
  return message->ports != NULL;
}

/* Returns FALSE when @node is no message, which ends the channel. @sync_id: what the sender waits
 * for when this is the message for which it stands still, else 0. */
gboolean
mullion_message_route (MullionPageHost     *host,
                       MullionWebFrameMain *frame,
                       JsonNode            *node,
                       guint64              sync_id,
                       GError             **error)
{
  g_autoptr(GPtrArray) ports = NULL;
  g_autoptr(MullionWebContents) contents = g_object_ref (mullion_page_host_get_contents (host));
  Message message = {
    .host = host, .contents = contents, .frame = frame, .sync_id = sync_id,
    .hold = mullion_page_host_get_byte_hold (host),
  };
  const MessageRule *rule = read_message (node, &message);

  if (rule == NULL || has (rule, IS_SYNC) != (sync_id != 0) || !may_exist (&message, rule) ||
      !read_ports (host, rule, node, &message, error))
    return FALSE;

  ports = message.ports;
  mullion_page_host_record (host, mullion_web_frame_main_get_document (frame), rule->kind,
                            sync_id != 0, sync_id != 0 ? sync_id : (guint64) message.id,
                            message.channel, message.args, ports != NULL ? ports->len : 0);
  if (is_granted (&message, rule) && is_well_shaped (&message, rule))
    rule->handle (&message);
  return TRUE;
}
