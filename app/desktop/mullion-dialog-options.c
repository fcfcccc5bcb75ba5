/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-dialog-options.h"

#include "mullion-error.h"
#include "mullion-options.h"

/*
 * Electron's dialog options, which may come from a page, checked and turned into requests. Main
 * process.
 *
 * Members that Electron has and Mullion has not are passed over, as a page cannot see the
 * difference; a member that is understood but ill-typed is an error. Every text and list has a
 * limit, or a page could make a dialog that takes the desktop down with it.
 */

#define MAX_TITLE 1024
#define MAX_MESSAGE 65536
#define MAX_PATH 4000
#define MAX_FILTERS 64
#define MAX_EXTENSIONS 256
#define MAX_EXTENSION 64
#define MAX_BUTTONS 16
#define MAX_LABEL 256

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, message);
  return FALSE;
}

/* "*" stands for every file, as in Electron. An extension with a dot in front is a common slip. */
static gboolean
add_extension (GtkFileFilter  *filter,
               const char     *extension,
               GError        **error)
{
  if (g_str_equal (extension, "*"))
    gtk_file_filter_add_pattern (filter, "*");
  else if (*extension == '\0' || *extension == '.' || strpbrk (extension, "*?[]/\\") != NULL)
    return fail (error, "extensions: expected \"*\" or endings such as \"txt\", without a dot in "
                        "front or wildcards");
  else
    gtk_file_filter_add_suffix (filter, extension);
  return TRUE;
}

static gboolean
read_filter (JsonNode                   *node,
             MullionFileChooserRequest  *request,
             GError                    **error)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_auto (GStrv) extensions = NULL;
  const char *name = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, "filters: expected objects with name and extensions");
  object = json_node_get_object (node);
  if (!mullion_options_get_string (object, "name", MAX_LABEL, &name, error) ||
      !mullion_options_get_strings (object, "extensions", MAX_EXTENSIONS, MAX_EXTENSION,
                                    &extensions, error))
    return FALSE;
  if (name == NULL || extensions == NULL || extensions[0] == NULL)
    return fail (error, "filters: expected objects with name and extensions");

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; extensions[i] != NULL; i++)
    if (!add_extension (filter, extensions[i], error))
      return FALSE;
  g_list_store_append (request->filters, filter);
  return TRUE;
}

static gboolean
read_filters (JsonObject                 *options,
              MullionFileChooserRequest  *request,
              GError                    **error)
{
  JsonArray *filters = NULL;

  if (!mullion_options_get_array (options, "filters", MAX_FILTERS, &filters, error))
    return FALSE;
  for (guint i = 0; filters != NULL && i < json_array_get_length (filters); i++)
    if (!read_filter (json_array_get_element (filters, i), request, error))
      return FALSE;
  return TRUE;
}

/* An absolute path is a folder to start in, and to save also a name; a bare name is a name. To show
 * a place to the user grants nothing: only the answer does. */
static void
apply_default_path (MullionFileChooserRequest *request,
                    const char                *path)
{
  g_autofree char *name = NULL;

  if (path == NULL || *path == '\0')
    return;
  if (g_path_is_absolute (path) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      request->folder = g_strdup (path);
      return;
    }
  if (g_path_is_absolute (path))
    request->folder = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  if (request->mode == MULLION_FILE_CHOOSER_SAVE && strpbrk (name, "/") == NULL)
    request->name = g_steal_pointer (&name);
}

static gboolean
read_common (JsonObject                 *options,
             MullionFileChooserRequest  *request,
             GError                    **error)
{
  const char *title = NULL;
  const char *path = NULL;
  const char *label = NULL;

  if (!mullion_options_get_string (options, "title", MAX_TITLE, &title, error) ||
      !mullion_options_get_string (options, "buttonLabel", MAX_LABEL, &label, error) ||
      !mullion_options_get_string (options, "defaultPath", MAX_PATH, &path, error) ||
      !read_filters (options, request, error))
    return FALSE;
  request->title = g_strdup (title);
  request->label = label != NULL && *label != '\0' ? mullion_message_box_escape (label) : NULL;
  apply_default_path (request, path);
  return TRUE;
}

/* Electron's properties that say nothing on this desktop: GTK's dialogs have a menu and a button
 * for these, or other systems have them. */
static const char *const other_properties[] = {
  "openFile", "showHiddenFiles", "createDirectory", "promptToCreate", "noResolveAliases",
  "treatPackageAsDirectory", "dontAddToRecent", "showOverwriteConfirmation", NULL,
};

static gboolean
read_properties (JsonObject                 *options,
                 MullionFileChooserRequest  *request,
                 GError                    **error)
{
  g_auto (GStrv) properties = NULL;

  if (!mullion_options_get_strings (options, "properties", MAX_FILTERS, MAX_LABEL, &properties,
                                    error))
    return FALSE;
  for (guint i = 0; properties != NULL && properties[i] != NULL; i++)
    {
      if (g_str_equal (properties[i], "openDirectory"))
        request->mode = MULLION_FILE_CHOOSER_OPEN_FOLDER;
      else if (g_str_equal (properties[i], "multiSelections"))
        request->is_multiple = TRUE;
      else if (!g_strv_contains (other_properties, properties[i]))
        return fail (error, "properties: expected some of openFile, openDirectory, "
                            "multiSelections");
    }
  return TRUE;
}

MullionFileChooserRequest *
mullion_dialog_options_read_open (JsonObject  *options,
                                  GError     **error)
{
  g_autoptr (MullionFileChooserRequest) request = NULL;

  request = mullion_file_chooser_request_new (MULLION_FILE_CHOOSER_OPEN_FILE);
  if (!read_properties (options, request, error) || !read_common (options, request, error))
    return NULL;
  return g_steal_pointer (&request);
}

MullionFileChooserRequest *
mullion_dialog_options_read_save (JsonObject  *options,
                                  GError     **error)
{
  g_autoptr (MullionFileChooserRequest) request = NULL;

  request = mullion_file_chooser_request_new (MULLION_FILE_CHOOSER_SAVE);
  if (!read_common (options, request, error))
    return NULL;
  return g_steal_pointer (&request);
}

static const struct
{
  const char *name;
  GtkMessageType type;
} message_types[] = {
  { "none", GTK_MESSAGE_OTHER },       { "info", GTK_MESSAGE_INFO },
  { "error", GTK_MESSAGE_ERROR },      { "question", GTK_MESSAGE_QUESTION },
  { "warning", GTK_MESSAGE_WARNING },
};

static gboolean
read_type (JsonObject      *options,
           GtkMessageType  *type,
           GError         **error)
{
  const char *name = "none";

  if (!mullion_options_get_string (options, "type", MAX_LABEL, &name, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (message_types); i++)
    if (g_str_equal (message_types[i].name, name))
      {
        *type = message_types[i].type;
        return TRUE;
      }
  return fail (error, "type: expected none, info, error, question or warning");
}

/* Electron's rule for a box without cancelId: the first "cancel" or "no", else the first button. */
static int
find_cancel_button (GStrv buttons)
{
  for (int i = 0; buttons[i] != NULL; i++)
    if (g_ascii_strcasecmp (buttons[i], "cancel") == 0 || g_ascii_strcasecmp (buttons[i], "no") == 0)
      return i;
  return 0;
}

static gboolean
read_buttons (JsonObject                *options,
              MullionMessageBoxRequest  *request,
              GStrv                     *buttons,
              GError                   **error)
{
  int n_buttons;

  if (!mullion_options_get_strings (options, "buttons", MAX_BUTTONS, MAX_LABEL, buttons, error))
    return FALSE;
  if (*buttons == NULL || (*buttons)[0] == NULL)
    {
      g_strfreev (*buttons);
      *buttons = g_strdupv ((char *[]) { (char *) "OK", NULL });
    }
  n_buttons = g_strv_length (*buttons);
  request->buttons = (const char *const *) *buttons;
  request->default_id = -1;
  request->cancel_id = find_cancel_button (*buttons);
  if (!mullion_options_get_int (options, "defaultId", &request->default_id, error) ||
      !mullion_options_get_int (options, "cancelId", &request->cancel_id, error))
    return FALSE;
  if (request->default_id < -1 || request->default_id >= n_buttons)
    return fail (error, "defaultId: expected the index of a button");
  if (request->cancel_id < 0 || request->cancel_id >= n_buttons)
    return fail (error, "cancelId: expected the index of a button");
  return TRUE;
}

gboolean
mullion_dialog_options_read_message (JsonObject                *options,
                                     MullionMessageBoxRequest  *request,
                                     GStrv                     *buttons,
                                     GError                   **error)
{
  if (!read_type (options, &request->type, error) ||
      !mullion_options_get_string (options, "title", MAX_TITLE, &request->title, error) ||
      !mullion_options_get_string (options, "message", MAX_MESSAGE, &request->message, error) ||
      !mullion_options_get_string (options, "detail", MAX_MESSAGE, &request->detail, error) ||
      !mullion_options_get_string (options, "icon", MAX_PATH, &request->icon, error) ||
      !mullion_options_get_string (options, "checkboxLabel", MAX_LABEL, &request->checkbox,
                                   error) ||
      !mullion_options_get_boolean (options, "checkboxChecked", &request->is_checked, error))
    return FALSE;
  if (request->message == NULL)
    return fail (error, "message: expected a string");
  return read_buttons (options, request, buttons, error);
}
