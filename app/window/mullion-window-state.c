/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-state.h"

#include "mullion-error.h"
#include "mullion-json-reader.h"

#include <glib/gstdio.h>

/*
 * The state of a window in a file: one of its own for each name, so that two programs of an app
 * never write the same one for different windows.
 *
 * Main process. The file is the user's, and yet may be anything: half of it after a full disk, or
 * what another version wrote. Whatever does not read as a state is an error, and the window opens
 * as if there were no file.
 */

#define FILE_LIMIT 4096
#define SIZE_LIMIT 32767

/* So much of a window has to be on a monitor for a hand to get hold of it. */
#define GRIP 64

static gboolean
read_integer (JsonObject *object,
              const char *name,
              int         least,
              int        *value)
{
  JsonNode *node = json_object_get_member (object, name);
  gint64 number;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  number = json_node_get_int (node);
  if (number < least || number > SIZE_LIMIT)
    return FALSE;

  *value = (int) number;
  return TRUE;
}

static gboolean
read_boolean (JsonObject *object,
              const char *name,
              gboolean   *value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;

  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_state (MullionWindowState *self,
            JsonObject         *object)
{
  self->has_position = read_integer (object, "x", -SIZE_LIMIT, &self->x)
                       && read_integer (object, "y", -SIZE_LIMIT, &self->y);
  return read_integer (object, "width", 1, &self->width)
         && read_integer (object, "height", 1, &self->height)
         && read_boolean (object, "maximized", &self->is_maximized)
         && read_boolean (object, "fullscreen", &self->is_full_screen);
}

static char *
read_file (const char  *path,
           gsize       *length,
           GError     **error)
{
  g_autofree char *text = NULL;
  GStatBuf status;

  if (g_stat (path, &status) == 0 && (!S_ISREG (status.st_mode) || status.st_size > FILE_LIMIT))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "%s holds no state of a window", path);
      return NULL;
    }
  return g_file_get_contents (path, &text, length, error) ? g_steal_pointer (&text) : NULL;
}

/* Fails with %G_FILE_ERROR_NOENT where nothing was saved. */
gboolean
mullion_window_state_load (MullionWindowState  *self,
                           const char          *path,
                           GError             **error)
{
  MullionWindowState state = { 0 };
  gsize length = 0;
  g_autofree char *text = read_file (path, &length, error);
  g_autoptr(JsonNode) node = NULL;

  if (text == NULL)
    return FALSE;

  node = mullion_json_read (text, length, 2, error);
  if (node == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node) || !read_state (&state, json_node_get_object (node)))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "%s holds no state of a window", path);
      return FALSE;
    }

  *self = state;
  return TRUE;
}

static JsonNode *
write_state (const MullionWindowState *self)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  if (self->has_position)
    {
      json_object_set_int_member (object, "x", self->x);
      json_object_set_int_member (object, "y", self->y);
    }
  json_object_set_int_member (object, "width", self->width);
  json_object_set_int_member (object, "height", self->height);
  json_object_set_boolean_member (object, "maximized", self->is_maximized);
  json_object_set_boolean_member (object, "fullscreen", self->is_full_screen);
  json_node_take_object (node, object);
  return node;
}

/* Whoever reads the file at the same time, or after a crash in here, finds the old state or the
 * new one and never a part. */
gboolean
mullion_window_state_save (const MullionWindowState  *self,
                           const char                *path,
                           GError                   **error)
{
  g_autoptr(JsonNode) node = write_state (self);
  g_autofree char *text = json_to_string (node, TRUE);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "There can be no folder %s", folder);
      return FALSE;
    }
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

gboolean
mullion_window_state_equal (const MullionWindowState *self,
                            const MullionWindowState *other)
{
  return self->has_position == other->has_position
         && (!self->has_position || (self->x == other->x && self->y == other->y))
         && self->width == other->width
         && self->height == other->height
         && self->is_maximized == other->is_maximized
         && self->is_full_screen == other->is_full_screen;
}

static const GdkRectangle *
find_monitor (const MullionWindowState *self,
              const GdkRectangle       *monitors,
              guint                     n_monitors)
{
  GdkRectangle window = { self->x, self->y, self->width, self->height };
  const GdkRectangle *best = NULL;
  int best_area = 0;

  for (guint i = 0; self->has_position && i < n_monitors; i++)
    {
      GdkRectangle common;

      if (gdk_rectangle_intersect (&window, &monitors[i], &common)
          && common.width * common.height > best_area)
        {
          best = &monitors[i];
          best_area = common.width * common.height;
        }
    }
  return best != NULL ? best : &monitors[0];
}

void
mullion_window_state_fit (MullionWindowState *self,
                          const GdkRectangle *monitors,
                          guint               n_monitors)
{
  const GdkRectangle *monitor;

  if (n_monitors == 0)
    return;

  monitor = find_monitor (self, monitors, n_monitors);
  self->width = MIN (self->width, monitor->width);
  self->height = MIN (self->height, monitor->height);

  /* What hangs over an edge is as the user left it, while the top, which one moves a window by, can
   * be reached. */
  self->x = CLAMP (self->x, monitor->x - self->width + MIN (GRIP, self->width),
                   monitor->x + monitor->width - MIN (GRIP, self->width));
  self->y = CLAMP (self->y, monitor->y, monitor->y + monitor->height - MIN (GRIP, self->height));
}

char *
mullion_window_state_dup_path (const char *application_id,
                               const char *name)
{
  const char *own = application_id != NULL ? application_id : g_get_prgname ();
  g_autofree char *escaped = g_uri_escape_string (name, " ", FALSE);
  g_autofree char *file = g_strconcat (escaped, ".json", NULL);

  return g_build_filename (g_get_user_state_dir (), own != NULL ? own : "mullion", "windows", file,
                           NULL);
}
