/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-page-config.h"

#include "mullion-json-reader.h"
#include "mullion-json-writer.h"
#include "mullion-wire.h"

#include <gio/gio.h>

/*
 * MullionPageConfig: what the main process says about the documents of a page.
 *
 * Lives in the web process, which trusts the main process: a configuration that does not fit is a
 * mistake of ours and not an attack. Members that are missing mean "no".
 */

static const char *
get_string (JsonObject *object,
            const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static GStrv
get_strings (JsonObject *object,
             const char *name)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = json_object_has_member (object, name)
    ? json_object_get_array_member (object, name) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));

  return g_strv_builder_end (builder);
}

MullionPageConfig *
mullion_page_config_parse (const char  *text,
                           gsize        length,
                           GError     **error)
{
  g_autoptr(JsonNode) root = mullion_json_read (text, length, MULLION_WIRE_MAX_DEPTH, error);
  g_autoptr(MullionPageConfig) self = NULL;
  JsonObject *object;

  if (root == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "The configuration of a page is not a JSON object");
      return NULL;
    }

  object = json_node_get_object (root);
  self = g_new0 (MullionPageConfig, 1);
  self->preload_path = g_strdup (get_string (object, "preloadPath"));
  self->preload_source = g_strdup (get_string (object, "preloadSource"));
  self->origins = get_strings (object, "origins");
  self->sub_frame_origins = get_strings (object, "subFrameOrigins");
  self->runtime = mullion_json_to_string (json_object_get_member (object, "runtime"));

  return g_steal_pointer (&self);
}

void
mullion_page_config_free (MullionPageConfig *self)
{
  g_free (self->preload_path);
  g_free (self->preload_source);
  g_strfreev (self->origins);
  g_strfreev (self->sub_frame_origins);
  g_free (self->runtime);
  g_free (self);
}

gboolean
mullion_page_config_has_origin (const MullionPageConfig *self,
                                const char              *origin,
                                gboolean                 is_main_frame)
{
  GStrv origins = is_main_frame ? self->origins : self->sub_frame_origins;

  return g_strv_contains ((const char * const *) origins, origin);
}
