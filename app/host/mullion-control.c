/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-control.h"

#include "mullion-json-access.h"
#include "mullion-shared-object.h"
#include "mullion-web-contents-private.h"

/*
 * What the preload runtime itself asks of the main process, below the channels of an app.
 *
 * Lives in the main process and trusts the sender as little as a page. One table: a name and a
 * function. The names are ours, and no app's handler is ever reached through them.
 */

typedef struct
{
  const char *name;
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

static const Control controls[] = {
  { "zoom.get", get_zoom },
  { "zoom.set", set_zoom },
  { "remote.get", mullion_shared_object_get },
  { "remote.set", mullion_shared_object_set },
  { "remote.has", mullion_shared_object_has },
  { "remote.delete", mullion_shared_object_delete },
  { "remote.keys", mullion_shared_object_keys },
};

/* Returns: (transfer full) (nullable): the answer, NULL for none, or with @error */
JsonNode *
mullion_control_call (MullionWebContents  *contents,
                      const char          *name,
                      JsonArray           *args,
                      GError             **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (controls[i].name, name))
      return controls[i].call (contents, args, error);

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
               "The preload runtime asked for '%s', which is not known", name);
  return NULL;
}
