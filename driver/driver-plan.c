/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-plan.h"

#include "driver-error.h"
#include "mullion-json-access.h"

#include <string.h>

/*
 * DriverPlan: the capabilities that a client asks for:
 * https://www.w3.org/TR/webdriver2/#capabilities
 *
 * `mullion:options` says what to start: { binary or folder, args, env, cwd }.
 */

#define OPTIONS "mullion:options"

void
driver_plan_free (DriverPlan *self)
{
  g_strfreev (self->argv);
  g_strfreev (self->environ);
  g_free (self->folder);
  g_clear_pointer (&self->for_webkit, json_object_unref);
  g_free (self);
}

static gboolean
set_invalid (GError     **error,
             const char  *format,
             const char  *name)
{
  g_autofree char *text = g_strdup_printf ("Capability %s ", name);

  g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_INVALID_ARGUMENT, "%s%s", text, format);
  return FALSE;
}

/* -- Which of the sets that a client would take -- */

/* What WebKit's driver decides. The others are ours, or a client's own remark. */
static const char *const passed[] = {
  "acceptInsecureCerts", "pageLoadStrategy", "setWindowRect", "strictFileInteractability",
  "timeouts", "unhandledPromptBehavior", "proxy", "webSocketUrl", "userAgent",
};

static gboolean
is_passed (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (passed); i++)
    if (g_str_equal (passed[i], name))
      return TRUE;

  return FALSE;
}

static gboolean
is_known (const char *name)
{
  return is_passed (name) || strchr (name, ':') != NULL || g_str_equal (name, "browserName")
         || g_str_equal (name, "browserVersion") || g_str_equal (name, "platformName");
}

static gboolean
check_names (JsonObject  *capabilities,
             GError     **error)
{
  g_autoptr(GList) names = json_object_get_members (capabilities);

  for (GList *l = names; l != NULL; l = l->next)
    if (!is_known (l->data))
      return set_invalid (error, "is not known", l->data);

  return TRUE;
}

static gboolean
is_text_or_missing (JsonObject *capabilities,
                    const char *name,
                    const char *text)
{
  return !json_object_has_member (capabilities, name)
         || g_strcmp0 (mullion_json_get_string (capabilities, name), text) == 0;
}

static gboolean
is_match (JsonObject *capabilities)
{
  return is_text_or_missing (capabilities, "browserName", "mullion")
         && is_text_or_missing (capabilities, "platformName", "linux");
}

/* (transfer full): what stands in both is an error */
static JsonObject *
merge (JsonObject  *always,
       JsonObject  *first,
       GError     **error)
{
  g_autoptr(JsonObject) merged = json_object_new ();
  JsonObject *const parts[] = { always, first };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr(GList) names = parts[i] != NULL ? json_object_get_members (parts[i]) : NULL;

      for (GList *l = names; l != NULL; l = l->next)
        {
          if (json_object_has_member (merged, l->data))
            {
              set_invalid (error, "stands in alwaysMatch and in firstMatch", l->data);
              return NULL;
            }
          json_object_set_member (merged, l->data, json_object_dup_member (parts[i], l->data));
        }
    }

  return g_steal_pointer (&merged);
}

static gboolean
get_object (JsonObject  *object,
            const char  *name,
            JsonObject **member,
            GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);

  *member = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return set_invalid (error, "must be an object", name);

  *member = json_node_get_object (node);
  return TRUE;
}

/* (transfer full): [{}] is what is meant where nothing is said */
static JsonArray *
dup_first_match (JsonObject  *capabilities,
                 GError     **error)
{
  JsonNode *node = json_object_get_member (capabilities, "firstMatch");
  JsonArray *array = NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
      json_array_get_length (json_node_get_array (node)) > 0)
    return json_array_ref (json_node_get_array (node));

  if (node != NULL)
    {
      set_invalid (error, "must be a list that is not empty", "firstMatch");
      return NULL;
    }

  array = json_array_new ();
  json_array_add_object_element (array, json_object_new ());
  return array;
}

/* (transfer full): the first set that can be had */
static JsonObject *
choose (JsonObject  *body,
        GError     **error)
{
  JsonObject *capabilities = NULL;
  JsonObject *always = NULL;
  g_autoptr(JsonArray) first = NULL;
  JsonObject *chosen = NULL;

  if (!get_object (body, "capabilities", &capabilities, error))
    return NULL;
  if (capabilities == NULL)
    {
      set_invalid (error, "must be an object", "capabilities");
      return NULL;
    }
  if (!get_object (capabilities, "alwaysMatch", &always, error))
    return NULL;

  first = dup_first_match (capabilities, error);
  for (guint i = 0; first != NULL && i < json_array_get_length (first); i++)
    {
      JsonNode *node = json_array_get_element (first, i);
      g_autoptr(JsonObject) merged = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          set_invalid (error, "must be a list of objects", "firstMatch");
          g_clear_pointer (&chosen, json_object_unref);
          return NULL;
        }
      merged = merge (always, json_node_get_object (node), error);
      if (merged == NULL || !check_names (merged, error))
        {
          g_clear_pointer (&chosen, json_object_unref);
          return NULL;
        }
      if (chosen == NULL && is_match (merged))
        chosen = g_steal_pointer (&merged);
    }

  if (chosen == NULL && first != NULL)
    g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_SESSION_NOT_CREATED,
                 "This driver has the browserName “mullion” on the platformName “linux”, and "
                 "nothing else");
  return chosen;
}

/* -- What to start -- */

static gboolean
add_args (GPtrArray   *argv,
          JsonObject  *options,
          GError     **error)
{
  JsonNode *node = json_object_get_member (options, "args");

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return set_invalid (error, "has args that are no list", OPTIONS);

  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      const char *arg = mullion_json_string_at (json_node_get_array (node), i);

      if (arg == NULL)
        return set_invalid (error, "has args that are no strings", OPTIONS);
      g_ptr_array_add (argv, g_strdup (arg));
    }

  return TRUE;
}

static gboolean
read_argv (DriverPlan  *self,
           JsonObject  *options,
           const char  *launcher,
           GError     **error)
{
  const char *binary = mullion_json_get_string (options, "binary");
  const char *folder = mullion_json_get_string (options, "folder");
  g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);

  if ((binary != NULL) == (folder != NULL))
    return set_invalid (error, "must have a binary or a folder, as a string", OPTIONS);

  g_ptr_array_add (argv, g_strdup (binary != NULL ? binary : launcher));
  if (folder != NULL)
    g_ptr_array_add (argv, g_strdup (folder));
  if (!add_args (argv, options, error))
    return FALSE;

  g_ptr_array_add (argv, NULL);
  self->argv = (char **) g_ptr_array_steal (argv, NULL);
  return TRUE;
}

static gboolean
read_environ (DriverPlan  *self,
              JsonObject  *options,
              GError     **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GList) names = NULL;
  JsonObject *env = NULL;

  if (!get_object (options, "env", &env, error))
    return FALSE;

  names = env != NULL ? json_object_get_members (env) : NULL;
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;
      const char *value = mullion_json_get_string (env, name);
      g_autofree char *variable = NULL;

      if (value == NULL || *name == '\0' || strchr (name, '=') != NULL)
        return set_invalid (error, "has an env that is not of names and strings", OPTIONS);
      variable = g_strconcat (name, "=", value, NULL);
      g_strv_builder_add (builder, variable);
    }

  self->environ = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_options (DriverPlan  *self,
              JsonObject  *capabilities,
              const char  *launcher,
              GError     **error)
{
  JsonObject *options = NULL;

  if (!get_object (capabilities, OPTIONS, &options, error))
    return FALSE;
  if (options == NULL)
    {
      g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_SESSION_NOT_CREATED,
                   "Capability %s must say which binary or folder to start", OPTIONS);
      return FALSE;
    }
  if (!read_argv (self, options, launcher, error) || !read_environ (self, options, error))
    return FALSE;

  if (json_object_has_member (options, "cwd"))
    {
      self->folder = g_strdup (mullion_json_get_string (options, "cwd"));
      if (self->folder == NULL)
        return set_invalid (error, "has a cwd that is no string", OPTIONS);
    }

  return TRUE;
}

static JsonObject *
pick_for_webkit (JsonObject *capabilities)
{
  JsonObject *picked = json_object_new ();
  g_autoptr(GList) names = json_object_get_members (capabilities);

  for (GList *l = names; l != NULL; l = l->next)
    if (is_passed (l->data))
      json_object_set_member (picked, l->data, json_object_dup_member (capabilities, l->data));

  return picked;
}

DriverPlan *
driver_plan_read (JsonObject  *body,
                  const char  *launcher,
                  GError     **error)
{
  g_autoptr(DriverPlan) self = g_new0 (DriverPlan, 1);
  g_autoptr(JsonObject) capabilities = choose (body, error);

  if (capabilities == NULL || !read_options (self, capabilities, launcher, error))
    return NULL;

  self->for_webkit = pick_for_webkit (capabilities);
  return g_steal_pointer (&self);
}
