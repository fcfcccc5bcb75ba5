/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop-holds.h"

/*
 * MullionDesktopHolds: what documents hold of the desktop, as a grabbed key. Main process.
 *
 * A document that navigates, closes or crashes cannot give anything back, and the one that comes after
 * it knows of nothing: so what a document holds is released with it.
 */

struct _MullionDesktopHolds
{
  GHashTable *all; /* name → Hold (owned) */
  MullionDesktopRelease release;
};

typedef struct
{
  MullionDesktopHolds *owner;
  MullionWebFrameMain *frame;
  gulong detached;
  char *name;
} Hold;

static void
forget (Hold *hold)
{
  g_clear_signal_handler (&hold->detached, hold->frame);
  g_object_unref (hold->frame);
  g_free (hold->name);
  g_free (hold);
}

static void
free_hold (gpointer data)
{
  Hold *hold = data;

  hold->owner->release (hold->name);
  forget (hold);
}

static void
detached_cb (Hold *hold)
{
  g_hash_table_remove (hold->owner->all, hold->name);
}

MullionDesktopHolds *
mullion_desktop_holds_new (MullionDesktopRelease release)
{
  MullionDesktopHolds *self = g_new0 (MullionDesktopHolds, 1);

  self->all = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_hold);
  self->release = release;

  return self;
}

void
mullion_desktop_holds_free (MullionDesktopHolds *self)
{
  g_hash_table_unref (self->all);
  g_free (self);
}

void
mullion_desktop_holds_add (MullionDesktopHolds *self,
                           MullionWebFrameMain *frame,
                           const char          *name)
{
  gpointer over;
  Hold *hold;

  /* What the desktop has ended by itself nobody told us of. To release it would end the new one. */
  if (g_hash_table_steal_extended (self->all, name, NULL, &over))
    forget (over);
  if (frame == NULL || mullion_web_frame_main_is_detached (frame))
    {
      self->release (name);
      return;
    }

  hold = g_new0 (Hold, 1);
  hold->owner = self;
  hold->frame = g_object_ref (frame);
  hold->detached = g_signal_connect_swapped (frame, "detached", G_CALLBACK (detached_cb), hold);
  hold->name = g_strdup (name);
  g_hash_table_insert (self->all, hold->name, hold);
}

gboolean
mullion_desktop_holds_has (MullionDesktopHolds *self,
                           const char          *name)
{
  return g_hash_table_contains (self->all, name);
}

guint
mullion_desktop_holds_count (MullionDesktopHolds *self)
{
  return g_hash_table_size (self->all);
}

gboolean
mullion_desktop_holds_remove (MullionDesktopHolds *self,
                              const char          *name)
{
  return g_hash_table_remove (self->all, name);
}

void
mullion_desktop_holds_clear (MullionDesktopHolds *self)
{
  g_hash_table_remove_all (self->all);
}
