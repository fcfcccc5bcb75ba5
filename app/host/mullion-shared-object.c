/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-shared-object.h"

#include "mullion-app.h"
#include "mullion-json-access.h"
#include "mullion-web-contents-private.h"


/*
 * The shared object: what `remote.getGlobal (name)` of a preload script stands for.
 *
 * Lives in the main process: JSON that the app gave with mullion_app_set_global (), read and
 * written place by place. Only windows that asked for it get there, and only to names that the app
 * gave. A place is the name and a path of keys from there.
 */

/* How much of an array a page may write beyond its end: an index is a promise of memory. */
#define MAX_GAP 1024

/* How deep a page may write: what is nested without end takes the stack along when it is freed. */
#define MAX_PATH_LENGTH 100

typedef struct
{
  JsonNode *root;
  JsonArray *path;
} Place;

static gboolean
find_place (MullionWebContents  *contents,
            JsonArray           *args,
            Place               *place,
            GError             **error)
{
  const char *name = mullion_json_string_at (args, 0);
  JsonNode *path = mullion_json_node_at (args, 1);

  if (!mullion_web_contents_get_preferences (contents)->enable_remote)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                           "The shared object is off for this window: see enableRemoteModule");
      return FALSE;
    }

  if (name == NULL || path == NULL || !JSON_NODE_HOLDS_ARRAY (path) ||
      json_array_get_length (json_node_get_array (path)) > MAX_PATH_LENGTH)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "A place in a shared object is a name and a path");
      return FALSE;
    }

  place->root = mullion_app_get_global (mullion_web_contents_get_app (contents), name);
  place->path = json_node_get_array (path);
  return TRUE;
}

static gboolean
read_index (const char *key,
            guint      *index)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (key, 10, 0, G_MAXUINT - 1, &value, NULL))
    return FALSE;

  *index = value;
  return TRUE;
}

/* (nullable): what @container has under @key */
static JsonNode *
step (JsonNode   *container,
      const char *key)
{
  guint index;

  if (container == NULL || key == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (container))
    return json_object_get_member (json_node_get_object (container), key);
  if (JSON_NODE_HOLDS_ARRAY (container) && read_index (key, &index))
    return mullion_json_node_at (json_node_get_array (container), index);

  return NULL;
}

/* (nullable): what is @depth steps down the path */
static JsonNode *
walk (const Place *place,
      guint        depth)
{
  JsonNode *node = place->root;

  for (guint i = 0; i < depth; i++)
    node = step (node, mullion_json_string_at (place->path, i));

  return node;
}

/* (nullable): the container of the place, and in @key its last key */
static JsonNode *
walk_to_parent (const Place  *place,
                const char  **key)
{
  guint length = json_array_get_length (place->path);

  if (length == 0)
    return NULL;

  *key = mullion_json_string_at (place->path, length - 1);
  return *key != NULL ? walk (place, length - 1) : NULL;
}

JsonNode *
mullion_shared_object_get (MullionWebContents  *contents,
                           JsonArray           *args,
                           GError             **error)
{
  Place place;
  JsonNode *node;
  g_autoptr(JsonObject) answer = NULL;

  if (!find_place (contents, args, &place, error))
    return NULL;

  node = walk (&place, json_array_get_length (place.path));
  answer = json_object_new ();
  if (node == NULL)
    json_object_set_string_member (answer, "kind", "missing");
  else if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_set_string_member (answer, "kind", "object");
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      json_object_set_string_member (answer, "kind", "array");
      json_object_set_int_member (answer, "length",
                                  json_array_get_length (json_node_get_array (node)));
    }
  else
    {
      json_object_set_string_member (answer, "kind", "value");
      json_object_set_member (answer, "value", json_node_copy (node));
    }

  return json_node_init_object (json_node_alloc (), answer);
}

static gboolean
set_element (JsonArray  *array,
             const char *key,
             JsonNode   *value)
{
  guint length = json_array_get_length (array);
  g_autoptr(GPtrArray) kept = NULL;
  guint index;

  if (!read_index (key, &index) || index > length + MAX_GAP)
    return FALSE;

  while (json_array_get_length (array) < index)
    json_array_add_null_element (array);
  if (index == json_array_get_length (array))
    {
      json_array_add_element (array, json_node_copy (value));
      return TRUE;
    }

  /* json-glib cannot replace an element: what follows is taken off and put back. */
  kept = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  for (guint i = index + 1; i < length; i++)
    g_ptr_array_add (kept, json_array_dup_element (array, i));
  for (guint i = length; i > index; i--)
    json_array_remove_element (array, i - 1);
  json_array_add_element (array, json_node_copy (value));
  for (guint i = 0; i < kept->len; i++)
    json_array_add_element (array, json_node_ref (kept->pdata[i]));

  return TRUE;
}

JsonNode *
mullion_shared_object_set (MullionWebContents  *contents,
                           JsonArray           *args,
                           GError             **error)
{
  JsonNode *value = mullion_json_node_at (args, 2);
  Place place;
  JsonNode *parent;
  const char *key = NULL;

  if (!find_place (contents, args, &place, error))
    return NULL;

  parent = walk_to_parent (&place, &key);
  if (value != NULL && parent != NULL && JSON_NODE_HOLDS_OBJECT (parent))
    json_object_set_member (json_node_get_object (parent), key, json_node_copy (value));
  else if (value == NULL || parent == NULL || !JSON_NODE_HOLDS_ARRAY (parent) ||
           !set_element (json_node_get_array (parent), key, value))
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                 "The shared object has no place for '%s'", key != NULL ? key : "");

  return NULL;
}

JsonNode *
mullion_shared_object_has (MullionWebContents  *contents,
                           JsonArray           *args,
                           GError             **error)
{
  Place place;

  if (!find_place (contents, args, &place, error))
    return NULL;

  return json_node_init_boolean (json_node_alloc (),
                                 walk (&place, json_array_get_length (place.path)) != NULL);
}

JsonNode *
mullion_shared_object_delete (MullionWebContents  *contents,
                              JsonArray           *args,
                              GError             **error)
{
  Place place;
  JsonNode *parent;
  const char *key = NULL;

  if (!find_place (contents, args, &place, error))
    return NULL;

  parent = walk_to_parent (&place, &key);
  if (parent != NULL && JSON_NODE_HOLDS_OBJECT (parent))
    json_object_remove_member (json_node_get_object (parent), key);

  return json_node_init_boolean (json_node_alloc (), parent != NULL);
}

JsonNode *
mullion_shared_object_keys (MullionWebContents  *contents,
                            JsonArray           *args,
                            GError             **error)
{
  JsonArray *keys = json_array_new ();
  g_autoptr(JsonNode) answer = json_node_init_array (json_node_alloc (), keys);
  g_autoptr(GList) members = NULL;
  Place place;
  JsonNode *node;

  json_array_unref (keys);
  if (!find_place (contents, args, &place, error))
    return NULL;

  node = walk (&place, json_array_get_length (place.path));
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    members = json_object_get_members (json_node_get_object (node));
  for (GList *l = members; l != NULL; l = l->next)
    json_array_add_string_element (keys, l->data);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        g_autofree char *key = g_strdup_printf ("%u", i);

        json_array_add_string_element (keys, key);
      }

  return g_steal_pointer (&answer);
}
