/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

#include "capabilities/mullion-capability.h"
#include "capabilities/mullion-text-path.h"

/*
 * The module `drag`: files that the user drags out of a page, to another program. Main process.
 *
 * A page cannot drag a file that it may not name: an absolute path is one that the user chose in a
 * dialog of this run, a relative one is a file that pages of this app wrote with `text-files`. That
 * it is the user who drags is seen by the library, which wants a button held down in the page.
 */

/* (transfer full) (nullable): where pages of this app write */
static char *
find_own_file (MullionDesktop  *self,
               const char      *path,
               GError         **error)
{
  MullionApp *app = mullion_capability_set_get_app (mullion_desktop_get_set (self));
  g_autofree char *data = NULL;
  g_autofree char *root = NULL;

  if (!mullion_text_path_check (path, error))
    return NULL;

  data = mullion_app_dup_path (app, "userData", error);
  if (data == NULL)
    return NULL;

  root = g_build_filename (data, "files", NULL);
  return mullion_text_path_resolve (root, path, error);
}

/* (transfer full) (nullable) */
static char *
find_file (MullionDesktop  *self,
           const char      *path,
           GError         **error)
{
  if (!g_path_is_absolute (path))
    return find_own_file (self, path, error);

  return mullion_desktop_check_file (self, path, error) ? g_strdup (path) : NULL;
}

/* (transfer full) (nullable) */
static GStrv
find_files (MullionDesktop  *self,
            JsonArray       *paths,
            GError         **error)
{
  g_autoptr(GStrvBuilder) files = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (paths); i++)
    {
      g_autofree char *file = find_file (self, json_array_get_string_element (paths, i), error);

      if (file == NULL)
        return NULL;
      g_strv_builder_add (files, file);
    }

  return g_strv_builder_end (files);
}

static void
start_drag_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  JsonObject *item = json_array_get_object_element (args, 0);
  const char *icon = json_object_get_string_member_with_default (item, "icon", NULL);
  MullionWebContents *contents = mullion_desktop_find_contents (event);
  g_auto(GStrv) files = NULL;
  GError *error = NULL;

  if (contents == NULL)
    return;
  if (icon == NULL || mullion_desktop_check_icon (icon, &error))
    files = find_files (user_data, json_object_get_array_member (item, "files"), &error);
  if (files != NULL)
    mullion_web_contents_start_drag (contents, (const char *const *) files, icon, &error);
  mullion_desktop_answer (event, error);
}

static const MullionDesktopMethod methods[] = {
  { "startDrag", start_drag_cb,
    "[{\"type\":\"object\",\"required\":[\"files\"],\"properties\":{"
    "\"files\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":256,"
    "\"items\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":4096}},"
    "\"icon\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":4096}}}]" },
  { NULL },
};

const MullionDesktopModule mullion_desktop_drag = {
  .name = "drag",
  .methods = methods,
};
