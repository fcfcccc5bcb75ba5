/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-frame-main-private.h"

#include "mullion-app.h"
#include "mullion-web-contents-private.h"

/*
 * What the main process asks a document, and what the document answers.
 *
 * Lives in the main process. A question has a number that the document gives back with the answer.
 * Only the document that was asked can answer, and only once: any other number is ignored, for an
 * answer may cross the news that nobody waits for it any more.
 */

/* What an answer is, by what stands in the place of its channel; a value has none. */
static const struct
{
  const char *name;
  MullionError code;
} failures[] = {
  { "error", MULLION_ERROR_SCRIPT },
  { "clone", MULLION_ERROR_DATA_CLONE },
};

/* Nobody waits for the answer any more: its handler may stop. */
static void
leave_cb (MullionQuestion *question,
          gpointer         user_data)
{
  MullionWebFrameMain *self = user_data;

  g_hash_table_remove (self->questions, &question->id);
  mullion_page_host_deliver (self->host, self->document, MULLION_MESSAGE_CANCEL, question->id,
                             "", NULL, NULL);
}

/* Takes @question. */
void
mullion_web_frame_main_ask (MullionWebFrameMain *self,
                            MullionQuestion     *question)
{
  g_autoptr(GError) error = NULL;

  question->id = ++self->last_question;
  if (self->host == NULL)
    mullion_question_fail (question, MULLION_ERROR_GONE, "The page is gone");
  else if (!mullion_gate_has_bridge (self))
    mullion_question_fail (question, MULLION_ERROR_NOT_ALLOWED,
                           "The page is of an origin that has no bridge");
  else if (!mullion_page_host_deliver (self->host, self->document, MULLION_MESSAGE_ASK,
                                       question->id, question->channel, question->args, &error))
    mullion_question_fail (question, g_error_matches (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE)
                           ? MULLION_ERROR_TOO_LARGE : MULLION_ERROR_INVALID_ARGUMENT,
                           error->message);
  else
    {
      mullion_question_set_holder (question, leave_cb, self);
      g_hash_table_insert (self->questions, &question->id, question);
    }
}

static void
fail_with_answer (MullionQuestion *question,
                  const char      *outcome,
                  JsonNode        *value)
{
  const char *text = value != NULL && json_node_get_value_type (value) == G_TYPE_STRING
                     ? json_node_get_string (value) : "The page said nothing of it";

  if (g_str_equal (outcome, "missing"))
    {
      g_autofree char *missing =
        g_strdup_printf ("No handler registered for '%s'", question->channel);

      mullion_question_fail (question, MULLION_ERROR_NOT_FOUND, missing);
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_str_equal (failures[i].name, outcome))
      {
        mullion_question_fail (question, failures[i].code, text);
        return;
      }

  mullion_question_fail (question, MULLION_ERROR_SCRIPT, "The page's answer cannot be read");
}

/* @outcome: "" for a value, or the name of a failure, whose @value (nullable) is its text */
void
mullion_web_frame_main_answer_question (MullionWebFrameMain *self,
                                        guint64              id,
                                        const char          *outcome,
                                        JsonNode            *value)
{
  MullionQuestion *question = g_hash_table_lookup (self->questions, &id);

  if (question == NULL)
    return;

  g_hash_table_remove (self->questions, &id);
  if (*outcome == '\0')
    mullion_question_return (question, value);
  else
    fail_with_answer (question, outcome, value);
}

/* The document is gone, and nothing that it was asked will be answered. */
void
mullion_web_frame_main_fail_questions (MullionWebFrameMain *self)
{
  g_autoptr(GList) questions = g_hash_table_get_values (self->questions);

  g_hash_table_remove_all (self->questions);
  for (GList *l = questions; l != NULL; l = l->next)
    mullion_question_set_holder (l->data, NULL, NULL);
  for (GList *l = questions; l != NULL; l = l->next)
    mullion_question_fail (l->data, MULLION_ERROR_GONE, "The page went away before it answered");
}

/**
 * mullion_web_frame_main_invoke_async:
 * @self: a frame
 * @channel: the name that the preload gave to `ipcRenderer.handle`
 * @args: (nullable) (transfer full): what its handler gets after the event
 * @timeout_msec: how long to wait for the answer, in milliseconds; 0 waits for as long as the document
 *   lives
 * @cancellable: (nullable): to stop waiting; the handler is told by its event's `signal`
 * @callback: (scope async): called with the answer
 * @user_data: given to @callback
 *
 * Calls a handler of exactly this document. [method@WebContents.invoke_async] has the details.
 *
 * Since: 0.1
 */
void
mullion_web_frame_main_invoke_async (MullionWebFrameMain *self,
                                     const char          *channel,
                                     JsonArray           *args,
                                     guint                timeout_msec,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MULLION_IS_WEB_FRAME_MAIN (self));
  g_return_if_fail (channel != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_web_frame_main_invoke_async);
  mullion_web_frame_main_ask (self, mullion_question_new (task, channel, args, timeout_msec));
}

/**
 * mullion_web_frame_main_invoke_finish:
 * @self: a frame
 * @result: what the callback got
 * @error: why there is no answer, as in [method@WebContents.invoke_finish]
 *
 * Ends [method@WebFrameMain.invoke_async].
 *
 * Returns: (transfer full): the answer; `undefined` is a JSON null
 *
 * Since: 0.1
 */
JsonNode *
mullion_web_frame_main_invoke_finish (MullionWebFrameMain  *self,
                                      GAsyncResult         *result,
                                      GError              **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
