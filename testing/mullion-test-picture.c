/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-test-private.h"

#include <string.h>

/*
 * Pictures of pages, and what is different in two of them.
 */

typedef struct
{
  GBytes *png;
  GError *error;
} Capture;

static void
capture_cb (GObject      *contents,
            GAsyncResult *result,
            gpointer      user_data)
{
  Capture *capture = user_data;

  capture->png = mullion_web_contents_capture_page_finish (MULLION_WEB_CONTENTS (contents), result,
                                                           &capture->error);
}

static gboolean
is_captured (gpointer data)
{
  Capture *capture = data;

  return capture->png != NULL || capture->error != NULL;
}

/* The frame after the next one has all that the page has been told to paint until now. */
#define PAINT "(async () => { for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);" \
  " return true; })()"

/**
 * mullion_test_take_screenshot:
 * @self: an app under test
 *
 * Takes a picture of what is visible of the page, once it has painted what its scripts have done.
 *
 * Returns: (transfer full): a picture, in the pixels of the display
 *
 * Since: 0.1
 */
GdkTexture *
mullion_test_take_screenshot (MullionTest *self)
{
  Capture *capture;
  GdkTexture *texture;
  g_autoptr(JsonNode) painted = NULL;

  g_return_val_if_fail (MULLION_IS_TEST (self), NULL);

  painted = mullion_test_evaluate (self, PAINT);
  capture = g_new0 (Capture, 1);
  mullion_web_contents_capture_page_async (mullion_browser_window_get_web_contents (self->window),
                                           NULL, capture_cb, capture);
  if (!mullion_test_run_until (self, is_captured, capture))
    mullion_test_fail (self, "no picture of the page");
  if (capture->error != NULL)
    mullion_test_fail (self, "no picture of the page: %s", capture->error->message);

  texture = gdk_texture_new_from_bytes (capture->png, &capture->error);
  if (texture == NULL)
    mullion_test_fail (self, "no picture of the page: %s", capture->error->message);
  g_bytes_unref (capture->png);
  g_free (capture);

  return texture;
}

/* -- Comparing -- */

/* Cairo's pixels: four bytes each. */
static guchar *
download (GdkTexture *texture,
          gsize      *size)
{
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  guchar *pixels;

  *size = stride * gdk_texture_get_height (texture);
  pixels = g_malloc (*size);
  gdk_texture_download (texture, pixels, stride);

  return pixels;
}

static gboolean
do_pixels_differ (const guchar *a,
                  const guchar *b,
                  guint         tolerance)
{
  for (guint i = 0; i < 4; i++)
    if ((guint) ABS ((int) a[i] - (int) b[i]) > tolerance)
      return TRUE;

  return FALSE;
}

/* What is the same stays, and pales; what is not is red. */
static void
mark (guchar   *pixel,
      gboolean  differs)
{
  guint32 red = 0xFFFF0000;
  guint32 pale;

  memcpy (&pale, pixel, sizeof pale);
  pale = ((pale >> 2) & 0x3F3F3F3F) + 0xC0C0C0C0;
  memcpy (pixel, differs ? &red : &pale, sizeof pale);
}

static GdkTexture *
make_texture (guchar *pixels,
              gsize   size,
              int     width,
              int     height)
{
  g_autoptr(GBytes) bytes = g_bytes_new_take (pixels, size);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) width * 4);
}

/**
 * mullion_test_compare_pictures:
 * @picture: a picture
 * @reference: what it should look like
 * @tolerance: the difference of a channel, from 0 to 255, that counts for nothing
 * @difference: (out) (optional) (nullable) (transfer full): where to put a picture in which the pixels
 *   that differ are red; %NULL when there are none
 *
 * Counts the pixels of two pictures that differ by more than @tolerance in some channel.
 *
 * Returns: the number of pixels; `G_MAXUINT` for pictures of two sizes
 *
 * Since: 0.1
 */
guint
mullion_test_compare_pictures (GdkTexture  *picture,
                               GdkTexture  *reference,
                               guint        tolerance,
                               GdkTexture **difference)
{
  g_autofree guchar *first = NULL;
  g_autofree guchar *second = NULL;
  gsize size, other_size;
  guint n = 0;

  g_return_val_if_fail (GDK_IS_TEXTURE (picture) && GDK_IS_TEXTURE (reference), G_MAXUINT);

  if (difference != NULL)
    *difference = NULL;
  if (gdk_texture_get_width (picture) != gdk_texture_get_width (reference) ||
      gdk_texture_get_height (picture) != gdk_texture_get_height (reference))
    return G_MAXUINT;

  first = download (picture, &size);
  second = download (reference, &other_size);
  for (gsize i = 0; i < size; i += 4)
    {
      gboolean differs = do_pixels_differ (first + i, second + i, tolerance);

      n += differs;
      mark (second + i, differs);
    }
  if (difference != NULL && n > 0)
    *difference = make_texture (g_steal_pointer (&second), size, gdk_texture_get_width (picture),
                                gdk_texture_get_height (picture));

  return n;
}

/* -- Asserting -- */

/* Returns: (transfer full): where a picture called @name was written */
static char *
save (GdkTexture *texture,
      const char *reference,
      const char *suffix)
{
  const char *wanted = g_getenv ("MULLION_TEST_PICTURES");
  g_autofree char *base = g_path_get_basename (reference);
  g_autofree char *name = NULL;
  char *path;

  if (g_str_has_suffix (base, ".png"))
    base[strlen (base) - 4] = '\0';
  name = g_strdup_printf ("%s-%s.png", base, suffix);
  path = g_build_filename (wanted != NULL ? wanted : g_get_tmp_dir (), name, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    g_printerr ("Mullion test: %s cannot be written\n", path);

  return path;
}

static void
fail_with_pictures (MullionTest *self,
                    GdkTexture  *picture,
                    GdkTexture  *reference,
                    GdkTexture  *difference,
                    const char  *path,
                    guint        n)
{
  g_autofree char *now = save (picture, path, "now");
  g_autofree char *marked = difference != NULL ? save (difference, path, "difference") : NULL;

  if (marked == NULL)
    mullion_test_fail (self, "the page looks as in %s, of %dx%d pixels and not %dx%d as %s", now,
                       gdk_texture_get_width (picture), gdk_texture_get_height (picture),
                       gdk_texture_get_width (reference), gdk_texture_get_height (reference), path);
  mullion_test_fail (self, "the page looks as in %s: %u pixels are not as in %s, see %s", now, n,
                     path, marked);
}

/**
 * mullion_test_assert_screenshot:
 * @self: an app under test
 * @reference: (type filename): a PNG file
 * @tolerance: the difference of a channel, from 0 to 255, that counts for nothing
 * @max_pixels: how many pixels may differ
 *
 * Takes a screenshot and compares it with a reference.
 *
 * When more than @max_pixels differ, the test fails and says where picture and difference are: beside
 * each other in the folder that `MULLION_TEST_PICTURES` names, or in that of temporary files. With
 * `MULLION_TEST_UPDATE=1` in the environment the screenshot becomes the reference.
 *
 * Since: 0.1
 */
void
mullion_test_assert_screenshot (MullionTest *self,
                                const char  *reference,
                                guint        tolerance,
                                guint        max_pixels)
{
  g_autoptr(GdkTexture) picture = NULL;
  g_autoptr(GdkTexture) expected = NULL;
  g_autoptr(GdkTexture) difference = NULL;
  g_autoptr(GError) error = NULL;
  guint n;

  g_return_if_fail (MULLION_IS_TEST (self) && reference != NULL);

  picture = mullion_test_take_screenshot (self);
  if (g_strcmp0 (g_getenv ("MULLION_TEST_UPDATE"), "1") == 0)
    {
      if (!gdk_texture_save_to_png (picture, reference))
        mullion_test_fail (self, "%s cannot be written", reference);
      return;
    }

  expected = gdk_texture_new_from_filename (reference, &error);
  if (expected == NULL)
    mullion_test_fail (self, "no reference: %s; MULLION_TEST_UPDATE=1 makes one", error->message);

  n = mullion_test_compare_pictures (picture, expected, tolerance, &difference);
  if (n > max_pixels)
    fail_with_pictures (self, picture, expected, difference, reference, n);
}
