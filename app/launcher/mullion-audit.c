/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-audit.h"

#include <glib-unix.h>
#include <signal.h>

/*
 * `mullion --audit FOLDER`: a run in which everything is allowed, to learn what the app needs.
 *
 * Main process. What it prints is for the manifest, and as small as that run of the app allows. A
 * developer asks for it, for an app that they trust: nothing is denied meanwhile. The audit also ends
 * with Ctrl-C, which is how a developer ends a run.
 */

static const int signals[] = { SIGINT, SIGTERM };

struct _MullionAudit
{
  MullionApp *app;
  MullionCapabilitySet *capabilities;
  MullionGrants *used;
  guint sources[G_N_ELEMENTS (signals)];
};

static gboolean
signal_cb (gpointer user_data)
{
  MullionAudit *self = user_data;

  mullion_app_exit (self->app, 0);

  return G_SOURCE_CONTINUE;
}

MullionAudit *
mullion_audit_new (MullionApp           *app,
                   MullionCapabilitySet *capabilities)
{
  MullionAudit *self = g_new0 (MullionAudit, 1);

  self->app = g_object_ref (app);
  self->capabilities = g_object_ref (capabilities);
  self->used = mullion_grants_new ();
  mullion_capability_set_add_all (capabilities);
  mullion_app_audit_grants (app, self->used);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    self->sources[i] = g_unix_signal_add (signals[i], signal_cb, self);

  return self;
}

void
mullion_audit_free (MullionAudit *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (self->sources[i]);
  mullion_app_audit_grants (self->app, NULL);
  g_object_unref (self->used);
  g_object_unref (self->capabilities);
  g_object_unref (self->app);
  g_free (self);
}

static void
add_capability (MullionAudit *self,
                GTree        *names,
                JsonNode     *channel)
{
  const char *name = mullion_capability_set_find (self->capabilities,
                                                  json_node_get_string (channel));

  if (name != NULL)
    g_tree_insert (names, (char *) name, NULL);
}

static gboolean
list_name_cb (gpointer name,
              gpointer value,
              gpointer array)
{
  json_array_add_string_element (array, name);
  return FALSE;
}

/* The capabilities whose channels stand in @grants, each once and sorted. */
static JsonArray *
list_capabilities (MullionAudit *self,
                   JsonArray    *grants)
{
  g_autoptr(GTree) names = g_tree_new ((GCompareFunc) strcmp);
  JsonArray *capabilities = json_array_new ();

  for (guint i = 0; i < json_array_get_length (grants); i++)
    {
      JsonNode *grant = json_array_get_element (grants, i);
      JsonArray *channels = JSON_NODE_HOLDS_OBJECT (grant)
        ? json_object_get_array_member (json_node_get_object (grant), "channels") : NULL;

      if (channels == NULL)
        add_capability (self, names, grant);
      for (guint j = 0; channels != NULL && j < json_array_get_length (channels); j++)
        add_capability (self, names, json_array_get_element (channels, j));
    }
  g_tree_foreach (names, list_name_cb, capabilities);

  return capabilities;
}

char *
mullion_audit_dup_report (MullionAudit *self)
{
  g_autoptr(JsonNode) grants = mullion_grants_to_json (self->used);
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) report = json_node_init_object (json_node_alloc (), object);

  json_object_set_array_member (object, "capabilities",
                                list_capabilities (self, json_node_get_array (grants)));
  json_object_set_member (object, "grants", g_steal_pointer (&grants));

  return json_to_string (report, TRUE);
}
