/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-ask.h"

#include "mullion-app-private.h"
#include "mullion-browser-window.h"
#include "mullion-error.h"
#include "mullion-json-access.h"
#include "mullion-web-contents.h"

/*
 * The channels of an app, for tests: what a page could send and call, and what is answered to it.
 *
 * Main process. A call of a test goes through the page: its preload runtime calls in the place of
 * the preload script, and so the test may use what the page may, and learns what the page would.
 */

/* What preload/ipc-renderer.js answers to. */
#define INVOKE_CHANNEL "$mullion.invoke"
#define SEND_CHANNEL "$mullion.send"

#define DEFAULT_TIMEOUT_MSEC 30000

static void
asked_cb (GObject      *contents,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  JsonNode *answer = mullion_web_contents_invoke_finish (MULLION_WEB_CONTENTS (contents), result,
                                                         &error);

  if (error == NULL)
    {
      mullion_automation_answer (task, answer);
      return;
    }

  g_task_return_error (task, error);
  g_object_unref (task);
}

/* (transfer full) (nullable): the channel and what goes to it; %NULL when @task has failed */
static JsonArray *
read_message (JsonObject *args,
              GTask      *task)
{
  const char *channel = mullion_automation_need_string (args, "channel", task);
  JsonNode *list = json_object_get_member (args, "args");
  JsonArray *message;

  if (channel == NULL)
    return NULL;

  if (list != NULL && !JSON_NODE_HOLDS_ARRAY (list))
    {
      g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                               "args must be a list");
      g_object_unref (task);
      return NULL;
    }

  message = json_array_new ();
  json_array_add_string_element (message, channel);
  for (guint i = 0; list != NULL && i < json_array_get_length (json_node_get_array (list)); i++)
    json_array_add_element (message, json_array_dup_element (json_node_get_array (list), i));
  return message;
}

static void
ask_page (MullionBrowserWindow *window,
          const char           *channel,
          JsonObject           *args,
          GTask                *task)
{
  MullionWebContents *contents = mullion_browser_window_get_web_contents (window);
  gint64 timeout = mullion_json_get_int (args, "timeout", DEFAULT_TIMEOUT_MSEC);
  JsonArray *message = read_message (args, task);

  if (message != NULL)
    mullion_web_contents_invoke_async (contents, channel, message,
                                       (guint) CLAMP (timeout, 1, G_MAXINT), NULL, asked_cb, task);
}

void
mullion_automation_invoke (MullionBrowserWindow *window,
                           JsonObject           *args,
                           GTask                *task)
{
  ask_page (window, INVOKE_CHANNEL, args, task);
}

void
mullion_automation_send (MullionBrowserWindow *window,
                         JsonObject           *args,
                         GTask                *task)
{
  ask_page (window, SEND_CHANNEL, args, task);
}

/* -- The test answers -- */

static MullionAutomationMocks *
get_mocks (GTask *task)
{
  MullionApp *app = g_task_get_source_object (task);

  return mullion_automation_get_mocks (mullion_app_get_private (app)->automation);
}

void
mullion_automation_mock (MullionBrowserWindow *window,
                         JsonObject           *args,
                         GTask                *task)
{
  const char *channel = mullion_automation_need_string (args, "channel", task);
  JsonNode *value = json_object_get_member (args, "value");

  if (channel == NULL)
    return;

  mullion_automation_mocks_set (get_mocks (task), channel,
                                value != NULL ? json_node_copy (value)
                                              : json_node_new (JSON_NODE_NULL),
                                mullion_json_get_string (args, "error"));
  mullion_automation_answer (task, NULL);
}

void
mullion_automation_unmock (MullionBrowserWindow *window,
                           JsonObject           *args,
                           GTask                *task)
{
  const char *channel = mullion_json_get_string (args, "channel");

  if (mullion_automation_mocks_unset (get_mocks (task), channel) || channel == NULL)
    {
      mullion_automation_answer (task, NULL);
      return;
    }

  g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                           "The channel '%s' is not mocked", channel);
  g_object_unref (task);
}

void
mullion_automation_take_calls (MullionBrowserWindow *window,
                               JsonObject           *args,
                               GTask                *task)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, mullion_automation_mocks_take_calls (get_mocks (task)));
  mullion_automation_answer (task, node);
}
