/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * The main process asks the page, and gets an answer or an error.
 *
 * A page may be slow or gone, or its user may think: hence the timeout. What it answers is as
 * little to be believed as anything else that a page says.
 */

#define PATIENCE_MSEC (10 * 1000)
#define LONGEST_ANSWER 200

static char *
describe_answer (JsonNode *answer)
{
  g_autoptr(JsonArray) args = gallery_args_new (json_node_copy (answer), NULL);
  g_autoptr(GError) error = NULL;
  const char *text = gallery_args_get_string (args, 0, LONGEST_ANSWER, &error);

  return text != NULL ? g_strdup_printf ("C was answered: %s", text)
                      : g_strdup_printf ("C was answered nonsense: %s", error->message);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  MullionWebContents *contents = MULLION_WEB_CONTENTS (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) answer = mullion_web_contents_invoke_finish (contents, result, &error);
  g_autofree char *text = answer != NULL ? describe_answer (answer) : g_strdup (error->message);

  mullion_web_contents_send (contents, "ask:outcome",
                             gallery_args_new (gallery_string_node (text), NULL));
}

static void
ask_page (MullionIpcMainEvent *event,
          JsonArray           *args,
          gpointer             user_data)
{
  MullionWebContents *sender = mullion_ipc_main_event_get_sender (event);
  JsonNode *question = gallery_string_node ("What is the bar between two panes called?");

  mullion_web_contents_invoke_async (sender, "ask:question", gallery_args_new (question, NULL),
                                     PATIENCE_MSEC, NULL, answered_cb, NULL);
}

void
gallery_ask_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_on (ipc, "ask:begin", ask_page, NULL, NULL);
}
