/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-grants-private.h"

#include "mullion-error.h"

#include <stdarg.h>

/*
 * How MullionGrants are written in manifests and window options, and read from there.
 *
 * Main process; what is read was written by the developer. A mistake is an error and never a grant
 * that is wider than what was meant, so an unknown key is one too.
 */

static const struct
{
  const char *name;
  MullionGrantFrames frame;
} frame_names[] = {
  { "main", MULLION_GRANT_MAIN_FRAME },
  { "sub", MULLION_GRANT_SUB_FRAMES },
};

static gboolean fail (GError     **error,
                      guint        index,
                      const char  *format,
                      ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (GError     **error,
      guint        index,
      const char  *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, "grant %u %s", index, text);

  return FALSE;
}

static const char *
peek_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_get_string (node) : NULL;
}

static gboolean
read_frame (JsonNode            *node,
            guint                index,
            MullionGrantFrames  *frames,
            GError             **error)
{
  const char *name = peek_string (node);

  for (gsize i = 0; i < G_N_ELEMENTS (frame_names); i++)
    if (g_strcmp0 (name, frame_names[i].name) == 0)
      {
        *frames |= frame_names[i].frame;
        return TRUE;
      }

  return fail (error, index, "lists a frame that is neither \"main\" nor \"sub\"");
}

static gboolean
read_frames (JsonNode            *node,
             guint                index,
             MullionGrantFrames  *frames,
             GError             **error)
{
  JsonArray *array;

  *frames = MULLION_GRANT_MAIN_FRAME;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    return fail (error, index, "has \"frames\" that are not an array of \"main\" and \"sub\"");

  *frames = 0;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_frame (json_array_get_element (array, i), index, frames, error))
      return FALSE;

  return TRUE;
}

static gboolean
add (MullionGrants       *self,
     guint                index,
     const char          *channel,
     const char          *origin,
     MullionGrantFrames   frames,
     GError             **error)
{
  g_autoptr(GError) reason = NULL;

  if (mullion_grants_try_add (self, channel, origin, frames, &reason))
    return TRUE;

  return fail (error, index, "cannot be given: %s", reason->message);
}

static gboolean
read_channels (MullionGrants       *self,
               guint                index,
               JsonNode            *channels,
               const char          *origin,
               MullionGrantFrames   frames,
               GError             **error)
{
  JsonArray *array;

  if (channels == NULL || !JSON_NODE_HOLDS_ARRAY (channels))
    return fail (error, index, "has no \"channels\", an array of names and patterns");

  array = json_node_get_array (channels);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *channel = peek_string (json_array_get_element (array, i));

      if (channel == NULL)
        return fail (error, index, "lists a channel that is no string");
      if (!add (self, index, channel, origin, frames, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_members (JsonObject  *object,
               guint        index,
               GError     **error)
{
  static const char *const known[] = { "channels", "frames", "origin", NULL };
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      return fail (error, index, "has the unknown key \"%s\": expected channels, frames, origin",
                   (char *) l->data);

  return TRUE;
}

static gboolean
read_object (MullionGrants  *self,
             guint           index,
             JsonObject     *object,
             GError        **error)
{
  JsonNode *origin_node = json_object_get_member (object, "origin");
  const char *origin = origin_node != NULL ? peek_string (origin_node) : NULL;
  MullionGrantFrames frames;

  if (!check_members (object, index, error))
    return FALSE;
  if (origin_node != NULL && origin == NULL)
    return fail (error, index, "has an \"origin\" that is no string");

  return read_frames (json_object_get_member (object, "frames"), index, &frames, error) &&
         read_channels (self, index, json_object_get_member (object, "channels"), origin, frames,
                        error);
}

static gboolean
read_grant (MullionGrants  *self,
            guint           index,
            JsonNode       *node,
            GError        **error)
{
  if (peek_string (node) != NULL)
    return add (self, index, peek_string (node), NULL, MULLION_GRANT_MAIN_FRAME, error);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return read_object (self, index, json_node_get_object (node), error);

  return fail (error, index, "is neither a string nor an object");
}

/**
 * mullion_grants_new_from_json:
 * @json: an array
 * @error: %MULLION_ERROR_INVALID_ARGUMENT when it is not of the form below
 *
 * Reads grants as they stand in a manifest or in the options of a window.
 *
 * Each element is a channel or pattern, which is granted to the app's own pages in the main frame, or
 * an object with `channels`, an array of them, and optionally `origin` and `frames`, an array of
 * `main` and `sub`:
 *
 * ```json
 * [
 *   "notes:*",
 *   { "channels": ["ping"], "origin": "https://example.org", "frames": ["main", "sub"] }
 * ]
 * ```
 *
 * Returns: (transfer full): the grants
 *
 * Since: 0.1
 */
MullionGrants *
mullion_grants_new_from_json (JsonNode  *json,
                              GError   **error)
{
  g_autoptr(MullionGrants) self = mullion_grants_new ();
  JsonArray *array;

  g_return_val_if_fail (json != NULL, NULL);

  if (!JSON_NODE_HOLDS_ARRAY (json))
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "grants are an array");
      return NULL;
    }

  array = json_node_get_array (json);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_grant (self, i, json_array_get_element (array, i), error))
      return NULL;

  return g_steal_pointer (&self);
}

static JsonObject *
begin_object (const MullionGrant *grant)
{
  JsonObject *object = json_object_new ();

  if (grant->origin != NULL)
    json_object_set_string_member (object, "origin", grant->origin);
  if (grant->frames != MULLION_GRANT_MAIN_FRAME)
    {
      JsonArray *frames = json_array_new ();

      for (gsize i = 0; i < G_N_ELEMENTS (frame_names); i++)
        if (grant->frames & frame_names[i].frame)
          json_array_add_string_element (frames, frame_names[i].name);
      json_object_set_array_member (object, "frames", frames);
    }
  json_object_set_array_member (object, "channels", json_array_new ());

  return object;
}

/* What the app's own pages may in the main frame needs no object around it. */
static gboolean
is_plain (const MullionGrant *grant)
{
  return grant->origin == NULL && grant->frames == MULLION_GRANT_MAIN_FRAME;
}

static gboolean
belong_together (const MullionGrant *first,
                 const MullionGrant *second)
{
  return g_strcmp0 (first->origin, second->origin) == 0 && first->frames == second->frames;
}

/**
 * mullion_grants_to_json:
 * @self: grants
 *
 * Writes grants in the form that [ctor@Grants.new_from_json] reads.
 *
 * Returns: (transfer full): an array, sorted
 *
 * Since: 0.1
 */
JsonNode *
mullion_grants_to_json (MullionGrants *self)
{
  g_autoptr(JsonArray) array = json_array_new ();
  g_autoptr(GPtrArray) grants = NULL;
  JsonObject *object = NULL;

  g_return_val_if_fail (MULLION_IS_GRANTS (self), NULL);

  grants = mullion_grants_list (self);
  for (guint i = 0; i < grants->len; i++)
    {
      const MullionGrant *grant = grants->pdata[i];

      if (is_plain (grant))
        {
          json_array_add_string_element (array, grant->channel);
          continue;
        }
      if (i == 0 || !belong_together (grant, grants->pdata[i - 1]))
        {
          object = begin_object (grant);
          json_array_add_object_element (array, object);
        }
      json_array_add_string_element (json_object_get_array_member (object, "channels"),
                                     grant->channel);
    }

  return json_node_init_array (json_node_alloc (), array);
}
