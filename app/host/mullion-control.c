/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-control.h"

#include "mullion-json-access.h"
#include "mullion-page-files.h"
#include "mullion-shared-object.h"
#include "mullion-web-contents-private.h"
#include "mullion-window-drag.h"

/*
 * What the preload runtime itself asks of the main process, below the channels of an app.
 *
 * Lives in the main process and trusts the sender as little as a page. One table: a name and a
 * function. The names are ours, and no app's handler is ever reached through them.
 */

/* What a page needs a grant of, for the control itself or the shared object it is about. */
#define GRANT_OF_ZOOM "mullion:zoom"
#define GRANT_OF_REMOTE "mullion:remote."

typedef struct
{
  const char *name;
  const char *grant; /* (nullable): for what needs none */
  JsonNode *(*call) (MullionWebContents  *contents,
                     JsonArray           *args,
                     GError             **error);
} Control;

static JsonNode *
set_zoom (MullionWebContents  *contents,
          JsonArray           *args,
          GError             **error)
{
  double factor;

  if (!mullion_json_double_at (args, 0, &factor) || !(factor > 0.0 && factor <= 100.0))
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "A zoom factor is a number above 0 and up to 100");
      return NULL;
    }

  mullion_web_contents_set_zoom_factor (contents, factor);
  return NULL;
}

static JsonNode *
get_zoom (MullionWebContents  *contents,
          JsonArray           *args,
          GError             **error)
{
  return json_node_init_double (json_node_alloc (),
                                mullion_web_contents_get_zoom_factor (contents));
}

/* No grant: it comes of the user's hand, and does what a title bar does. */
static JsonNode *
drag_window (MullionWebContents  *contents,
             JsonArray           *args,
             GError             **error)
{
  gint64 clicks = 1;

  mullion_json_int_at (args, 0, &clicks);
  mullion_window_drag_begin (GTK_WIDGET (mullion_web_contents_get_web_view (contents)),
                             clicks % 2 == 0 ? 2 : 1);
  return NULL;
}

/* No grant: the user gave the files to the page, and only the preload script hears where they are. */
static JsonNode *
take_files (MullionWebContents  *contents,
            JsonArray           *args,
            GError             **error)
{
  const char *how = mullion_json_string_at (args, 0);
  JsonNode *names = mullion_json_node_at (args, 1);

  if (how == NULL || names == NULL ||
      (!JSON_NODE_HOLDS_ARRAY (names) && !JSON_NODE_HOLDS_NULL (names)))
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "Files are asked for by how they came and their names");
      return NULL;
    }

  return mullion_page_files_take (mullion_web_contents_get_web_view (contents),
                                  g_str_equal (how, "drop"),
                                  JSON_NODE_HOLDS_ARRAY (names) ? json_node_get_array (names)
                                                                : NULL);
}

static const Control controls[] = {
  { "files.take", NULL, take_files },
  { "window.drag", NULL, drag_window },
  { "zoom.get", GRANT_OF_ZOOM, get_zoom },
  { "zoom.set", GRANT_OF_ZOOM, set_zoom },
  { "remote.get", GRANT_OF_REMOTE, mullion_shared_object_get },
  { "remote.set", GRANT_OF_REMOTE, mullion_shared_object_set },
  { "remote.has", GRANT_OF_REMOTE, mullion_shared_object_has },
  { "remote.delete", GRANT_OF_REMOTE, mullion_shared_object_delete },
  { "remote.keys", GRANT_OF_REMOTE, mullion_shared_object_keys },
};

static const Control *
find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (controls[i].name, name))
      return &controls[i];

  return NULL;
}

gboolean
mullion_control_is_free (const char *name)
{
  const Control *control = find (name);

  return control != NULL && control->grant == NULL;
}

/* Returns: (transfer full): the channel that must be granted for this */
char *
mullion_control_dup_channel (const char *name,
                             JsonArray  *args)
{
  const Control *control = find (name);
  const char *object = mullion_json_string_at (args, 0);

  if (control == NULL || control->grant == NULL)
    return g_strconcat ("mullion:", name, NULL);

  return g_strconcat (control->grant, g_str_has_suffix (control->grant, ".") ? object : NULL, NULL);
}

/* Returns: (transfer full) (nullable): the answer, NULL for none, or with @error */
JsonNode *
mullion_control_call (MullionWebContents  *contents,
                      const char          *name,
                      JsonArray           *args,
                      GError             **error)
{
  const Control *control = find (name);

  if (control != NULL)
    return control->call (contents, args, error);

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
               "The preload runtime asked for '%s', which is not known", name);
  return NULL;
}
