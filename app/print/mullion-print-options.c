/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-print-options.h"

#include "mullion-error.h"
#include "mullion-options.h"
#include "mullion-print-paper.h"
#include "mullion-print-ranges.h"

/*
 * The options of Electron's `printToPDF`, checked and turned into GTK's. Main process.
 *
 * An app may hand on what a page wrote. What Electron has and WebKitGTK cannot do is refused, and
 * not passed over: a document without its footer is another document.
 */

#define MM_PER_INCH 25.4
#define DEFAULT_MARGIN_MM 10.0
#define MIN_SCALE 0.1
#define MAX_SCALE 2.0
#define MAX_TEXT 10000

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, message);
  return FALSE;
}

static JsonNode *
get_member (JsonObject *options,
            const char *name)
{
  JsonNode *node = options != NULL ? json_object_get_member (options, name) : NULL;

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ||
         mullion_value_get_kind (node) == MULLION_VALUE_UNDEFINED ? NULL : node;
}

/* -- The paper -- */

static gboolean
read_margin (JsonObject  *margins,
             const char  *name,
             double      *margin,
             GError     **error)
{
  double inches = DEFAULT_MARGIN_MM / MM_PER_INCH;

  if (!mullion_options_get_double (margins, name, &inches, error))
    return FALSE;
  if (!(inches >= 0))
    return fail (error, "margins: expected inches, not below 0");
  *margin = inches * MM_PER_INCH;
  return TRUE;
}

static gboolean
read_margins (JsonObject    *options,
              GtkPageSetup  *setup,
              GError       **error)
{
  JsonNode *node = get_member (options, "margins");
  JsonObject *margins = NULL;
  double top, bottom, left, right;

  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, "margins: expected an object with top, bottom, left and right");
  if (node != NULL)
    margins = json_node_get_object (node);
  if (!read_margin (margins, "top", &top, error) ||
      !read_margin (margins, "bottom", &bottom, error) ||
      !read_margin (margins, "left", &left, error) ||
      !read_margin (margins, "right", &right, error))
    return FALSE;

  return mullion_print_paper_set_margins (setup, top, bottom, left, right, error);
}

/* -- What is on it -- */

static gboolean
read_scale (JsonObject  *options,
            double      *scale,
            GError     **error)
{
  *scale = 1.0;
  if (!mullion_options_get_double (options, "scale", scale, error))
    return FALSE;
  if (!(*scale >= MIN_SCALE && *scale <= MAX_SCALE))
    return fail (error, "scale: expected a number from 0.1 to 2");
  return TRUE;
}

/* Each is off in Electron, too, unless it is asked for. */
static gboolean
refuse_what_webkit_cannot (JsonObject  *options,
                           GError     **error)
{
  static const char *const names[] = {
    "displayHeaderFooter", "preferCSSPageSize", "generateTaggedPDF", "generateDocumentOutline",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gboolean is_wanted = FALSE;

      if (!mullion_options_get_boolean (options, names[i], &is_wanted, error))
        return FALSE;
      if (is_wanted)
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_SUPPORTED,
                       "%s: WebKitGTK cannot do this", names[i]);
          return FALSE;
        }
    }

  return TRUE;
}

MullionPrintOptions *
mullion_print_options_new (void)
{
  MullionPrintOptions *self = g_new0 (MullionPrintOptions, 1);

  self->page_setup = gtk_page_setup_new ();
  self->settings = gtk_print_settings_new ();

  return self;
}

MullionPrintOptions *
mullion_print_options_read_pdf (JsonObject  *options,
                                GError     **error)
{
  g_autoptr(MullionPrintOptions) self = mullion_print_options_new ();
  const char *ranges = "";

  if (!refuse_what_webkit_cannot (options, error) ||
      !mullion_print_paper_read (options, MM_PER_INCH, "Letter", self->page_setup, error) ||
      !read_margins (options, self->page_setup, error) ||
      !read_scale (options, &self->scale, error) ||
      !mullion_options_get_boolean (options, "printBackground", &self->has_backgrounds, error) ||
      !mullion_options_get_string (options, "pageRanges", MAX_TEXT, &ranges, error) ||
      !mullion_print_ranges_apply (ranges, self->settings, error))
    return NULL;

  return g_steal_pointer (&self);
}

gboolean
mullion_print_options_aim_at (MullionPrintOptions  *self,
                              const char           *path,
                              GError              **error)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, error);

  if (uri == NULL)
    return FALSE;

  gtk_print_settings_set (self->settings, GTK_PRINT_SETTINGS_OUTPUT_URI, uri);
  gtk_print_settings_set (self->settings, GTK_PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf");
  return TRUE;
}

void
mullion_print_options_free (MullionPrintOptions *self)
{
  g_object_unref (self->page_setup);
  g_object_unref (self->settings);
  g_free (self->printer);
  g_free (self);
}
