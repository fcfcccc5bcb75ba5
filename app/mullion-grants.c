/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-grants-private.h"

#include "mullion-error.h"
#include "mullion-origin.h"

/**
 * MullionGrants:
 *
 * Says which channels pages may use: by the origin of a document, by whether it is the page itself or
 * a frame inside it, and by patterns of names.
 *
 * ```c
 * g_autoptr(MullionGrants) grants = mullion_grants_new ();
 *
 * mullion_grants_add (grants, "notes:*");
 * mullion_grants_add_for (grants, "ping", "https://example.org", MULLION_GRANT_SUB_FRAMES);
 * mullion_web_contents_set_grants (contents, grants);
 * ```
 *
 * A pattern is a name, or has one `*` that stands for any text: `notes:*`, `*:read`, `*`. What is not
 * granted is denied, and the main process alone decides that, before any listener or handler hears of
 * the message: a call rejects, `sendSync` throws, anything else is lost and the page's console says
 * so. [signal@WebContents::denied] reports it.
 *
 * Grants belong to a window, [method@WebContents.set_grants], or to all windows that have none of
 * their own, [method@App.set_grants]. Without either the app's own origin, and those that
 * [method@App.allow_origin] lists, may use all channels, in the main frame only.
 *
 * Documents that grants name get the preload script too, in sub-frames where they name those.
 * Grants may be changed while they are in use; that counts from the next message on, but the preload
 * script comes with the next document.
 *
 * Since: 0.1
 */
struct _MullionGrants
{
  GObject parent_instance;

  GHashTable *grants; /* a set of MullionGrant, one for an origin and a channel */
};

G_DEFINE_FINAL_TYPE (MullionGrants, mullion_grants, G_TYPE_OBJECT)

/* Who uses what in an audit. */
#define MAX_RECORDS 10000

static guint64 epoch = 1;

guint64
mullion_grants_get_epoch (void)
{
  return epoch;
}

void
mullion_grants_begin_epoch (void)
{
  epoch++;
}

static guint
hash_grant (gconstpointer data)
{
  const MullionGrant *grant = data;

  return g_str_hash (grant->channel) ^ (grant->origin != NULL ? g_str_hash (grant->origin) : 0);
}

static gboolean
equal_grants (gconstpointer a,
              gconstpointer b)
{
  const MullionGrant *first = a;
  const MullionGrant *second = b;

  return g_str_equal (first->channel, second->channel) &&
         g_strcmp0 (first->origin, second->origin) == 0;
}

static void
free_grant (gpointer data)
{
  MullionGrant *grant = data;

  g_free (grant->origin);
  g_free (grant->channel);
  g_free (grant);
}

static int
compare_grants (gconstpointer a,
                gconstpointer b)
{
  const MullionGrant *first = *(const MullionGrant *const *) a;
  const MullionGrant *second = *(const MullionGrant *const *) b;
  int order = g_strcmp0 (first->origin, second->origin);

  if (order == 0)
    order = (int) first->frames - (int) second->frames;

  return order != 0 ? order : g_strcmp0 (first->channel, second->channel);
}

static void
insert (MullionGrants      *self,
        const char         *channel,
        const char         *origin,
        MullionGrantFrames  frames)
{
  MullionGrant key = { (char *) origin, (char *) channel, 0 };
  MullionGrant *grant = g_hash_table_lookup (self->grants, &key);

  if (grant == NULL)
    {
      grant = g_new0 (MullionGrant, 1);
      grant->origin = g_strdup (origin);
      grant->channel = g_strdup (channel);
      g_hash_table_add (self->grants, grant);
    }
  grant->frames |= frames;
  mullion_grants_begin_epoch ();
}

gboolean
mullion_grants_try_add (MullionGrants       *self,
                        const char          *channel,
                        const char          *origin,
                        MullionGrantFrames   frames,
                        GError             **error)
{
  if (origin != NULL && !mullion_origin_check (origin, error))
    return FALSE;

  if (!mullion_channel_set_is_pattern (channel))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "'%s' is no channel: expected a name, with one * at most", channel);
      return FALSE;
    }

  insert (self, channel, origin, frames);
  return TRUE;
}

void
mullion_grants_record (MullionGrants      *self,
                       const char         *channel,
                       const char         *origin,
                       MullionGrantFrames  frames)
{
  MullionGrant key = { (char *) origin, (char *) channel, 0 };
  MullionGrant *grant = g_hash_table_lookup (self->grants, &key);

  if (grant != NULL && (grant->frames & frames) == frames)
    return;
  /* A name with a star of its own cannot be granted alone: nobody shall be told that it could. */
  if (strchr (channel, '*') == NULL && g_hash_table_size (self->grants) < MAX_RECORDS)
    insert (self, channel, origin, frames);
}

/**
 * mullion_grants_add:
 * @self: grants
 * @channel: a channel, or a pattern with one `*`
 *
 * Grants a channel to the pages of the app itself, in the main frame.
 *
 * Since: 0.1
 */
void
mullion_grants_add (MullionGrants *self,
                    const char    *channel)
{
  mullion_grants_add_for (self, channel, NULL, MULLION_GRANT_MAIN_FRAME);
}

/**
 * mullion_grants_add_for:
 * @self: grants
 * @channel: a channel, or a pattern with one `*`
 * @origin: (nullable): an origin such as `https://example.org`, or %NULL for the app's own; plain
 *   `http` is taken from this machine only, as in `http://localhost:8080`
 * @frames: where documents of that origin must be, one kind or both
 *
 * Grants a channel to the documents of an origin. What is not of this form is a mistake of the
 * program, which a critical message tells, and grants nothing.
 *
 * Since: 0.1
 */
void
mullion_grants_add_for (MullionGrants      *self,
                        const char         *channel,
                        const char         *origin,
                        MullionGrantFrames  frames)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (MULLION_IS_GRANTS (self));
  g_return_if_fail (channel != NULL);
  g_return_if_fail (frames != 0);

  if (!mullion_grants_try_add (self, channel, origin, frames, &error))
    g_critical ("A channel was not granted: %s", error->message);
}

GPtrArray *
mullion_grants_list (MullionGrants *self)
{
  GPtrArray *grants = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->grants);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (grants, key);
  g_ptr_array_sort (grants, compare_grants);

  return grants;
}

static gboolean
is_for (const MullionGrant *grant,
        const char         *origin,
        gboolean            is_own)
{
  return grant->origin == NULL ? is_own : g_str_equal (grant->origin, origin);
}

gboolean
mullion_grants_name (MullionGrants      *self,
                     const char         *origin,
                     MullionGrantFrames  frame)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->grants);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if ((((MullionGrant *) key)->frames & frame) != 0 && is_for (key, origin, FALSE))
      return TRUE;

  return FALSE;
}

MullionChannelSet *
mullion_grants_compile (MullionGrants      *self,
                        const char         *origin,
                        gboolean            is_own,
                        MullionGrantFrames  frame)
{
  MullionChannelSet *channels = mullion_channel_set_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->grants);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const MullionGrant *grant = key;

      if ((grant->frames & frame) != 0 && is_for (grant, origin, is_own))
        mullion_channel_set_add (channels, grant->channel);
    }

  return channels;
}

static void
mullion_grants_finalize (GObject *object)
{
  MullionGrants *self = MULLION_GRANTS (object);

  g_clear_pointer (&self->grants, g_hash_table_unref);

  G_OBJECT_CLASS (mullion_grants_parent_class)->finalize (object);
}

static void
mullion_grants_class_init (MullionGrantsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_grants_finalize;
}

static void
mullion_grants_init (MullionGrants *self)
{
  self->grants = g_hash_table_new_full (hash_grant, equal_grants, free_grant, NULL);
}

/**
 * mullion_grants_new:
 *
 * Makes grants that grant nothing yet.
 *
 * Returns: (transfer full): new grants
 *
 * Since: 0.1
 */
MullionGrants *
mullion_grants_new (void)
{
  return g_object_new (MULLION_TYPE_GRANTS, NULL);
}
