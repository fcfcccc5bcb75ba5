/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-manifest-private.h"

/*
 * The options of an app's window, out of what its manifest says in several places. Main process.
 */

static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (object == NULL)
    return copy;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    json_object_set_member (copy, key, json_node_copy (node));
  return copy;
}

static void
append_strings (JsonArray         *array,
                const char *const *strings)
{
  for (gsize i = 0; strings != NULL && strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
}

static JsonObject *
create_preferences (MullionManifest   *self,
                    const char *const *arguments)
{
  JsonNode *given = NULL;
  JsonObject *preferences;
  JsonArray *all = json_array_new ();

  if (self->window != NULL)
    given = json_object_get_member (self->window, "webPreferences");
  preferences = copy_object (given != NULL ? json_node_get_object (given) : NULL);
  if (self->preload != NULL)
    json_object_set_string_member (preferences, "preload", self->preload);

  given = json_object_get_member (preferences, "additionalArguments");
  if (given != NULL && JSON_NODE_HOLDS_ARRAY (given))
    {
      JsonArray *first = json_node_get_array (given);

      for (guint i = 0; i < json_array_get_length (first); i++)
        json_array_add_element (all, json_array_dup_element (first, i));
    }
  append_strings (all, (const char *const *) self->arguments);
  append_strings (all, arguments);
  json_object_set_array_member (preferences, "additionalArguments", all);
  return preferences;
}

JsonObject *
mullion_manifest_create_window_options (MullionManifest   *self,
                                        const char *const *arguments)
{
  JsonObject *options = copy_object (self->window);

  if (!json_object_has_member (options, "title"))
    json_object_set_string_member (options, "title", mullion_manifest_get_name (self));
  json_object_set_object_member (options, "webPreferences", create_preferences (self, arguments));
  return options;
}
