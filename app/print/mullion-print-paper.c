/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-print-paper.h"

#include "mullion-error.h"
#include "mullion-options.h"

/*
 * The paper of what is printed, and its margins. Main process.
 */

#define MM_PER_INCH 25.4
#define MIN_SIZE_MM 0.353
#define MAX_SIZE_MM 10000.0
#define MAX_TEXT 100

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
read_own_size (JsonObject  *size,
               double       unit,
               double      *width,
               double      *height,
               GError     **error)
{
  *width = *height = 0;
  if (!mullion_options_get_double (size, "width", width, error) ||
      !mullion_options_get_double (size, "height", height, error))
    return FALSE;

  *width *= unit;
  *height *= unit;
  return (*width >= MIN_SIZE_MM && *width <= MAX_SIZE_MM &&
          *height >= MIN_SIZE_MM && *height <= MAX_SIZE_MM) ||
         fail (error, "pageSize: expected a width and a height from 0.353 to 10000 millimetres");
}

static gboolean
read_size (JsonObject    *options,
           double         unit,
           const char    *fallback,
           GtkPageSetup  *setup,
           GError       **error)
{
  JsonNode *node = options != NULL ? json_object_get_member (options, "pageSize") : NULL;
  gboolean is_object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) &&
                       mullion_value_get_kind (node) != MULLION_VALUE_UNDEFINED;
  const char *name = fallback;
  GtkPaperSize *paper;
  double width, height;

  if (!is_object && !mullion_options_get_string (options, "pageSize", MAX_TEXT, &name, error))
    return FALSE;
  if (!is_object && name == NULL)
    return TRUE;
  if (is_object ? !read_own_size (json_node_get_object (node), unit, &width, &height, error)
                : !read_named_size (name, &width, &height, error))
    return FALSE;

  paper = gtk_paper_size_new_custom ("mullion", "mullion", width, height, GTK_UNIT_MM);
  gtk_page_setup_set_paper_size (setup, paper);
  gtk_paper_size_free (paper);
  return TRUE;
}

gboolean
mullion_print_paper_read (JsonObject    *options,
                          double         unit,
                          const char    *fallback,
                          GtkPageSetup  *setup,
                          GError       **error)
{
  gboolean is_landscape = FALSE;

  if (!read_size (options, unit, fallback, setup, error) ||
      !mullion_options_get_boolean (options, "landscape", &is_landscape, error))
    return FALSE;

  gtk_page_setup_set_orientation (setup, is_landscape ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                      : GTK_PAGE_ORIENTATION_PORTRAIT);
  return TRUE;
}

gboolean
mullion_print_paper_set_margins (GtkPageSetup  *setup,
                                 double         top,
                                 double         bottom,
                                 double         left,
                                 double         right,
                                 GError       **error)
{
  if (left + right >= gtk_page_setup_get_paper_width (setup, GTK_UNIT_MM) ||
      top + bottom >= gtk_page_setup_get_paper_height (setup, GTK_UNIT_MM))
    return fail (error, "margins: they leave nothing of the page");

  gtk_page_setup_set_top_margin (setup, top, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, bottom, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, left, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, right, GTK_UNIT_MM);
  return TRUE;
}
