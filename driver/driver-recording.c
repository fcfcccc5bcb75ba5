/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-recording.h"

#include "driver-error.h"
#include "mullion-json-access.h"

#include <gio/gio.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * DriverRecording: the recording of an app that is driven, and the driver's place in it.
 *
 * The app writes it, as any app does that is told to, into memory of the driver's: so it is there
 * when the app hangs, and gone with the driver. What was read once is not read again, so a message
 * that came before the test has asked for it is found, and each is found once.
 */

/* How long nobody looks whether the app has ended. */
#define SLICE_MSEC 200
#define CHUNK (64 * 1024)

struct _DriverRecording
{
  int fd;
  int watch; /* of inotify */
  char *path;
  goffset offset; /* what was read until now */
  GString *rest;  /* read, and no message was looked for in it */
};

static gboolean
fail (const char  *what,
      GError     **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", what,
               g_strerror (errno));
  return FALSE;
}

static gboolean
open_memory (DriverRecording  *self,
             GError          **error)
{
  self->fd = memfd_create ("mullion-recording", MFD_CLOEXEC);
  if (self->fd < 0)
    return fail ("memfd_create", error);

  self->path = g_strdup_printf ("/proc/%d/fd/%d", (int) getpid (), self->fd);
  self->watch = inotify_init1 (IN_CLOEXEC | IN_NONBLOCK);
  if (self->watch < 0)
    return fail ("inotify_init1", error);

  return inotify_add_watch (self->watch, self->path, IN_MODIFY) >= 0 ||
         fail ("inotify_add_watch", error);
}

DriverRecording *
driver_recording_new (GError **error)
{
  DriverRecording *self = g_new0 (DriverRecording, 1);

  self->fd = -1;
  self->watch = -1;
  self->rest = g_string_new (NULL);
  if (open_memory (self, error))
    return self;

  driver_recording_free (self);
  return NULL;
}

void
driver_recording_free (DriverRecording *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->watch >= 0)
    close (self->watch);
  g_string_free (self->rest, TRUE);
  g_free (self->path);
  g_free (self);
}

const char *
driver_recording_get_path (DriverRecording *self)
{
  return self->path;
}

gboolean
driver_recording_is_empty (DriverRecording *self)
{
  struct stat status;

  return fstat (self->fd, &status) != 0 || status.st_size == 0;
}

char *
driver_recording_dup_text (DriverRecording  *self,
                           GError          **error)
{
  char *text = NULL;

  return g_file_get_contents (self->path, &text, NULL, error) ? text : NULL;
}

/* -- Waiting -- */

static void
read_more (DriverRecording *self)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize size;

  while ((size = pread (self->fd, chunk, CHUNK, self->offset)) > 0)
    {
      g_string_append_len (self->rest, chunk, size);
      self->offset += size;
    }
}

static gboolean
is_meant (JsonNode                *line,
          const DriverMessageWish *wish)
{
  JsonObject *object;

  if (line == NULL || !JSON_NODE_HOLDS_OBJECT (line))
    return FALSE;

  object = json_node_get_object (line);
  return g_strcmp0 (mullion_json_get_string (object, "channel"), wish->channel) == 0 &&
         (wish->direction == NULL ||
          g_strcmp0 (mullion_json_get_string (object, "direction"), wish->direction) == 0);
}

/* (transfer full) (nullable): the end of a line may still be on its way */
static JsonNode *
take_message (DriverRecording         *self,
              const DriverMessageWish *wish)
{
  g_autoptr(JsonNode) found = NULL;
  const char *at = self->rest->str;
  const char *end;

  while (found == NULL && (end = strchr (at, '\n')) != NULL)
    {
      g_autofree char *text = g_strndup (at, end - at);
      g_autoptr(JsonNode) line = json_from_string (text, NULL);

      at = end + 1;
      if (is_meant (line, wish))
        found = g_steal_pointer (&line);
    }

  g_string_erase (self->rest, 0, at - self->rest->str);
  return g_steal_pointer (&found);
}

static void
wait_for_more (DriverRecording *self,
               int              msec)
{
  struct pollfd fd = { .fd = self->watch, .events = POLLIN };
  char events[4096];

  if (poll (&fd, 1, msec) > 0)
    while (read (self->watch, events, sizeof events) > 0)
      continue;
}

JsonNode *
driver_recording_wait (DriverRecording          *self,
                       const DriverMessageWish  *wish,
                       guint                     timeout_msec,
                       DriverRecordingIsOver     is_over,
                       gpointer                  user_data,
                       GError                  **error)
{
  gint64 end = g_get_monotonic_time () + timeout_msec * (gint64) 1000;

  for (;;)
    {
      gboolean was_over = is_over (user_data);
      gint64 left_msec = (end - g_get_monotonic_time ()) / 1000;
      JsonNode *message;

      read_more (self);
      message = take_message (self, wish);
      if (message != NULL)
        return message;

      if (was_over || left_msec <= 0)
        {
          g_set_error (error, DRIVER_ERROR,
                       was_over ? DRIVER_ERROR_INVALID_SESSION : DRIVER_ERROR_TIMEOUT,
                       "There was no message on the channel '%s'", wish->channel);
          return NULL;
        }

      wait_for_more (self, (int) MIN (left_msec, SLICE_MSEC));
    }
}
