/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-recording.h"

#include "mullion-error.h"
#include "mullion-json-access.h"
#include "mullion-json-reader.h"

#include <string.h>

/*
 * MullionRecording: a recording that was read from its file.
 *
 * Lives in the main process. Recordings come with bug reports, from anybody, and people edit them: so
 * nothing of a line is used before all of it was found to be of its shape.
 */

#define VERSION 1

/* What is left out of a file name in an error would be missed; of a line, its number is enough. */
static gboolean
refuse (GError     **error,
        const char  *format,
        ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, format, args);
  va_end (args);

  return FALSE;
}

/* -- Members -- */

/* Reads a number from 0, or @otherwise where there is none. */
static gboolean
read_number (JsonObject  *object,
             const char  *name,
             gint64       minimum,
             gint64       maximum,
             guint64     *value,
             GError     **error)
{
  gint64 number;

  *value = 0;
  if (!json_object_has_member (object, name) && minimum == 0)
    return TRUE;

  number = mullion_json_get_int (object, name, -1);
  if (number < MAX (minimum, 0) || number > maximum)
    return refuse (error, "\"%s\" is not a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                   name, minimum, maximum);

  *value = number;
  return TRUE;
}

static gboolean
read_place (MullionRecordingLine  *self,
            JsonObject            *object,
            GError               **error)
{
  guint64 contents;

  if (!read_number (object, "contents", 1, G_MAXUINT, &contents, error) ||
      !read_number (object, "page", 0, G_MAXINT64, &self->page, error) ||
      !read_number (object, "document", 0, G_MAXINT64, &self->document, error))
    return FALSE;

  self->contents = contents;
  return TRUE;
}

static gboolean
read_event (MullionRecordingLine  *self,
            JsonObject            *object,
            GError               **error)
{
  if (g_str_equal (self->event, MULLION_RECORD_END))
    return TRUE;
  if (!read_place (self, object, error))
    return FALSE;
  if (g_str_equal (self->event, MULLION_RECORD_PAGE_GONE))
    return TRUE;
  if (mullion_record_event_lookup (self->event) == NULL)
    return refuse (error, "\"event\" is \"%s\", which is not known", self->event);

  self->body = json_object_get_member (object, "body");
  if (self->document == 0 || self->body == NULL || !JSON_NODE_HOLDS_OBJECT (self->body))
    return refuse (error, "the event \"%s\" needs a \"document\" and a \"body\"", self->event);

  return TRUE;
}

static gboolean
read_kind (MullionRecordingLine  *self,
           JsonObject            *object,
           GError               **error)
{
  const char *direction = mullion_json_get_string (object, "direction");
  const char *kind = mullion_json_get_string (object, "kind");
  gboolean is_from_page = g_strcmp0 (direction, "from-page") == 0;

  if (!is_from_page && g_strcmp0 (direction, "to-page") != 0)
    return refuse (error, "\"direction\" is neither \"from-page\" nor \"to-page\"");

  self->kind = mullion_record_kind_lookup (is_from_page, kind);
  if (self->kind == NULL)
    return refuse (error, "\"kind\" is \"%s\", which is no message %s", kind != NULL ? kind : "",
                   direction);

  return TRUE;
}

static gboolean
read_message (MullionRecordingLine  *self,
              JsonObject            *object,
              GError               **error)
{
  guint64 n_ports;

  if (!read_kind (self, object, error) || !read_place (self, object, error) ||
      !read_number (object, "id", self->kind->link != MULLION_RECORD_LINK_NONE,
                    MULLION_WIRE_MAX_ID, &self->id, error) ||
      !read_number (object, "ports", 0, MULLION_WIRE_MAX_PORTS, &n_ports, error))
    return FALSE;

  self->n_ports = n_ports;
  self->channel = mullion_json_get_string (object, "channel");
  self->outcome = mullion_json_get_string (object, "outcome");
  self->omitted = mullion_json_get_string (object, "omitted");
  self->args = json_object_get_member (object, "args");
  if (self->document == 0 || self->channel == NULL)
    return refuse (error, "a message needs a \"document\" and a \"channel\"");
  if (self->omitted == NULL && (self->args == NULL || !JSON_NODE_HOLDS_ARRAY (self->args)))
    return refuse (error, "a message needs \"args\", an array, or says why they are \"omitted\"");

  return TRUE;
}

/* -- Lines -- */

static JsonNode *
read_object (const char  *text,
             gsize        length,
             GError     **error)
{
  g_autoptr(JsonNode) node = mullion_json_read (text, length, MULLION_WIRE_MAX_DEPTH, error);

  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);

  refuse (error, "it is not a JSON object");
  return NULL;
}

MullionRecordingLine *
mullion_recording_line_new (const char  *text,
                            gsize        length,
                            GError     **error)
{
  g_autoptr(MullionRecordingLine) self = g_new0 (MullionRecordingLine, 1);
  JsonObject *object;

  self->node = read_object (text, length, error);
  if (self->node == NULL)
    return NULL;

  object = json_node_get_object (self->node);
  self->event = mullion_json_get_string (object, "event");
  if (self->event != NULL ? !read_event (self, object, error) : !read_message (self, object, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
mullion_recording_line_free (MullionRecordingLine *self)
{
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self);
}

static gboolean
read_header (MullionRecording  *self,
             const char        *text,
             gsize              length,
             GError           **error)
{
  g_autoptr(JsonNode) node = read_object (text, length, error);
  JsonObject *object;
  gint64 version;

  if (node == NULL)
    return FALSE;

  object = json_node_get_object (node);
  version = mullion_json_get_int (object, "version", -1);
  if (g_strcmp0 (mullion_json_get_string (object, "mullion"), "recording") != 0 ||
      mullion_json_get_string (object, "app") == NULL)
    return refuse (error, "this is not the beginning of a recording");
  if (version != VERSION)
    return refuse (error, "the recording is of version %" G_GINT64_FORMAT ", and this program "
                   "reads version %d", version, VERSION);

  self->app_id = g_strdup (mullion_json_get_string (object, "app"));
  return TRUE;
}

static gboolean
add_line (MullionRecording  *self,
          guint              number,
          const char        *text,
          gsize              length,
          GError           **error)
{
  MullionRecordingLine *line;

  if (number == 1)
    return read_header (self, text, length, error);
  if (self->is_complete)
    return refuse (error, "there is something after the end of the recording");

  line = mullion_recording_line_new (text, length, error);
  if (line == NULL)
    return FALSE;

  line->number = number;
  self->is_complete = g_strcmp0 (line->event, MULLION_RECORD_END) == 0;
  g_ptr_array_add (self->lines, line);
  return TRUE;
}

static gboolean
read_lines (MullionRecording  *self,
            const char        *path,
            const char        *text,
            gsize              length,
            GError           **error)
{
  const char *end = text + length;
  guint number = 1;

  do
    {
      const char *newline = text < end ? memchr (text, '\n', end - text) : NULL;
      gboolean is_good = newline != NULL && add_line (self, number, text, newline - text, error);

      if (newline == NULL)
        refuse (error, text == end ? "the file is empty" : "the line is cut off");
      if (!is_good)
        {
          g_prefix_error (error, "%s: line %u: ", path, number);
          return FALSE;
        }
      text = newline + 1;
      number++;
    }
  while (text < end);

  return TRUE;
}

MullionRecording *
mullion_recording_load (const char  *path,
                        GError     **error)
{
  g_autoptr(MullionRecording) self = g_new0 (MullionRecording, 1);
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, error);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) mullion_recording_line_free);
  if (file == NULL || !read_lines (self, path, g_mapped_file_get_contents (file),
                                   g_mapped_file_get_length (file), error))
    return NULL;

  return g_steal_pointer (&self);
}

void
mullion_recording_free (MullionRecording *self)
{
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self->app_id);
  g_free (self);
}
