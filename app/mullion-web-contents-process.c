/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

/*
 * The web process of MullionWebContents, and its end.
 *
 * A web process ends by itself, by somebody's hand, or by ours: who breaks the rules of the wire is
 * not only no longer heard. It is in the hands of an attacker or of a bug, and what it shows the
 * user is not to be believed either.
 */

static const char *
describe_termination (WebKitWebProcessTerminationReason reason)
{
  switch (reason)
    {
    case WEBKIT_WEB_PROCESS_EXCEEDED_MEMORY_LIMIT:
      return "oom";
    case WEBKIT_WEB_PROCESS_TERMINATED_BY_API:
      return "killed";
    case WEBKIT_WEB_PROCESS_CRASHED:
    default:
      return "crashed";
    }
}

static void
end_process (MullionWebContents *self,
             const char         *reason)
{
  g_object_ref (self);
  self->has_process_gone = TRUE;
  self->is_loading = FALSE;
  self->has_started = FALSE;
  self->is_replacing = FALSE;
  self->is_awaiting_document = FALSE;
  mullion_web_contents_drop_hosts (self);
  mullion_evaluations_run (self->evaluations, NULL);
  mullion_outbox_fail_questions (self->outbox);
  mullion_web_contents_fail_printing (self);
  if (!self->is_destroyed)
    g_signal_emit_by_name (self, "render-process-gone", reason);
  if (!self->is_destroyed && self->app != NULL)
    g_signal_emit_by_name (self->app, "render-process-gone", self, reason);
  /* Whoever heard of it may have loaded something already. */
  if (!self->is_destroyed && self->has_process_gone && self->reload_after_crash)
    mullion_web_contents_recover (self, reason);
  g_object_unref (self);
}

static void
process_terminated_cb (WebKitWebView                     *view,
                       WebKitWebProcessTerminationReason  reason,
                       MullionWebContents                *self)
{
  const char *text = describe_termination (reason);

  if (self->is_punishing)
    {
      self->is_punishing = FALSE;
    }
  else
    {
      g_clear_pointer (&self->gone_message, g_free);
      g_warning ("The web process of WebContents #%u is gone: %s", self->id, text);
    }
  end_process (self, text);
}

/* Ends the web process of the page @page_id, which broke the rules. When WebKit has put a page of
 * another process in its place by now, that one is innocent, and the channel was all that the other
 * still had. */
void
mullion_web_contents_punish (MullionWebContents *self,
                             guint64             page_id,
                             const char         *message)
{
  if (self->is_destroyed || self->view == NULL || webkit_web_view_get_page_id (self->view) != page_id)
    return;

  g_free (self->gone_message);
  self->gone_message = g_strdup (message);
  self->is_punishing = TRUE;
  webkit_web_view_terminate_web_process (self->view);

  /* WebKit reports the end at once, except of a process that it had not heard of yet. */
  if (self->is_punishing && !self->is_destroyed)
    {
      self->is_punishing = FALSE;
      end_process (self, "killed");
    }
}

/* WebKit waits three seconds for an answer to what the user did. */
static void
notify_responsive_cb (WebKitWebView      *view,
                      GParamSpec         *pspec,
                      MullionWebContents *self)
{
  g_signal_emit_by_name (self, webkit_web_view_get_is_web_process_responsive (view)
                         ? "responsive" : "unresponsive");
}

void
mullion_web_contents_watch_process (MullionWebContents *self)
{
  g_signal_connect_object (self->view, "notify::is-web-process-responsive",
                           G_CALLBACK (notify_responsive_cb), self, 0);
  g_signal_connect_object (self->view, "web-process-terminated",
                           G_CALLBACK (process_terminated_cb), self, 0);
}

/**
 * mullion_web_contents_get_gone_message:
 * @self: web contents
 *
 * Gets why Mullion itself ended the web process, for example
 * `A frame of kind 5 is from document 2, which does not live`. It is meant for a log and not for
 * the user.
 *
 * Returns: (nullable): what the web process had done, %NULL when the last one ended otherwise
 *
 * Since: 0.1
 */
const char *
mullion_web_contents_get_gone_message (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);

  return self->gone_message;
}
