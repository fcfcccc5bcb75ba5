/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-action-watch.h"

#include "mullion-action-value.h"
#include "mullion-web-frame-main.h"

/*
 * A document that hears of one action. Main process.
 *
 * Whoever changes the action, the menu, a key, a page or C, the group says so, and the document is
 * told how it is in the end: once a turn of the main loop, and only if it is not as it was. It is
 * told no more when it has gone.
 */

struct _MullionActionWatch
{
  MullionWebFrameMain *frame;
  GActionGroup *group;
  char *action;
  char *shared_name;
  MullionActionWatchGone gone;
  gpointer user_data;

  gulong detached;
  gulong changed[4];
  guint turn;      /* 0 while there is nothing to tell */
  JsonNode *told;  /* what the document knows */
};

/* Each has the name of the action as its detail. */
static const char *const signals[] = {
  "action-added", "action-removed", "action-enabled-changed", "action-state-changed",
};

JsonNode *
mullion_action_describe (GActionGroup *group,
                         const char   *action)
{
  g_autoptr(JsonObject) object = NULL;
  g_autoptr(GVariant) state = NULL;
  const GVariantType *type = NULL;
  gboolean is_enabled = FALSE;

  if (!g_action_group_query_action (group, action, &is_enabled, &type, NULL, NULL, &state))
    return json_node_init_null (json_node_alloc ());

  object = json_object_new ();
  json_object_set_boolean_member (object, "enabled", is_enabled);
  json_object_set_member (object, "state", mullion_action_value_write (state));
  if (type != NULL)
    {
      g_autofree char *text = g_variant_type_dup_string (type);

      json_object_set_string_member (object, "parameterType", text);
    }
  else
    json_object_set_null_member (object, "parameterType");
  return json_node_init_object (json_node_alloc (), object);
}

static void
send (MullionActionWatch *self,
      JsonNode           *description)
{
  JsonArray *args = json_array_new ();

  json_array_add_string_element (args, self->shared_name);
  json_array_add_element (args, description);
  mullion_web_frame_main_send (self->frame, MULLION_ACTION_EVENTS, args);
}

static gboolean
tell_cb (gpointer user_data)
{
  MullionActionWatch *self = user_data;
  g_autoptr(JsonNode) now = mullion_action_describe (self->group, self->action);

  self->turn = 0;
  if (!json_node_equal (now, self->told))
    {
      json_node_unref (self->told);
      self->told = json_node_copy (now);
      send (self, g_steal_pointer (&now));
    }
  return G_SOURCE_REMOVE;
}

static void
changed_cb (MullionActionWatch *self)
{
  if (self->turn == 0)
    self->turn = g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, self, NULL);
}

static void
detached_cb (MullionActionWatch *self)
{
  self->gone (self->user_data, self);
}

MullionActionWatch *
mullion_action_watch_new (MullionWebFrameMain    *frame,
                          GActionGroup           *group,
                          const char             *action,
                          const char             *shared_name,
                          MullionActionWatchGone  gone,
                          gpointer                user_data)
{
  MullionActionWatch *self = g_new0 (MullionActionWatch, 1);

  self->frame = g_object_ref (frame);
  self->group = g_object_ref (group);
  self->action = g_strdup (action);
  self->shared_name = g_strdup (shared_name);
  self->gone = gone;
  self->user_data = user_data;
  self->told = mullion_action_describe (group, action);
  self->detached = g_signal_connect_swapped (frame, "detached", G_CALLBACK (detached_cb), self);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autofree char *signal = g_strconcat (signals[i], "::", action, NULL);

      self->changed[i] = g_signal_connect_swapped (group, signal, G_CALLBACK (changed_cb), self);
    }
  return self;
}

void
mullion_action_watch_free (MullionActionWatch *self)
{
  g_clear_handle_id (&self->turn, g_source_remove);
  for (gsize i = 0; i < G_N_ELEMENTS (self->changed); i++)
    g_clear_signal_handler (&self->changed[i], self->group);
  g_clear_signal_handler (&self->detached, self->frame);
  json_node_unref (self->told);
  g_object_unref (self->frame);
  g_object_unref (self->group);
  g_free (self->action);
  g_free (self->shared_name);
  g_free (self);
}

gboolean
mullion_action_watch_is_of (MullionActionWatch  *self,
                            MullionWebFrameMain *frame)
{
  return self->frame == frame;
}

void
mullion_action_watch_end (MullionActionWatch *self)
{
  if (!JSON_NODE_HOLDS_NULL (self->told))
    send (self, json_node_init_null (json_node_alloc ()));
}
