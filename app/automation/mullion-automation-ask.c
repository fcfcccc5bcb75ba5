/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-ask.h"

#include "mullion-app.h"
#include "mullion-error.h"
#include "mullion-json-access.h"

/*
 * The table of what a test asks of the app. Main process; it trusts the driver, and checks what a
 * test has written all the same, for the sake of whoever writes the test.
 */

static const struct
{
  const char *name;
  MullionAutomationCommand run;
} commands[] = {
  { "GET menu", mullion_automation_list_menu },
  { "POST menu/activate", mullion_automation_activate_menu },
  { "POST dialog/answer", mullion_automation_answer_dialog },
  { "GET dialog", mullion_automation_list_dialogs },
  { "GET notification", mullion_automation_list_notifications },
  { "POST files", mullion_automation_give_files },
  { "POST print", mullion_automation_print },
  { "POST ipc/invoke", mullion_automation_invoke },
  { "POST ipc/send", mullion_automation_send },
  { "POST ipc/mock", mullion_automation_mock },
  { "POST ipc/unmock", mullion_automation_unmock },
  { "GET ipc/calls", mullion_automation_take_calls },
};

static MullionAutomationCommand
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return commands[i].run;

  return NULL;
}

static void
free_node (gpointer node)
{
  g_clear_pointer ((JsonNode **) &node, json_node_unref);
}

void
mullion_automation_answer (GTask    *task,
                           JsonNode *value)
{
  g_task_return_pointer (task, value, free_node);
  g_object_unref (task);
}

const char *
mullion_automation_need_string (JsonObject *args,
                                const char *member,
                                GTask      *task)
{
  const char *text = mullion_json_get_string (args, member);

  if (text == NULL)
    {
      g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                               "%s must be a string", member);
      g_object_unref (task);
    }

  return text;
}

void
mullion_automation_ask (MullionApp           *app,
                        MullionBrowserWindow *window,
                        const char           *command,
                        JsonObject           *args,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  GTask *task = g_task_new (app, NULL, callback, user_data);
  MullionAutomationCommand run = find_command (command);

  g_task_set_source_tag (task, mullion_automation_ask);
  if (run != NULL)
    {
      run (window, args, task);
      return;
    }

  g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                           "The app does not know how to %s", command);
  g_object_unref (task);
}

JsonNode *
mullion_automation_ask_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
