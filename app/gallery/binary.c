/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * Bytes: a picture from a canvas, filtered in C and sent back.
 *
 * The pixels travel beside the message. What the handler gets is memory that the page has sealed
 * and shared, not a copy of it; and what the page gets is an ImageData like the one that it sent.
 */

#define BYTES_A_PIXEL 4
#define LONGEST_SIDE 8192

typedef void (*Filter) (const guint8 *from,
                        guint8       *to,
                        guint         width,
                        guint         height);

static guint8
get_brightness (const guint8 *pixel)
{
  return (pixel[0] * 77 + pixel[1] * 150 + pixel[2] * 29) / 256;
}

static void
set_pixel (guint8 *pixel,
           guint8  red,
           guint8  green,
           guint8  blue)
{
  pixel[0] = red;
  pixel[1] = green;
  pixel[2] = blue;
  pixel[3] = 255;
}

static void
make_grey (const guint8 *from,
           guint8       *to,
           guint         width,
           guint         height)
{
  for (gsize at = 0; at < (gsize) width * height * BYTES_A_PIXEL; at += BYTES_A_PIXEL)
    {
      guint8 brightness = get_brightness (from + at);

      set_pixel (to + at, brightness, brightness, brightness);
    }
}

static void
make_negative (const guint8 *from,
               guint8       *to,
               guint         width,
               guint         height)
{
  for (gsize at = 0; at < (gsize) width * height * BYTES_A_PIXEL; at += BYTES_A_PIXEL)
    set_pixel (to + at, 255 - from[at], 255 - from[at + 1], 255 - from[at + 2]);
}

/* How much brighter or darker a pixel is than those to the right and below. */
static void
find_edges (const guint8 *from,
            guint8       *to,
            guint         width,
            guint         height)
{
  gsize stride = (gsize) width * BYTES_A_PIXEL;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        gsize at = y * stride + (gsize) x * BYTES_A_PIXEL;
        int here = get_brightness (from + at);
        int right = x + 1 < width ? get_brightness (from + at + BYTES_A_PIXEL) : here;
        int below = y + 1 < height ? get_brightness (from + at + stride) : here;
        guint8 edge = MIN (255, 6 * (ABS (here - right) + ABS (here - below)));

        set_pixel (to + at, edge, edge, edge);
      }
}

static const struct
{
  const char *name;
  Filter filter;
} filters[] = {
  { "grey", make_grey },
  { "negative", make_negative },
  { "edges", find_edges },
};

static Filter
find_filter (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    if (g_strcmp0 (filters[i].name, name) == 0)
      return filters[i].filter;

  return NULL;
}

/* Width and height are what the page says: only the size of the bytes is certain. The bound keeps
 * the product from wrapping around. */
static gboolean
is_picture (gsize size,
            guint width,
            guint height)
{
  return width <= LONGEST_SIDE && height <= LONGEST_SIDE
         && size == (gsize) width * height * BYTES_A_PIXEL;
}

static void
apply_filter (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  Filter filter = find_filter (gallery_args_get_string (args, 0, 20, NULL));
  JsonNode *picture = json_array_get_length (args) > 1 ? json_array_get_element (args, 1) : NULL;
  guint width = 0;
  guint height = 0;
  JsonNode *pixels = mullion_value_get_image_data (picture, &width, &height);
  g_autoptr(GBytes) bytes = mullion_value_dup_bytes (pixels);
  gsize size = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  guint8 *filtered = NULL;

  if (filter == NULL || bytes == NULL || !is_picture (size, width, height))
    {
      mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR,
                                                      MULLION_ERROR_INVALID_ARGUMENT,
                                                      "Expected a filter and an ImageData of at "
                                                      "most %d pixels a side", LONGEST_SIDE);
      return;
    }

  filtered = g_malloc (size);
  filter (g_bytes_get_data (bytes, NULL), filtered, width, height);
  mullion_ipc_main_invoke_event_return (event, mullion_value_new_image_data (
    mullion_value_new_array_buffer (g_bytes_new_take (filtered, size)), width, height));
}

void
gallery_binary_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "binary:filter", apply_filter, NULL, NULL);
}
