/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-log.h"

#include <string.h>
#include <unistd.h>

/*
 * DriverLog: what the app says, kept for a test that asks for it.
 *
 * A thread of its own reads, so that an app which writes much never waits for the driver.
 */

#define CHUNK (16 * 1024)
/* An app that floods loses what it wrote first. */
#define LARGEST_LOG (1024 * 1024)

struct _DriverLog
{
  int n_refs;
  GMutex lock;
  GString *text;
};

DriverLog *
driver_log_ref (DriverLog *self)
{
  g_atomic_int_inc (&self->n_refs);
  return self;
}

void
driver_log_unref (DriverLog *self)
{
  if (!g_atomic_int_dec_and_test (&self->n_refs))
    return;

  g_string_free (self->text, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
keep (DriverLog  *self,
      const char *bytes,
      gsize       size)
{
  g_mutex_lock (&self->lock);
  g_string_append_len (self->text, bytes, (gssize) size);
  if (self->text->len > LARGEST_LOG)
    g_string_erase (self->text, 0, (gssize) (self->text->len - LARGEST_LOG));
  g_mutex_unlock (&self->lock);
}

typedef struct
{
  DriverLog *log;
  GInputStream *pipe;
} Reading;

static gpointer
read_pipe (gpointer data)
{
  g_autofree Reading *reading = data;
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize size;

  while ((size = g_input_stream_read (reading->pipe, chunk, CHUNK, NULL, NULL)) > 0)
    {
      keep (reading->log, chunk, (gsize) size);
      if (write (STDERR_FILENO, chunk, (gsize) size) < 0)
        g_debug ("What the app says cannot be passed on: %s", g_strerror (errno));
    }

  driver_log_unref (reading->log);
  g_object_unref (reading->pipe);
  return NULL;
}

DriverLog *
driver_log_new (GInputStream *pipe)
{
  DriverLog *self = g_new0 (DriverLog, 1);
  Reading *reading = g_new (Reading, 1);

  self->n_refs = 1;
  self->text = g_string_new (NULL);
  g_mutex_init (&self->lock);
  reading->log = driver_log_ref (self);
  reading->pipe = g_object_ref (pipe);
  g_thread_unref (g_thread_new ("log", read_pipe, reading));
  return self;
}

char *
driver_log_take (DriverLog *self)
{
  g_autoptr(GString) taken = NULL;

  g_mutex_lock (&self->lock);
  taken = g_steal_pointer (&self->text);
  self->text = g_string_new (NULL);
  g_mutex_unlock (&self->lock);
  return g_utf8_make_valid (taken->str, (gssize) taken->len);
}
