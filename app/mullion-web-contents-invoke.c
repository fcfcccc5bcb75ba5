/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

#include "mullion-web-frame-main-private.h"

/* What the main process asks the page of MullionWebContents. */

/**
 * mullion_web_contents_invoke_async:
 * @self: web contents
 * @channel: the name that the preload gave to `ipcRenderer.handle`
 * @args: (nullable) (transfer full): what its handler gets after the event
 * @timeout_msec: how long to wait for the answer, in milliseconds; 0 waits for as long as the page
 *   lives
 * @cancellable: (nullable): to stop waiting; the handler is told by its event's `signal`
 * @callback: (scope async): called with the answer
 * @user_data: given to @callback
 *
 * Calls the handler that the preload script of the main frame has registered for @channel, as pages
 * call handlers of the main process with `ipcRenderer.invoke`.
 *
 * While a page loads, the call waits until its preload script has run, together with and in the
 * order of what is sent; [method@WebContents.send] says how much waits. The time counts from now on.
 *
 * A page may be slow, stopped in the debugger, or hostile and never answer: give a timeout where
 * that matters, and check what is answered.
 *
 * Since: 0.1
 */
void
mullion_web_contents_invoke_async (MullionWebContents  *self,
                                   const char          *channel,
                                   JsonArray           *args,
                                   guint                timeout_msec,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  MullionWebFrameMain *frame;
  MullionQuestion *question;
  GTask *task;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (channel != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_web_contents_invoke_async);
  question = mullion_question_new (task, channel, args, timeout_msec);

  frame = mullion_web_contents_get_main_frame (self);
  if (!self->is_destroyed && self->is_awaiting_document)
    mullion_outbox_put_question (self->outbox, question);
  else if (frame != NULL)
    mullion_web_frame_main_ask (frame, question);
  else
    mullion_question_fail (question, MULLION_ERROR_GONE, "There is no page");
}

/**
 * mullion_web_contents_invoke_finish:
 * @self: web contents
 * @result: what the callback got
 * @error: why there is no answer: %MULLION_ERROR_SCRIPT when the handler threw or its promise
 *   rejected, with the name and the message of what it threw; %MULLION_ERROR_DATA_CLONE when what it
 *   returned cannot be sent; %MULLION_ERROR_NOT_FOUND when there is no handler;
 *   %MULLION_ERROR_GONE when there is no page, or not any more; %MULLION_ERROR_TIMED_OUT when it took
 *   too long; %MULLION_ERROR_NOT_ALLOWED when the page's origin has no bridge;
 *   %MULLION_ERROR_INVALID_ARGUMENT or %MULLION_ERROR_TOO_LARGE when the arguments cannot be sent;
 *   %MULLION_ERROR_TOO_LARGE when too much waited for the page; %G_IO_ERROR_CANCELLED
 *
 * Ends [method@WebContents.invoke_async].
 *
 * Returns: (transfer full): the answer; `undefined` is a JSON null
 *
 * Since: 0.1
 */
JsonNode *
mullion_web_contents_invoke_finish (MullionWebContents  *self,
                                    GAsyncResult        *result,
                                    GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
