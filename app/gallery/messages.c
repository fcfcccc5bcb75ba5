/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * send and on: a message with several arguments, answered by two messages.
 *
 * A listener owes no answer. This one replies on the channel that it was asked on, to the very
 * frame that asked, and then tells the page something more on another channel.
 */

#define LARGEST 1e9

static guint requests = 0;

static gboolean
read_request (JsonArray   *args,
              double      *first,
              double      *second,
              const char **label,
              GError     **error)
{
  if (!gallery_args_get_number (args, 0, -LARGEST, LARGEST, first, error)
      || !gallery_args_get_number (args, 1, -LARGEST, LARGEST, second, error))
    return FALSE;

  *label = gallery_args_get_string (args, 2, 100, error);
  return *label != NULL;
}

static void
notice (MullionIpcMainEvent *event,
        const char          *text)
{
  MullionWebContents *sender = mullion_ipc_main_event_get_sender (event);

  mullion_web_contents_send (sender, "messages:notice",
                             gallery_args_new (gallery_string_node (text), NULL));
}

static void
add (MullionIpcMainEvent *event,
     JsonArray           *args,
     gpointer             user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  const char *channel = mullion_ipc_main_event_get_channel (event);
  const char *label = NULL;
  JsonArray *answer = NULL;
  double first = 0;
  double second = 0;

  if (!read_request (args, &first, &second, &label, &error))
    {
      notice (event, error->message);
      return;
    }

  requests++;
  answer = gallery_args_new (gallery_number_node (first + second),
                             gallery_string_node (label),
                             gallery_number_node (requests), NULL);
  mullion_ipc_main_event_reply (event, channel, answer);

  text = g_strdup_printf ("Additions so far: %u", requests);
  notice (event, text);
}

void
gallery_messages_register (MullionApp *app)
{
  mullion_ipc_main_on (mullion_app_get_ipc_main (app), "messages:add", add, NULL, NULL);
}
