/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-history.h"

#include "mullion-web-contents-private.h"

/*
 * The pages that MullionWebContents has shown, counted from the first one, as Electron's
 * `navigationHistory` counts them. WebKit counts from the page that is shown.
 */

/* (nullable): there is none for contents without a page. */
static WebKitBackForwardList *
get_list (MullionWebContents *self)
{
  return mullion_web_contents_has_page (self, NULL)
           ? webkit_web_view_get_back_forward_list (self->view) : NULL;
}

/* (nullable): there is no page at @offset from the one that is shown. */
static WebKitBackForwardListItem *
get_item (MullionWebContents *self,
          int                 offset)
{
  WebKitBackForwardList *list = get_list (self);

  return list != NULL ? webkit_back_forward_list_get_nth_item (list, offset) : NULL;
}

static JsonObject *
describe (WebKitBackForwardListItem *item)
{
  JsonObject *entry = json_object_new ();
  const char *title = webkit_back_forward_list_item_get_title (item);

  json_object_set_string_member (entry, "url", webkit_back_forward_list_item_get_uri (item));
  json_object_set_string_member (entry, "title", title != NULL ? title : "");

  return entry;
}

/**
 * mullion_web_contents_get_active_index:
 * @self: web contents
 *
 * Gets where in the history the page is that is shown, like Electron's
 * `navigationHistory.getActiveIndex`.
 *
 * Returns: how many pages are before it, -1 when nothing was loaded yet
 *
 * Since: 0.1
 */
int
mullion_web_contents_get_active_index (MullionWebContents *self)
{
  g_autoptr(GList) before = NULL;

  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), -1);

  if (get_item (self, 0) == NULL)
    return -1;

  before = webkit_back_forward_list_get_back_list (get_list (self));
  return (int) g_list_length (before);
}

/**
 * mullion_web_contents_get_history_length:
 * @self: web contents
 *
 * Counts the pages of the history, like Electron's `navigationHistory.length`.
 *
 * Returns: how many pages the history has, with the one that is shown
 *
 * Since: 0.1
 */
guint
mullion_web_contents_get_history_length (MullionWebContents *self)
{
  WebKitBackForwardList *list;

  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), 0);

  list = get_list (self);
  return list != NULL ? webkit_back_forward_list_get_length (list) : 0;
}

/**
 * mullion_web_contents_get_entry_at_index:
 * @self: web contents
 * @index: how many pages are before it
 *
 * Gets a page of the history, like Electron's `navigationHistory.getEntryAtIndex`.
 *
 * Returns: (transfer full) (nullable): an object with the texts `url` and `title`, %NULL when there
 *   is no such page
 *
 * Since: 0.1
 */
JsonObject *
mullion_web_contents_get_entry_at_index (MullionWebContents *self,
                                         int                 index)
{
  WebKitBackForwardListItem *item = NULL;

  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);

  if (index >= 0 && (guint) index < mullion_web_contents_get_history_length (self))
    item = get_item (self, index - mullion_web_contents_get_active_index (self));

  return item != NULL ? describe (item) : NULL;
}

/**
 * mullion_web_contents_get_all_entries:
 * @self: web contents
 *
 * Lists the history, like Electron's `navigationHistory.getAllEntries`.
 *
 * Returns: (transfer full): all pages, the oldest first, each as
 *   [method@WebContents.get_entry_at_index] gives it
 *
 * Since: 0.1
 */
JsonArray *
mullion_web_contents_get_all_entries (MullionWebContents *self)
{
  JsonArray *entries;
  int n_entries;

  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);

  entries = json_array_new ();
  n_entries = (int) mullion_web_contents_get_history_length (self);
  for (int i = 0; i < n_entries; i++)
    json_array_add_object_element (entries, mullion_web_contents_get_entry_at_index (self, i));

  return entries;
}

/**
 * mullion_web_contents_can_go_to_offset:
 * @self: web contents
 * @offset: how many pages forward, or back when negative
 *
 * Asks whether the history has such a page, like Electron's `navigationHistory.canGoToOffset`.
 *
 * Returns: whether [method@WebContents.go_to_offset] leads somewhere
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_can_go_to_offset (MullionWebContents *self,
                                       int                 offset)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);

  return get_item (self, offset) != NULL;
}

/**
 * mullion_web_contents_go_to_index:
 * @self: web contents
 * @index: how many pages are before it
 *
 * Goes to a page of the history, if there is one, like Electron's `navigationHistory.goToIndex`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_go_to_index (MullionWebContents *self,
                                  int                 index)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  if (index >= 0 && (guint) index < mullion_web_contents_get_history_length (self))
    mullion_web_contents_go_to_offset (self, index - mullion_web_contents_get_active_index (self));
}
