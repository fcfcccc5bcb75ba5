/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

#include "mullion-crash-page.h"

/*
 * What becomes of a page of MullionWebContents whose process is gone.
 *
 * It is loaded again where the app asks so. One that crashes each time is not: a page of ours takes
 * its place, and the user may try again. To the app nothing is loaded meanwhile; what it sends waits
 * for its own page.
 */

static void
show_crash_page (MullionWebContents *self,
                 const char         *uri,
                 const char         *reason)
{
  g_autofree char *page = mullion_crash_page_new (uri, reason);
  WebKitWebViewSessionState *lost_session = g_steal_pointer (&self->lost_session);

  /* The crash page takes the place of the page in the history, and its state. */
  if (lost_session == NULL)
    lost_session = webkit_web_view_get_session_state (self->view);
  mullion_web_contents_begin_load (self);
  self->lost_session = lost_session;
  self->crash_page = MULLION_CRASH_PAGE_COMES;
  webkit_web_view_load_alternate_html (self->view, page, uri, "about:blank");
}

/* WebKit kept the history of the page, with the state of each entry, and what it had stored. */
void
mullion_web_contents_recover (MullionWebContents *self,
                              const char         *reason)
{
  g_autofree char *uri = g_strdup (mullion_web_contents_get_uri (self));
  gboolean may_try = mullion_crash_guard_note (&self->crashes, g_get_monotonic_time ());

  if (uri == NULL || (self->crash_page != MULLION_CRASH_PAGE_NONE && !may_try))
    return;

  if (may_try && self->crash_page == MULLION_CRASH_PAGE_NONE)
    mullion_web_contents_reload (self);
  else
    show_crash_page (self, uri, reason);
}

/* Loads the page again in whose place the crash page is. */
gboolean
mullion_web_contents_restore (MullionWebContents *self)
{
  WebKitWebViewSessionState *lost_session = g_steal_pointer (&self->lost_session);
  WebKitBackForwardListItem *item;

  if (lost_session == NULL)
    return FALSE;

  webkit_web_view_restore_session_state (self->view, lost_session);
  webkit_web_view_session_state_unref (lost_session);
  item = webkit_back_forward_list_get_current_item (
    webkit_web_view_get_back_forward_list (self->view));
  if (item == NULL)
    return FALSE;

  mullion_web_contents_begin_load (self);
  webkit_web_view_go_to_back_forward_list_item (self->view, item);
  return TRUE;
}

/* What WebKit reports of the load of the crash page, and of nothing else, is ours alone: returns
 * whether it was. */
gboolean
mullion_web_contents_follow_crash_page (MullionWebContents *self,
                                        WebKitLoadEvent     event)
{
  if (event == WEBKIT_LOAD_STARTED && self->crash_page != MULLION_CRASH_PAGE_NONE)
    self->crash_page = self->crash_page == MULLION_CRASH_PAGE_COMES ? MULLION_CRASH_PAGE_SHOWN
                                                                    : MULLION_CRASH_PAGE_NONE;
  if (self->crash_page == MULLION_CRASH_PAGE_NONE)
    return FALSE;

  if (event == WEBKIT_LOAD_COMMITTED)
    mullion_navigation_policy_committed (self->navigation);
  if (event == WEBKIT_LOAD_FINISHED)
    {
      self->is_loading = FALSE;
      mullion_evaluations_run (self->evaluations, NULL);
    }

  return TRUE;
}

static gboolean
try_again_cb (gpointer user_data)
{
  MullionWebContents *self = user_data;

  if (self->crash_page == MULLION_CRASH_PAGE_SHOWN)
    {
      mullion_crash_guard_reset (&self->crashes);
      mullion_web_contents_reload (self);
    }

  return G_SOURCE_REMOVE;
}

/* The crash page has one button, which is the only one of a form without a script. */
gboolean
mullion_web_contents_decide_on_crash_page (MullionWebContents       *self,
                                           WebKitPolicyDecision     *decision,
                                           WebKitPolicyDecisionType  type)
{
  WebKitNavigationAction *action;

  if (self->crash_page != MULLION_CRASH_PAGE_SHOWN ||
      type != WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION)
    return FALSE;

  action = webkit_navigation_policy_decision_get_navigation_action (
    WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  if (webkit_navigation_action_get_navigation_type (action) !=
      WEBKIT_NAVIGATION_TYPE_FORM_SUBMITTED)
    return FALSE;

  webkit_policy_decision_ignore (decision);
  g_idle_add_full (G_PRIORITY_DEFAULT, try_again_cb, g_object_ref (self), g_object_unref);
  return TRUE;
}

/**
 * mullion_web_contents_is_crashed:
 * @self: web contents
 *
 * Asks whether the page is gone, like Electron's `isCrashed`.
 *
 * Returns: whether the web process has ended, and no load has begun since; %TRUE also while the
 *   window says that the page stopped working
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_is_crashed (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);

  return self->has_process_gone || self->crash_page != MULLION_CRASH_PAGE_NONE;
}

/**
 * mullion_web_contents_get_reload_after_crash:
 * @self: web contents
 *
 * Asks whether a page whose process is gone is loaded again.
 *
 * Returns: what [method@WebContents.set_reload_after_crash] said, or the option
 *   `webPreferences.reloadAfterCrash`
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_get_reload_after_crash (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);

  return self->reload_after_crash;
}

/**
 * mullion_web_contents_set_reload_after_crash:
 * @self: web contents
 * @reload: whether a page whose process is gone is loaded again
 *
 * Brings a page back whose web process is gone, after [signal@WebContents::render-process-gone] and
 * unless a handler of that has loaded something. The page finds its history, `history.state`,
 * `sessionStorage` and all else that it had stored; what was only in its scripts is lost.
 *
 * When the process ends for the third time within a minute, the window says that the page stopped
 * working, and has a button to try again.
 *
 * Since: 0.1
 */
void
mullion_web_contents_set_reload_after_crash (MullionWebContents *self,
                                             gboolean            reload)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  self->reload_after_crash = reload;
}

/**
 * mullion_web_contents_forcefully_crash_renderer:
 * @self: web contents
 *
 * Ends the web process of the page at once, without asking the page, like Electron's
 * `forcefullyCrashRenderer`. It is for pages that do not answer any more, see
 * [signal@WebContents::unresponsive]. [signal@WebContents::render-process-gone] follows with the
 * reason `killed`; [method@WebContents.reload] then brings the page back.
 *
 * Since: 0.1
 */
void
mullion_web_contents_forcefully_crash_renderer (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  if (!self->is_destroyed)
    webkit_web_view_terminate_web_process (self->view);
}
