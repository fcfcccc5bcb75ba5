/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-remains.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/*
 * MullionRemains: frees large values little by little.
 *
 * Lives in the main process. A message of a million values takes a tenth of a second to free, for
 * which no window shall wait. Another thread cannot do it, for a handler may have kept a part, and
 * json-glib counts the references of arrays and objects without care for threads.
 *
 * So each array and object is taken apart: its members are referenced, then it is let go of, which
 * leaves the members to us or, if somebody has kept it, as they were.
 */

/* So many steps cost less than looking at the clock after each. */
#define STEPS_PER_LOOK 100

struct _MullionRemains
{
  GPtrArray *nodes; /* of JsonNode: a stack */

  JsonNode *opened; /* (nullable): an array whose elements are being referenced, */
  guint n_taken;    /* so many of them by now */
};

/* The C library puts small pieces that are freed aside, and joins them with their neighbours some time
 * later: a million of them at once, which takes as long as we are at pains not to take. */
static void
join_pieces_at_once (void)
{
#ifdef M_MXFAST
  static gsize is_set;

  if (g_once_init_enter (&is_set))
    {
      mallopt (M_MXFAST, 0);
      g_once_init_leave (&is_set, TRUE);
    }
#endif
}

MullionRemains *
mullion_remains_new (void)
{
  MullionRemains *self = g_new0 (MullionRemains, 1);

  join_pieces_at_once ();
  self->nodes = g_ptr_array_new ();

  return self;
}

gboolean
mullion_remains_is_empty (MullionRemains *self)
{
  return self->nodes->len == 0 && self->opened == NULL;
}

void
mullion_remains_add (MullionRemains *self,
                     JsonNode       *node)
{
  g_ptr_array_add (self->nodes, node);
}

static void
take_element (MullionRemains *self)
{
  JsonArray *array = json_node_get_array (self->opened);

  if (self->n_taken < json_array_get_length (array))
    g_ptr_array_add (self->nodes, json_node_ref (json_array_get_element (array, self->n_taken++)));
  else
    g_clear_pointer (&self->opened, json_node_unref);
}

static void
take_members (MullionRemains *self,
              JsonObject     *object)
{
  JsonObjectIter iter;
  JsonNode *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &member))
    g_ptr_array_add (self->nodes, json_node_ref (member));
}

static void
free_one (MullionRemains *self)
{
  JsonNode *node;

  if (self->opened != NULL)
    {
      take_element (self);
      return;
    }

  node = g_ptr_array_steal_index (self->nodes, self->nodes->len - 1);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      self->opened = node;
      self->n_taken = 0;
      return;
    }

  if (JSON_NODE_HOLDS_OBJECT (node))
    take_members (self, json_node_get_object (node));
  json_node_unref (node);
}

void
mullion_remains_free_some (MullionRemains *self,
                           gint64          end)
{
  do
    for (guint i = 0; i < STEPS_PER_LOOK && !mullion_remains_is_empty (self); i++)
      free_one (self);
  while (!mullion_remains_is_empty (self) && g_get_monotonic_time () < end);

  /* A burst must not keep its memory for ever. */
  if (mullion_remains_is_empty (self))
    {
      g_ptr_array_unref (self->nodes);
      self->nodes = g_ptr_array_new ();
    }
}

static gboolean
free_some_cb (gpointer user_data)
{
  MullionRemains *heap = user_data;

  mullion_remains_free_some (heap, g_get_monotonic_time () + G_TIME_SPAN_MILLISECOND);

  return !mullion_remains_is_empty (heap);
}

/* What nobody looks after any more comes on one heap: hundreds would each take their time of a turn
 * of the loop. */
static void
leave (MullionRemains *self)
{
  static MullionRemains *heap;

  if (heap == NULL)
    heap = mullion_remains_new ();
  if (mullion_remains_is_empty (heap))
    g_idle_add (free_some_cb, heap);

  g_ptr_array_extend_and_steal (heap->nodes, g_steal_pointer (&self->nodes));
  if (self->opened != NULL)
    g_ptr_array_add (heap->nodes, self->opened);
}

void
mullion_remains_free (MullionRemains *self)
{
  if (!mullion_remains_is_empty (self))
    leave (self);

  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_free (self);
}
