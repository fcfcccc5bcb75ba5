/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-json-crowd.h"

/* The guard of the reader against names that are chosen to share one place of a
 * hash table.
 *
 * A JsonObject finds its members by g_str_hash (), which is the same in every
 * program, so that anyone can make names that collide: an object of 40,000 such
 * names, a message of 1.5 MB, kept json-glib busy for a minute. Nobody can give
 * json-glib a better hash; but the places are easily counted, and where dozens
 * of names share one, it is no accident.
 *
 * The counting follows GHashTable: places are (hash × 11) modulo the largest
 * prime below its size, a power of two. Should GLib ever change that, names with
 * equal hashes, which are by far the easiest to make, are found all the same. */

/* With fewer members even the worst names cost little. */
#define MIN_SIZE 64

/* GLib's table has this size when it holds MIN_SIZE members. */
#define MIN_SHIFT 7

/* A dozen names share a place by chance, and up to thirty of a million that
 * were counted up in some way. */
#define MAX_LOAD 120

/* The distance from 2^(MIN_SHIFT + i) to the largest prime below it. */
static const guint8 distances[] = {
  1, 5, 3, 3, 9, 3, 1, 3, 19, 15, 1, 5, 1, 3, 9, 3, 15, 3, 39, 5, 39, 57, 3, 35, 1,
};

/* Counts @name; returns whether its place has room for it. */
static gboolean
count (MullionJsonCrowd *self,
       const char *name)
{
  guint modulus = (1u << self->shift) - distances[self->shift - MIN_SHIFT];

  return ++self->loads[g_str_hash (name) * 11 % modulus] <= MAX_LOAD;
}

/* Counts all names of @object for a table of another size. */
static gboolean
recount (MullionJsonCrowd *self,
         JsonObject *object,
         guint shift)
{
  JsonObjectIter iter;
  const char *name = NULL;

  g_free (self->loads);
  self->loads = g_new0 (guint8, (gsize) 1 << shift);
  self->shift = shift;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!count (self, name))
      return FALSE;

  return TRUE;
}

/**
 * mullion_json_crowd_add:
 * @self: the counts of @object
 * @object: an object
 * @name: the name of the member that @object was given last
 *
 * Counts a new member of @object.
 *
 * Returns: whether the names are still such that @object is quick
 *
 * Since: 0.1
 */
gboolean
mullion_json_crowd_add (MullionJsonCrowd *self,
                        JsonObject *object,
                        const char *name)
{
  guint size = json_object_get_size (object);

  if (size < MIN_SIZE)
    return TRUE;

  if (self->loads == NULL)
    return recount (self, object, MIN_SHIFT);

  /* GLib doubles the table when a sixteenth of it is left. */
  if (size + size / 16 >= 1u << self->shift &&
      self->shift + 1 < MIN_SHIFT + G_N_ELEMENTS (distances))
    return recount (self, object, self->shift + 1);

  return count (self, name);
}

/**
 * mullion_json_crowd_clear:
 * @self: the counts of an object
 *
 * Frees what @self holds.
 *
 * Since: 0.1
 */
void
mullion_json_crowd_clear (MullionJsonCrowd *self)
{
  g_clear_pointer (&self->loads, g_free);
}
