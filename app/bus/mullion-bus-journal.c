/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-bus-journal.h"

#include "mullion-bus-error.h"
#include "mullion-plain-json.h"
#include "mullion-value.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/*
 * MullionBusJournal: the jobs that nobody has done yet, for the next process that hosts the bus.
 *
 * Each line says that a job came, or that one is done. The last line may be cut where its process was
 * ended. When there are far more lines than jobs, the file is written anew.
 */

#define MIN_LINES 4096

typedef struct
{
  char *id;
  char *line;
} Entry;

struct _MullionBusJournal
{
  char *path;
  int fd;
  GQueue entries;   /* of Entry (owned), in their order */
  GHashTable *jobs; /* id → link of entries */
  guint n_lines;    /* in the file */
};

static char *
make_line (const char *first_name,
           const char *first,
           const char *queue,
           JsonNode   *value,
           GError    **error)
{
  JsonObject *object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  GString *text = g_string_new (NULL);

  json_object_unref (object);
  json_object_set_string_member (object, first_name, first);
  if (queue != NULL)
    {
      json_object_set_string_member (object, "queue", queue);
      json_object_set_member (object, "value", json_node_copy (value));
    }

  if (mullion_plain_json_write (text, node, error))
    return g_string_free (g_string_append_c (text, '\n'), FALSE);

  g_string_free (text, TRUE);
  return NULL;
}

static void
free_entry (Entry *entry)
{
  g_free (entry->id);
  g_free (entry->line);
  g_free (entry);
}

/* Takes @line. */
static void
keep (MullionBusJournal *self,
      const char        *id,
      char              *line)
{
  Entry *entry = g_new (Entry, 1);

  entry->id = g_strdup (id);
  entry->line = line;
  g_queue_push_tail (&self->entries, entry);
  g_hash_table_insert (self->jobs, entry->id, self->entries.tail);
}

static gboolean
forget (MullionBusJournal *self,
        const char        *id)
{
  GList *link = g_hash_table_lookup (self->jobs, id);

  if (link == NULL)
    return FALSE;

  g_hash_table_remove (self->jobs, id);
  free_entry (link->data);
  g_queue_delete_link (&self->entries, link);
  return TRUE;
}

/* All of it or nothing: a disk that is full must not leave half a line. */
static gboolean
append (MullionBusJournal  *self,
        const char         *line,
        GError            **error)
{
  off_t before = lseek (self->fd, 0, SEEK_END);
  gsize length = strlen (line);
  gssize n = write (self->fd, line, length);
  int saved_errno = n < 0 ? errno : ENOSPC;

  if (n == (gssize) length)
    {
      self->n_lines++;
      return TRUE;
    }

  if (n > 0 && ftruncate (self->fd, before) < 0)
    saved_errno = errno;
  g_set_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_FULL,
               "A job cannot be written to “%s”: %s", self->path, g_strerror (saved_errno));
  return FALSE;
}

/* -- Reading -- */

static char *
dup_member (JsonNode   *object,
            const char *name)
{
  JsonNode *member = mullion_value_get_member (object, name);

  return member != NULL && mullion_value_get_kind (member) == MULLION_VALUE_STRING
             ? mullion_value_dup_string (member, NULL) : NULL;
}

/* A line that says nothing is one that was cut. */
static void
read_line (MullionBusJournal *self,
           const char        *line)
{
  g_autoptr(JsonNode) node = mullion_plain_json_read (line, strlen (line), NULL);
  g_autofree char *added = NULL;
  g_autofree char *removed = NULL;

  if (node == NULL || mullion_value_get_kind (node) != MULLION_VALUE_OBJECT)
    return;

  added = dup_member (node, "job");
  removed = dup_member (node, "done");
  if (removed != NULL)
    forget (self, removed);
  else if (added != NULL && !g_hash_table_contains (self->jobs, added))
    keep (self, added, g_strconcat (line, "\n", NULL));
}

static gboolean
read_all (MullionBusJournal  *self,
          GError            **error)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) reason = NULL;
  g_auto(GStrv) lines = NULL;

  if (!g_file_get_contents (self->path, &text, NULL, &reason))
    {
      if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_set_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_FAILED,
                   "The jobs of the bus cannot be read: %s", reason->message);
      return FALSE;
    }

  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    read_line (self, *line);

  return TRUE;
}

static void
tell_all (MullionBusJournal     *self,
          MullionBusJournalFunc  func,
          gpointer               user_data)
{
  for (GList *link = self->entries.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;
      g_autoptr(JsonNode) node = mullion_plain_json_read (entry->line, strlen (entry->line), NULL);
      g_autofree char *queue = dup_member (node, "queue");
      JsonNode *value = mullion_value_get_member (node, "value");

      if (queue != NULL && value != NULL)
        func (queue, entry->id, value, user_data);
    }
}

/* -- Writing -- */

/* Writes what is left to a new file, which takes the place of the old one at once. */
static gboolean
rewrite (MullionBusJournal  *self,
         GError            **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) reason = NULL;
  int fd;

  for (GList *link = self->entries.head; link != NULL; link = link->next)
    g_string_append (text, ((Entry *) link->data)->line);

  if (!g_file_set_contents_full (self->path, text->str, (gssize) text->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &reason) ||
      (fd = g_open (self->path, O_WRONLY | O_APPEND | O_CLOEXEC, 0)) < 0)
    {
      g_set_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_FAILED,
                   "The jobs of the bus cannot be written: %s",
                   reason != NULL ? reason->message : g_strerror (errno));
      return FALSE;
    }

  if (self->fd >= 0)
    close (self->fd);
  self->fd = fd;
  self->n_lines = self->entries.length;
  return TRUE;
}

MullionBusJournal *
mullion_bus_journal_open (const char             *path,
                          MullionBusJournalFunc   func,
                          gpointer                user_data,
                          GError                **error)
{
  MullionBusJournal *self = g_new0 (MullionBusJournal, 1);

  self->path = g_strdup (path);
  self->fd = -1;
  self->jobs = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->entries);

  if (read_all (self, error) && rewrite (self, error))
    {
      tell_all (self, func, user_data);
      return self;
    }

  mullion_bus_journal_close (self);
  return NULL;
}

void
mullion_bus_journal_close (MullionBusJournal *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_hash_table_unref (self->jobs);
  g_queue_clear_full (&self->entries, (GDestroyNotify) free_entry);
  g_free (self->path);
  g_free (self);
}

gboolean
mullion_bus_journal_add (MullionBusJournal  *self,
                         const char         *queue,
                         const char         *id,
                         JsonNode           *value,
                         GError            **error)
{
  char *line = make_line ("job", id, queue, value, error);

  if (line == NULL || !append (self, line, error))
    {
      g_free (line);
      return FALSE;
    }

  keep (self, id, line);
  return TRUE;
}

/* A line that cannot be written is no harm: the job is done twice, at worst. */
void
mullion_bus_journal_remove (MullionBusJournal *self,
                            const char        *id)
{
  g_autofree char *line = NULL;

  if (!forget (self, id))
    return;

  line = make_line ("done", id, NULL, NULL, NULL);
  if (line != NULL)
    append (self, line, NULL);
  if (self->n_lines > MIN_LINES && self->n_lines / 4 > self->entries.length)
    rewrite (self, NULL);
}
