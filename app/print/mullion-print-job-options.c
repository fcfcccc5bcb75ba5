/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-print-options.h"

#include "mullion-error.h"
#include "mullion-options.h"
#include "mullion-print-paper.h"

/*
 * The options of Electron's `contents.print`, checked and turned into GTK's. Main process.
 *
 * They differ from those of a PDF file in their units: lengths of paper are microns, margins pixels,
 * and pages count from 0. What is not said is left to the printer, and to the dialog.
 */

#define MM_PER_MICRON 0.001
#define MM_PER_PIXEL (25.4 / 96)
#define MAX_TEXT 1000
#define MAX_RANGES 1000
#define MAX_COPIES 10000
#define MAX_PAGES_PER_SHEET 16
#define MAX_DPI 10000

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, message);
  return FALSE;
}

static JsonObject *
get_object (JsonObject *options,
            const char *name)
{
  JsonNode *node = options != NULL ? json_object_get_member (options, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
refuse_texts (JsonObject  *options,
              GError     **error)
{
  static const char *const names[] = { "header", "footer" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = "";

      if (!mullion_options_get_string (options, names[i], G_MAXSIZE, &text, error))
        return FALSE;
      if (*text != '\0')
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_SUPPORTED,
                       "%s: WebKitGTK cannot do this", names[i]);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_margin (JsonObject  *margins,
             const char  *name,
             double      *margin,
             GError     **error)
{
  double pixels = 0;

  if (!mullion_options_get_double (margins, name, &pixels, error))
    return FALSE;
  if (!(pixels >= 0))
    return fail (error, "margins: expected pixels, not below 0");
  *margin = pixels * MM_PER_PIXEL;
  return TRUE;
}

static gboolean
read_margins (JsonObject    *options,
              GtkPageSetup  *setup,
              GError       **error)
{
  JsonObject *margins = get_object (options, "margins");
  const char *type = "default";
  double top, bottom, left, right;

  if (!mullion_options_get_string (margins, "marginType", MAX_TEXT, &type, error))
    return FALSE;
  if (g_str_equal (type, "default") || g_str_equal (type, "printableArea"))
    return TRUE;
  if (!g_str_equal (type, "none") && !g_str_equal (type, "custom"))
    return fail (error, "marginType: expected default, none, printableArea or custom");
  if (*type == 'n')
    margins = NULL;

  return read_margin (margins, "top", &top, error) &&
         read_margin (margins, "bottom", &bottom, error) &&
         read_margin (margins, "left", &left, error) &&
         read_margin (margins, "right", &right, error) &&
         mullion_print_paper_set_margins (setup, top, bottom, left, right, error);
}

static gboolean
read_range (JsonNode      *node,
            GtkPageRange  *range,
            GError       **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  range->start = range->end = -1;
  if (!mullion_options_get_int (object, "from", &range->start, error) ||
      !mullion_options_get_int (object, "to", &range->end, error))
    return FALSE;
  return (range->start >= 0 && range->start <= range->end) ||
         fail (error, "pageRanges: expected objects with from and to, counted from 0");
}

static gboolean
read_ranges (JsonObject        *options,
             GtkPrintSettings  *settings,
             GError           **error)
{
  g_autofree GtkPageRange *ranges = NULL;
  JsonArray *array = NULL;
  guint n;

  if (!mullion_options_get_array (options, "pageRanges", MAX_RANGES, &array, error))
    return FALSE;
  n = array != NULL ? json_array_get_length (array) : 0;
  if (n == 0)
    return TRUE;

  ranges = g_new0 (GtkPageRange, n);
  for (guint i = 0; i < n; i++)
    if (!read_range (json_array_get_element (array, i), &ranges[i], error))
      return FALSE;
  gtk_print_settings_set_print_pages (settings, GTK_PRINT_PAGES_RANGES);
  gtk_print_settings_set_page_ranges (settings, ranges, (int) n);
  return TRUE;
}

static gboolean
read_int (JsonObject  *options,
          const char  *name,
          int          highest,
          int         *value,
          GError     **error)
{
  if (!mullion_options_get_int (options, name, value, error))
    return FALSE;
  if (*value >= 1 && *value <= highest)
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "%s: expected a number from 1 to %d", name, highest);
  return FALSE;
}

static gboolean
read_duplex (JsonObject        *options,
             GtkPrintSettings  *settings,
             GError           **error)
{
  static const struct { const char *name; GtkPrintDuplex duplex; } modes[] = {
    { "simplex", GTK_PRINT_DUPLEX_SIMPLEX },
    { "shortEdge", GTK_PRINT_DUPLEX_VERTICAL },
    { "longEdge", GTK_PRINT_DUPLEX_HORIZONTAL },
  };
  const char *mode = NULL;

  if (!mullion_options_get_string (options, "duplexMode", MAX_TEXT, &mode, error))
    return FALSE;
  for (gsize i = 0; mode != NULL && i < G_N_ELEMENTS (modes); i++)
    if (g_str_equal (modes[i].name, mode))
      {
        gtk_print_settings_set_duplex (settings, modes[i].duplex);
        return TRUE;
      }
  return mode == NULL || fail (error, "duplexMode: expected simplex, shortEdge or longEdge");
}

static gboolean
read_settings (JsonObject        *options,
               GtkPrintSettings  *settings,
               GError           **error)
{
  gboolean has_colour = TRUE;
  gboolean collates = TRUE;
  int copies = 1;
  int per_sheet = 1;
  int dpi_x = 300;
  int dpi_y = 300;
  JsonObject *dpi = get_object (options, "dpi");

  if (!mullion_options_get_boolean (options, "color", &has_colour, error) ||
      !mullion_options_get_boolean (options, "collate", &collates, error) ||
      !read_int (options, "copies", MAX_COPIES, &copies, error) ||
      !read_int (options, "pagesPerSheet", MAX_PAGES_PER_SHEET, &per_sheet, error) ||
      !read_int (dpi, "horizontal", MAX_DPI, &dpi_x, error) ||
      !read_int (dpi, "vertical", MAX_DPI, &dpi_y, error) ||
      !read_duplex (options, settings, error) ||
      !read_ranges (options, settings, error))
    return FALSE;

  gtk_print_settings_set_use_color (settings, has_colour);
  gtk_print_settings_set_collate (settings, collates);
  gtk_print_settings_set_n_copies (settings, copies);
  gtk_print_settings_set_number_up (settings, per_sheet);
  if (dpi != NULL)
    gtk_print_settings_set_resolution_xy (settings, dpi_x, dpi_y);
  return TRUE;
}

static gboolean
read_scale (JsonObject  *options,
            double      *scale,
            GError     **error)
{
  double percent = 100;

  if (!mullion_options_get_double (options, "scaleFactor", &percent, error))
    return FALSE;
  if (!(percent >= 10 && percent <= 200))
    return fail (error, "scaleFactor: expected a number from 10 to 200");
  *scale = percent / 100;
  return TRUE;
}

MullionPrintOptions *
mullion_print_options_read_job (JsonObject  *options,
                                GError     **error)
{
  g_autoptr(MullionPrintOptions) self = mullion_print_options_new ();
  const char *printer = "";

  if (!refuse_texts (options, error) ||
      !mullion_options_get_boolean (options, "silent", &self->is_silent, error) ||
      !mullion_options_get_string (options, "deviceName", MAX_TEXT, &printer, error) ||
      !mullion_options_get_boolean (options, "printBackground", &self->has_backgrounds, error) ||
      !read_scale (options, &self->scale, error) ||
      !mullion_print_paper_read (options, MM_PER_MICRON, NULL, self->page_setup, error) ||
      !read_margins (options, self->page_setup, error) ||
      !read_settings (options, self->settings, error))
    return NULL;

  if (*printer != '\0')
    self->printer = g_strdup (printer);
  return g_steal_pointer (&self);
}
