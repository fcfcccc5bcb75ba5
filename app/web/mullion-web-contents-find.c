/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-find.h"

#include "mullion-find.h"
#include "mullion-options.h"
#include "mullion-web-contents-private.h"

/*
 * MullionFind: what is searched for in a page. Main process.
 *
 * WebKit counts the matches in the web process, and answers in the order in which it was asked.
 * It does not say which of them is shown.
 */

struct _MullionFind
{
  MullionWebContents *contents;
  WebKitFindController *controller;
  guint last_id;
  GQueue ids; /* of requests that were not answered yet */
};

static void
counted_cb (WebKitFindController *controller,
            guint                 n_matches,
            MullionFind          *self)
{
  guint id = GPOINTER_TO_UINT (g_queue_pop_head (&self->ids));

  if (id != 0)
    g_signal_emit_by_name (self->contents, "found-in-page", id, n_matches);
}

MullionFind *
mullion_find_new (MullionWebContents *contents,
                  WebKitWebView      *view)
{
  MullionFind *self = g_new0 (MullionFind, 1);

  self->contents = contents;
  self->controller = g_object_ref (webkit_web_view_get_find_controller (view));
  g_queue_init (&self->ids);
  g_signal_connect (self->controller, "counted-matches", G_CALLBACK (counted_cb), self);

  return self;
}

void
mullion_find_free (MullionFind *self)
{
  g_signal_handlers_disconnect_by_data (self->controller, self);
  g_object_unref (self->controller);
  g_queue_clear (&self->ids);
  g_free (self);
}

/* WebKit goes on from the match that is shown when the text is the same. How many there are it says
 * only when it is asked, after that. */
static void
search (MullionFind       *self,
        const char        *text,
        WebKitFindOptions  options,
        gboolean           goes_on)
{
  const char *before = webkit_find_controller_get_search_text (self->controller);
  WebKitFindOptions same = WEBKIT_FIND_OPTIONS_CASE_INSENSITIVE;

  goes_on &= g_strcmp0 (before, text) == 0 &&
             (webkit_find_controller_get_options (self->controller) & same) == (options & same);
  if (!goes_on)
    webkit_find_controller_search (self->controller, text, options, G_MAXUINT);
  else if (options & WEBKIT_FIND_OPTIONS_BACKWARDS)
    webkit_find_controller_search_previous (self->controller);
  else
    webkit_find_controller_search_next (self->controller);
  webkit_find_controller_count_matches (self->controller, text, options, G_MAXUINT);
}

/**
 * mullion_web_contents_find_in_page:
 * @self: web contents
 * @text: what to search for, not empty
 * @options: (nullable): what Electron's `findInPage` takes: `forward`, on where nothing is said,
 *   `findNext` and `matchCase`
 * @error: why it cannot be searched for: %MULLION_ERROR_INVALID_ARGUMENT or %MULLION_ERROR_GONE
 *
 * Searches the page for a text, shows a match of it and marks all others, like Electron's
 * `contents.findInPage`. The answer is [signal@WebContents::found-in-page].
 *
 * A search for the same text goes on from the match that is shown, and around at the end of the page;
 * `findNext` begins anew.
 *
 * Returns: the number of the request, 0 with @error set
 *
 * Since: 0.1
 */
guint
mullion_web_contents_find_in_page (MullionWebContents  *self,
                                   const char          *text,
                                   JsonObject          *options,
                                   GError             **error)
{
  WebKitFindOptions flags = WEBKIT_FIND_OPTIONS_WRAP_AROUND;
  gboolean is_forward = TRUE;
  gboolean is_new = FALSE;
  gboolean matches_case = FALSE;

  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), 0);
  g_return_val_if_fail (text != NULL, 0);

  if (!mullion_options_get_boolean (options, "forward", &is_forward, error) ||
      !mullion_options_get_boolean (options, "findNext", &is_new, error) ||
      !mullion_options_get_boolean (options, "matchCase", &matches_case, error) ||
      !mullion_web_contents_has_page (self, error))
    return 0;
  if (*text == '\0')
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "Must provide a non-empty search content");
      return 0;
    }

  if (self->find == NULL)
    self->find = mullion_find_new (self, self->view);
  flags |= is_forward ? 0 : WEBKIT_FIND_OPTIONS_BACKWARDS;
  flags |= matches_case ? 0 : WEBKIT_FIND_OPTIONS_CASE_INSENSITIVE;
  g_queue_push_tail (&self->find->ids, GUINT_TO_POINTER (++self->find->last_id));
  search (self->find, text, flags, !is_new);

  return self->find->last_id;
}

/**
 * mullion_web_contents_stop_find_in_page:
 * @self: web contents
 * @action: `clearSelection`, or `keepSelection` to leave the match that is shown selected
 * @error: why not: %MULLION_ERROR_NOT_SUPPORTED for `activateSelection`, which WebKitGTK has not
 *
 * Ends a search, like Electron's `contents.stopFindInPage`: matches are marked no more.
 *
 * Returns: whether it is ended
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_stop_find_in_page (MullionWebContents  *self,
                                        const char          *action,
                                        GError             **error)
{
  gboolean clears;

  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  clears = g_str_equal (action, "clearSelection");
  if (!clears && !g_str_equal (action, "keepSelection"))
    {
      gboolean is_known = g_str_equal (action, "activateSelection");

      g_set_error (error, MULLION_ERROR,
                   is_known ? MULLION_ERROR_NOT_SUPPORTED : MULLION_ERROR_INVALID_ARGUMENT,
                   "Cannot stop the search with \"%s\"", action);
      return FALSE;
    }
  if (!mullion_web_contents_has_page (self, error))
    return FALSE;

  webkit_find_controller_search_finish (webkit_web_view_get_find_controller (self->view));
  if (clears)
    webkit_web_view_execute_editing_command (self->view, "Unselect");
  return TRUE;
}
