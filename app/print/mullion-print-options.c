/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-print-options.h"

#include "mullion-error.h"
#include "mullion-options.h"
#include "mullion-print-ranges.h"

/*
 * Electron's options of printing, checked and turned into GTK's. Main process.
 *
 * An app may hand on what a page wrote. What Electron has and WebKitGTK cannot do is refused, and
 * not passed over: a document without its footer is another document.
 */

#define MM_PER_INCH 25.4
#define DEFAULT_MARGIN_MM 10.0
#define MIN_SIZE_MM 0.353
#define MAX_SIZE_MM 10000.0
#define MIN_SCALE 0.1
#define MAX_SCALE 2.0
#define MAX_TEXT 10000

static const struct
{
  const char *name;
  double width; /* in millimetres */
  double height;
} sizes[] = {
  { "A0", 841, 1189 },
  { "A1", 594, 841 },
  { "A2", 420, 594 },
  { "A3", 297, 420 },
  { "A4", 210, 297 },
  { "A5", 148, 210 },
  { "A6", 105, 148 },
  { "Legal", 8.5 * MM_PER_INCH, 14 * MM_PER_INCH },
  { "Letter", 8.5 * MM_PER_INCH, 11 * MM_PER_INCH },
  { "Tabloid", 11 * MM_PER_INCH, 17 * MM_PER_INCH },
  { "Ledger", 17 * MM_PER_INCH, 11 * MM_PER_INCH },
};

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
read_named_size (const char  *name,
                 double      *width,
                 double      *height,
                 GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (g_ascii_strcasecmp (sizes[i].name, name) == 0)
      {
        *width = sizes[i].width;
        *height = sizes[i].height;
        return TRUE;
      }

  return fail (error, "pageSize: expected A0, A1, A2, A3, A4, A5, A6, Legal, Letter, Tabloid, "
                      "Ledger or an object with width and height");
}

static gboolean
read_size (JsonObject  *options,
           double      *width,
           double      *height,
           GError     **error)
{
  JsonNode *node = get_member (options, "pageSize");
  const char *name = "Letter";
  JsonObject *size;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return mullion_options_get_string (options, "pageSize", MAX_TEXT, &name, error) &&
           read_named_size (name, width, height, error);

  size = json_node_get_object (node);
  *width = *height = 0;
  if (!mullion_options_get_double (size, "width", width, error) ||
      !mullion_options_get_double (size, "height", height, error))
    return FALSE;
  *width *= MM_PER_INCH;
  *height *= MM_PER_INCH;
  if (!(*width >= MIN_SIZE_MM && *width <= MAX_SIZE_MM) ||
      !(*height >= MIN_SIZE_MM && *height <= MAX_SIZE_MM))
    return fail (error, "pageSize: expected a width and a height in inches, from 0.0139 to 393");
  return TRUE;
}

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
  if (left + right >= gtk_page_setup_get_paper_width (setup, GTK_UNIT_MM) ||
      top + bottom >= gtk_page_setup_get_paper_height (setup, GTK_UNIT_MM))
    return fail (error, "margins: they leave nothing of the page");

  gtk_page_setup_set_top_margin (setup, top, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, bottom, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, left, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, right, GTK_UNIT_MM);
  return TRUE;
}

static gboolean
read_paper (JsonObject    *options,
            GtkPageSetup  *setup,
            GError       **error)
{
  gboolean is_landscape = FALSE;
  GtkPaperSize *paper;
  double width, height;

  if (!read_size (options, &width, &height, error) ||
      !mullion_options_get_boolean (options, "landscape", &is_landscape, error))
    return FALSE;

  paper = gtk_paper_size_new_custom ("mullion", "mullion", width, height, GTK_UNIT_MM);
  gtk_page_setup_set_paper_size (setup, paper);
  gtk_paper_size_free (paper);
  gtk_page_setup_set_orientation (setup, is_landscape ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                      : GTK_PAGE_ORIENTATION_PORTRAIT);
  return TRUE;
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

static MullionPrintOptions *
new_options (void)
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
  g_autoptr(MullionPrintOptions) self = new_options ();
  const char *ranges = "";

  if (!refuse_what_webkit_cannot (options, error) ||
      !read_paper (options, self->page_setup, error) ||
      !read_margins (options, self->page_setup, error) ||
      !read_scale (options, &self->scale, error) ||
      !mullion_options_get_boolean (options, "printBackground", &self->has_backgrounds, error) ||
      !mullion_options_get_string (options, "pageRanges", MAX_TEXT, &ranges, error) ||
      !mullion_print_ranges_apply (ranges, self->settings, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
mullion_print_options_free (MullionPrintOptions *self)
{
  g_object_unref (self->page_setup);
  g_object_unref (self->settings);
  g_free (self);
}
