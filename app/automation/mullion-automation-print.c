/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-ask.h"

#include "mullion-browser-window.h"
#include "mullion-error.h"
#include "mullion-json-access.h"
#include "mullion-web-contents.h"

/*
 * WebDriver's "Print Page": https://www.w3.org/TR/webdriver2/#print
 *
 * Main process. What a test asks for is said in Electron's words, and checked where those are.
 * WebDriver measures in centimetres, and Electron in inches.
 */

#define CM_PER_INCH 2.54

/* WebDriver's own defaults, in centimetres. */
#define DEFAULT_WIDTH 21.59
#define DEFAULT_HEIGHT 27.94

static void
fail (GTask      *task,
      const char *message)
{
  g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, "%s", message);
  g_object_unref (task);
}

static void
copy_member (JsonObject *from,
             const char *name,
             JsonObject *to,
             const char *other_name)
{
  if (json_object_has_member (from, name))
    json_object_set_member (to, other_name, json_object_dup_member (from, name));
}

/* What is no number is refused by name, later. */
static void
convert_length (JsonObject *from,
                const char *name,
                JsonObject *to)
{
  JsonNode *node = json_object_get_member (from, name);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type == G_TYPE_DOUBLE || type == G_TYPE_INT64)
    json_object_set_double_member (to, name, json_node_get_double (node) / CM_PER_INCH);
  else
    copy_member (from, name, to, name);
}

static gboolean
convert_page (JsonObject *args,
              JsonObject *options)
{
  JsonNode *node = json_object_get_member (args, "page");
  JsonObject *size;

  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  size = json_object_new ();
  json_object_set_double_member (size, "width", DEFAULT_WIDTH / CM_PER_INCH);
  json_object_set_double_member (size, "height", DEFAULT_HEIGHT / CM_PER_INCH);
  if (node != NULL)
    {
      convert_length (json_node_get_object (node), "width", size);
      convert_length (json_node_get_object (node), "height", size);
    }
  json_object_set_object_member (options, "pageSize", size);
  return TRUE;
}

static gboolean
convert_margin (JsonObject *args,
                JsonObject *options)
{
  static const char *const sides[] = { "top", "bottom", "left", "right" };
  JsonNode *node = json_object_get_member (args, "margin");
  JsonObject *margins;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  margins = json_object_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    convert_length (json_node_get_object (node), sides[i], margins);
  json_object_set_object_member (options, "margins", margins);
  return TRUE;
}

static gboolean
convert_ranges (JsonObject *args,
                JsonObject *options)
{
  JsonNode *node = json_object_get_member (args, "pageRanges");
  g_autoptr(GString) text = g_string_new (NULL);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      const char *range = mullion_json_string_at (json_node_get_array (node), i);
      gint64 page = 0;

      if (range != NULL)
        g_string_append_printf (text, "%s%s", i > 0 ? "," : "", range);
      else if (mullion_json_int_at (json_node_get_array (node), i, &page))
        g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", page);
      else
        return FALSE;
    }

  json_object_set_string_member (options, "pageRanges", text->str);
  return TRUE;
}

static gboolean
convert_orientation (JsonObject *args,
                     JsonObject *options)
{
  const char *name = mullion_json_get_string (args, "orientation");
  gboolean is_landscape = g_strcmp0 (name, "landscape") == 0;

  if (json_object_has_member (args, "orientation") && !is_landscape &&
      g_strcmp0 (name, "portrait") != 0)
    return FALSE;

  json_object_set_boolean_member (options, "landscape", is_landscape);
  return TRUE;
}

/* WebKit shrinks what is too wide, always. */
static gboolean
is_boolean_or_missing (JsonObject *args,
                       const char *name)
{
  JsonNode *node = json_object_get_member (args, name);

  return node == NULL || json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

static void
printed_cb (GObject      *contents,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr(GBytes) file =
    mullion_web_contents_print_to_pdf_finish (MULLION_WEB_CONTENTS (contents), result, &error);
  g_autofree char *text = NULL;

  if (file == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  text = g_base64_encode (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  mullion_automation_answer (task, json_node_init_string (json_node_alloc (), text));
}

void
mullion_automation_print (MullionBrowserWindow *window,
                          JsonObject           *args,
                          GTask                *task)
{
  MullionWebContents *contents = mullion_browser_window_get_web_contents (window);
  g_autoptr(JsonObject) options = json_object_new ();

  if (!convert_orientation (args, options))
    fail (task, "orientation must be \"portrait\" or \"landscape\"");
  else if (!convert_page (args, options))
    fail (task, "page must be an object with width and height");
  else if (!convert_margin (args, options))
    fail (task, "margin must be an object with top, bottom, left and right");
  else if (!convert_ranges (args, options))
    fail (task, "pageRanges must be a list of numbers and of texts such as \"1-3\"");
  else if (!is_boolean_or_missing (args, "shrinkToFit"))
    fail (task, "shrinkToFit must be true or false");
  else
    {
      copy_member (args, "background", options, "printBackground");
      copy_member (args, "scale", options, "scale");
      mullion_web_contents_print_to_pdf_async (contents, options, NULL, printed_cb, task);
    }
}
