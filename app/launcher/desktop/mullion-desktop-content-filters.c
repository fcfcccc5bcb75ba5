/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"
#include "rules/mullion-filter-rules.h"

/*
 * The module `contentFilters`: what the pages of the session shall not load, or not show. Main process.
 *
 * A filter is the session's and stays when the document goes that has added it, as a frame that loads
 * later is filtered too. So that pages cannot fill the disk with them, a session has a few; a name
 * counts until it is removed, even if its rules were refused.
 */

#define MAX_FILTERS 16

typedef struct
{
  GHashTable *sessions; /* MullionSession (unowned), which the app keeps → set of names (owned) */
} Filters;

static GHashTable *
get_names (Filters        *self,
           MullionSession *session)
{
  GHashTable *names = g_hash_table_lookup (self->sessions, session);

  if (names == NULL)
    {
      names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->sessions, session, names);
    }

  return names;
}

/* The manifest's are for pages to live with. Returns: FALSE when the call was answered */
static gboolean
check_name (MullionIpcMainInvokeEvent *event,
            const char                *name)
{
  if (!mullion_filter_rules_own (name))
    return TRUE;

  mullion_ipc_main_invoke_event_return_new_error (
    event, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
    "\"%s\" is a name for content filters of the manifest", name);
  return FALSE;
}

static void
added_cb (GObject      *session,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_session_add_content_filter_finish (MULLION_SESSION (session), result, &error);
  mullion_desktop_answer (event, error);
}

static void
add_cb (MullionIpcMainInvokeEvent *event,
        JsonArray                 *args,
        gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);
  const char *name = json_array_get_string_element (args, 0);
  g_autofree char *rules = json_to_string (json_array_get_element (args, 1), FALSE);
  MullionSession *session;
  GHashTable *names;

  if (contents == NULL || !check_name (event, name))
    return;
  session = mullion_web_contents_get_session (contents);
  names = get_names (user_data, session);
  if (g_hash_table_size (names) == MAX_FILTERS && !g_hash_table_contains (names, name))
    {
      mullion_ipc_main_invoke_event_return_new_error (
        event, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
        "there are %d content filters already: remove one of them first", MAX_FILTERS);
      return;
    }

  g_hash_table_add (names, g_strdup (name));
  mullion_session_add_content_filter_async (session, name, rules,
                                            mullion_ipc_main_invoke_event_get_cancellable (event),
                                            added_cb, g_object_ref (event));
}

static void
remove_cb (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);
  const char *name = json_array_get_string_element (args, 0);
  MullionSession *session;

  if (contents == NULL || !check_name (event, name))
    return;
  session = mullion_web_contents_get_session (contents);
  g_hash_table_remove (get_names (user_data, session), name);
  mullion_session_remove_content_filter (session, name);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static gpointer
open_module (MullionDesktop *desktop)
{
  Filters *self = g_new0 (Filters, 1);

  self->sessions = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);

  return self;
}

static void
close_module (gpointer data)
{
  Filters *self = data;

  g_hash_table_unref (self->sessions);
  g_free (self);
}

/* What becomes the name of a file. */
#define NAME "{\"type\":\"string\",\"minLength\":1,\"maxLength\":32}"

static const MullionDesktopMethod methods[] = {
  { "add", add_cb,
    "[" NAME ",{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"object\"}}]" },
  { "remove", remove_cb, "[" NAME "]" },
  { NULL },
};

const MullionDesktopModule mullion_desktop_content_filters = {
  .name = "contentFilters",
  .methods = methods,
  .open = open_module,
  .close = close_module,
};
