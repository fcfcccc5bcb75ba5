/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-file-grants.h"

/*
 * The paths that the user chose in a dialog during this run. Main process, any thread.
 *
 * A page may name a file outside the app's data folder only when its path is in here, letter by
 * letter: a user who chose one file gave away that file and not its folder. Only the dialogs add
 * to it, never a page. It is kept in memory alone, so the next run starts with nothing.
 */

struct _MullionFileGrants
{
  GObject parent_instance;

  GMutex lock;
  GHashTable *paths;
};

G_DEFINE_FINAL_TYPE (MullionFileGrants, mullion_file_grants, G_TYPE_OBJECT)

static void
mullion_file_grants_finalize (GObject *object)
{
  MullionFileGrants *self = MULLION_FILE_GRANTS (object);

  g_hash_table_unref (self->paths);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (mullion_file_grants_parent_class)->finalize (object);
}

static void
mullion_file_grants_class_init (MullionFileGrantsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_file_grants_finalize;
}

static void
mullion_file_grants_init (MullionFileGrants *self)
{
  g_mutex_init (&self->lock);
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

MullionFileGrants *
mullion_file_grants_new (void)
{
  return g_object_new (MULLION_TYPE_FILE_GRANTS, NULL);
}

void
mullion_file_grants_add (MullionFileGrants *self,
                         const char        *path)
{
  g_mutex_lock (&self->lock);
  g_hash_table_add (self->paths, g_strdup (path));
  g_mutex_unlock (&self->lock);
}

gboolean
mullion_file_grants_has (MullionFileGrants *self,
                         const char        *path)
{
  gboolean has;

  g_mutex_lock (&self->lock);
  has = g_hash_table_contains (self->paths, path);
  g_mutex_unlock (&self->lock);
  return has;
}
