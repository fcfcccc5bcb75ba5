/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"

#include <mullion.h>

/*
 * The clipboard, seen from a second connection to the display too, as another program would.
 */

static GdkDisplay *other;
static GAsyncResult *outcome;

static void
note_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object (&outcome, result);
}

static GAsyncResult *
wait (void)
{
  mock_wait_until (outcome != NULL);
  return outcome;
}

static void
assert_text (MullionClipboardType  type,
             const char           *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  g_clear_object (&outcome);
  mullion_clipboard_read_text_async (type, NULL, note_cb, NULL);
  text = mullion_clipboard_read_text_finish (wait (), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_html (const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *html = NULL;

  g_clear_object (&outcome);
  mullion_clipboard_read_html_async (MULLION_CLIPBOARD_CLIPBOARD, NULL, note_cb, NULL);
  html = mullion_clipboard_read_html_finish (wait (), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (html, ==, expected);
}

static void
assert_others_text (GdkClipboard *clipboard,
                    const char   *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  g_clear_object (&outcome);
  gdk_clipboard_read_text_async (clipboard, NULL, note_cb, NULL);
  text = gdk_clipboard_read_text_finish (clipboard, wait (), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

/* What is copied becomes known to others by an event. */
static void
wait_for_others_format (GdkClipboard *clipboard,
                        const char   *format)
{
  mock_wait_until (gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard),
                                                          format));
}

static void
test_text (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (mullion_clipboard_write_text (MULLION_CLIPBOARD_CLIPBOARD, "Grüße", &error));
  g_assert_no_error (error);
  g_assert_true (mullion_clipboard_has (MULLION_CLIPBOARD_CLIPBOARD, "text/plain;charset=utf-8"));
  assert_text (MULLION_CLIPBOARD_CLIPBOARD, "Grüße");
  wait_for_others_format (gdk_display_get_clipboard (other), "text/plain;charset=utf-8");
  assert_others_text (gdk_display_get_clipboard (other), "Grüße");
}

static void
test_selection (void)
{
  mullion_clipboard_write_text (MULLION_CLIPBOARD_CLIPBOARD, "copied", NULL);
  mullion_clipboard_write_text (MULLION_CLIPBOARD_SELECTION, "selected", NULL);
  assert_text (MULLION_CLIPBOARD_CLIPBOARD, "copied");
  assert_text (MULLION_CLIPBOARD_SELECTION, "selected");
  wait_for_others_format (gdk_display_get_primary_clipboard (other), "text/plain;charset=utf-8");
  assert_others_text (gdk_display_get_primary_clipboard (other), "selected");
}

static void
test_several_forms (void)
{
  g_auto(GStrv) formats = NULL;

  g_assert_true (mullion_clipboard_write (MULLION_CLIPBOARD_CLIPBOARD, "bold", "<b>bold</b>", NULL,
                                          NULL));
  assert_text (MULLION_CLIPBOARD_CLIPBOARD, "bold");
  assert_html ("<b>bold</b>");
  formats = mullion_clipboard_available_formats (MULLION_CLIPBOARD_CLIPBOARD);
  g_assert_true (g_strv_contains ((const char *const *) formats, "text/html"));
  g_assert_false (mullion_clipboard_has (MULLION_CLIPBOARD_CLIPBOARD, "image/png"));

  g_assert_true (mullion_clipboard_write_html (MULLION_CLIPBOARD_CLIPBOARD, "<i>i</i>", NULL));
  assert_html ("<i>i</i>");
  assert_text (MULLION_CLIPBOARD_CLIPBOARD, "");
}

static void
test_image (void)
{
  static const guint8 pixels[] = { 255, 0, 0, 255, 0, 255, 0, 255 };
  g_autoptr(GBytes) bytes = g_bytes_new_static (pixels, sizeof pixels);
  g_autoptr(GdkTexture) texture =
    gdk_memory_texture_new (2, 1, GDK_MEMORY_R8G8B8A8, bytes, sizeof pixels);
  g_autoptr(GdkTexture) read = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (mullion_clipboard_write_image (MULLION_CLIPBOARD_CLIPBOARD, texture, NULL));
  g_assert_true (mullion_clipboard_has (MULLION_CLIPBOARD_CLIPBOARD, "image/png"));
  g_clear_object (&outcome);
  mullion_clipboard_read_image_async (MULLION_CLIPBOARD_CLIPBOARD, NULL, note_cb, NULL);
  read = mullion_clipboard_read_image_finish (wait (), &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (read), ==, 2);
  g_assert_cmpint (gdk_texture_get_height (read), ==, 1);
  assert_html ("");
}

static void
test_buffer (void)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("{\\rtf1 x}", 9);
  g_autoptr(GBytes) read = NULL;
  g_autoptr(GBytes) none = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (mullion_clipboard_write_buffer (MULLION_CLIPBOARD_CLIPBOARD, "text/rtf", bytes,
                                                 NULL));
  g_clear_object (&outcome);
  mullion_clipboard_read_buffer_async (MULLION_CLIPBOARD_CLIPBOARD, "text/rtf", NULL, note_cb,
                                       NULL);
  read = mullion_clipboard_read_buffer_finish (wait (), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, bytes));

  g_clear_object (&outcome);
  mullion_clipboard_read_buffer_async (MULLION_CLIPBOARD_CLIPBOARD, "image/png", NULL, note_cb,
                                       NULL);
  none = mullion_clipboard_read_buffer_finish (wait (), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
}

static void
test_clear (void)
{
  g_auto(GStrv) formats = NULL;
  g_autoptr(GdkTexture) read = NULL;
  g_autoptr(GError) error = NULL;

  mullion_clipboard_write_text (MULLION_CLIPBOARD_CLIPBOARD, "text", NULL);
  mullion_clipboard_clear (MULLION_CLIPBOARD_CLIPBOARD);
  formats = mullion_clipboard_available_formats (MULLION_CLIPBOARD_CLIPBOARD);
  g_assert_cmpuint (g_strv_length (formats), ==, 0);
  assert_text (MULLION_CLIPBOARD_CLIPBOARD, "");

  g_clear_object (&outcome);
  mullion_clipboard_read_image_async (MULLION_CLIPBOARD_CLIPBOARD, NULL, note_cb, NULL);
  read = mullion_clipboard_read_image_finish (wait (), &error);
  g_assert_no_error (error);
  g_assert_null (read);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  other = gdk_display_open (gdk_display_get_name (gdk_display_get_default ()));
  g_assert_nonnull (other);

  g_test_add_func ("/clipboard/text", test_text);
  g_test_add_func ("/clipboard/selection", test_selection);
  g_test_add_func ("/clipboard/several-forms", test_several_forms);
  g_test_add_func ("/clipboard/image", test_image);
  g_test_add_func ("/clipboard/buffer", test_buffer);
  g_test_add_func ("/clipboard/clear", test_clear);

  status = g_test_run ();
  g_clear_object (&outcome);
  return status;
}
