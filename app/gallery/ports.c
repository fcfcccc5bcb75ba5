/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * Message ports: one of a page that C listens on, and a line between two pages.
 *
 * Each port is a conversation of its own, so no channel name and no id is needed to tell two of them
 * apart. What goes over the line between two pages does not pass here at all.
 */

/* -- A port that C listens on -- */

typedef struct
{
  MullionMessagePortMain *port;
  guint owner; /* the id of the web contents of the other end */
  double total;
} Tally;

static void
free_tally (Tally *tally)
{
  g_signal_handlers_disconnect_by_data (tally->port, tally);
  g_object_unref (tally->port);
  g_free (tally);
}

static void
close_tally (MullionMessagePortMain *port,
             Tally                  *tally)
{
  MullionWebContents *owner = mullion_web_contents_from_id (tally->owner);

  if (owner != NULL)
    mullion_web_contents_send (owner, "ports:closed",
                               gallery_args_new (gallery_number_node (tally->total), NULL));
  free_tally (tally);
}

/* Whatever comes from a page may be anything. Null is its farewell: WebKit tells nobody that a port
 * was closed, only that its page is gone. */
static void
add_number (MullionMessagePortMain *port,
            MullionMessageEvent    *event,
            Tally                  *tally)
{
  JsonNode *data = mullion_message_event_get_data (event);
  g_autoptr(JsonArray) args = json_array_new ();
  JsonNode *answer = NULL;
  g_autoptr(GError) error = NULL;
  double number = 0;

  if (data == NULL || JSON_NODE_HOLDS_NULL (data))
    {
      close_tally (port, tally);
      return;
    }

  json_array_add_element (args, json_node_copy (data));
  if (gallery_args_get_number (args, 0, -1e9, 1e9, &number, &error))
    answer = gallery_number_node (tally->total += number);
  else
    answer = gallery_string_node (error->message);

  /* It fails when the page is gone meanwhile, which the next signal tells. */
  mullion_message_port_main_post_message (port, answer, NULL, 0, NULL);
}

static void
open_tally (MullionIpcMainEvent *event,
            JsonArray           *args,
            gpointer             user_data)
{
  guint n_ports = 0;
  MullionMessagePortMain **ports = mullion_ipc_main_event_get_ports (event, &n_ports);
  Tally *tally = NULL;

  if (n_ports != 1)
    return;

  tally = g_new0 (Tally, 1);
  tally->port = g_object_ref (ports[0]);
  tally->owner = mullion_web_contents_get_id (mullion_ipc_main_event_get_sender (event));
  g_signal_connect (tally->port, "message", G_CALLBACK (add_number), tally);
  g_signal_connect (tally->port, "close", G_CALLBACK (close_tally), tally);
  mullion_message_port_main_start (tally->port);
}

/* -- A line between two pages -- */

typedef struct
{
  MullionApp *app;
  guint waiting; /* the id of the web contents that wait for another, or 0 */
} Exchange;

static gboolean
give_end (MullionWebContents     *contents,
          MullionMessagePortMain *port,
          MullionWebContents     *other,
          GError                **error)
{
  JsonNode *id = gallery_number_node (mullion_web_contents_get_id (other));

  return mullion_web_contents_post_message (contents, "ports:line", id, &port, 1, error);
}

static void
introduce (MullionWebContents *one,
           MullionWebContents *other)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionMessageChannelMain) channel = mullion_message_channel_main_new (&error);

  if (channel == NULL ||
      !give_end (one, mullion_message_channel_main_get_port1 (channel), other, &error) ||
      !give_end (other, mullion_message_channel_main_get_port2 (channel), one, &error))
    g_warning ("Two pages were not connected: %s", error->message);
}

static void
join (MullionIpcMainEvent *event,
      JsonArray           *args,
      gpointer             user_data)
{
  Exchange *exchange = user_data;
  MullionWebContents *sender = mullion_ipc_main_event_get_sender (event);
  MullionWebContents *other = mullion_web_contents_from_id (exchange->waiting);

  if (other == NULL || other == sender)
    {
      exchange->waiting = mullion_web_contents_get_id (sender);
      return;
    }

  exchange->waiting = 0;
  introduce (other, sender);
}

static void
leave (MullionIpcMainEvent *event,
       JsonArray           *args,
       gpointer             user_data)
{
  Exchange *exchange = user_data;

  if (exchange->waiting == mullion_web_contents_get_id (mullion_ipc_main_event_get_sender (event)))
    exchange->waiting = 0;
}

static void
open_peer (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  Exchange *exchange = user_data;

  gallery_open_window (exchange->app, GALLERY_WINDOW_SMALL, "ports");
  mullion_ipc_main_invoke_event_return (event, NULL);
}

void
gallery_ports_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);
  Exchange *exchange = g_new0 (Exchange, 1);

  /* It lives as long as the process. */
  exchange->app = app;

  mullion_ipc_main_on (ipc, "ports:tally", open_tally, NULL, NULL);
  mullion_ipc_main_on (ipc, "ports:join", join, exchange, NULL);
  mullion_ipc_main_on (ipc, "ports:leave", leave, exchange, NULL);
  mullion_ipc_main_handle (ipc, "ports:open-peer", open_peer, exchange, NULL);
}
