/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "print-fixture.h"
#include "tests/test-warnings.h"

#include <glib/gstdio.h>
#include <string.h>

/* Printing into PDF files without a dialog, which are looked into: their pages and what is painted on them. */

static void
printed_cb (GObject      *contents,
            GAsyncResult *result,
            gpointer      user_data)
{
  PrintFixture *fixture = user_data;

  print_forget (fixture);
  fixture->pdf = mullion_web_contents_print_to_pdf_finish (MULLION_WEB_CONTENTS (contents), result,
                                                           &fixture->error);
  fixture->n_answers++;
}

static void
begin (PrintFixture *fixture,
       const char   *json,
       GCancellable *cancellable)
{
  g_autoptr(JsonNode) options = json != NULL ? json_from_string (json, NULL) : NULL;

  mullion_web_contents_print_to_pdf_async (
    fixture->window->contents, options != NULL ? json_node_get_object (options) : NULL, cancellable,
    printed_cb, fixture);
}

static void
print (PrintFixture *fixture,
       const char   *json)
{
  guint n = fixture->n_answers;

  begin (fixture, json, NULL);
  ipc_wait_until (fixture->n_answers > n);
}

/* -- Looking into a PDF file -- */

static guint
count (GBytes     *pdf,
       const char *pattern)
{
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);
  const char *end = bytes + length;
  guint n = 0;

  while ((bytes = memmem (bytes, end - bytes, pattern, strlen (pattern))) != NULL)
    {
      bytes += strlen (pattern);
      n++;
    }

  return n;
}

/* (transfer full): what a stream holds that begins at @bytes, as far as it can be inflated */
static GBytes *
inflate (const char *bytes,
         gsize       length)
{
  g_autoptr(GInputStream) base = g_memory_input_stream_new_from_data (bytes, length, NULL);
  g_autoptr(GZlibDecompressor) decompressor =
    g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr(GInputStream) stream =
    g_converter_input_stream_new (base, G_CONVERTER (decompressor));

  return g_input_stream_read_bytes (stream, 1 << 20, NULL, NULL);
}

/* (transfer full) (nullable): the stream of @pdf that holds @operator */
static GBytes *
find_stream (GBytes     *pdf,
             const char *operator)
{
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);
  const char *end = bytes + length;

  while ((bytes = memmem (bytes, end - bytes, ">> stream\n", 10)) != NULL)
    {
      g_autoptr(GBytes) plain = NULL;

      bytes += 10;
      plain = inflate (bytes, end - bytes);
      if (plain != NULL && count (plain, operator) > 0)
        return g_steal_pointer (&plain);
    }

  return NULL;
}

static gboolean
paints (GBytes     *pdf,
        const char *operator)
{
  g_autoptr(GBytes) stream = find_stream (pdf, operator);

  return stream != NULL;
}

#define BLUE "0 0 1 rg"

static void
assert_pdf (PrintFixture *fixture,
            guint         n_pages,
            const char   *media_box)
{
  g_assert_no_error (fixture->error);
  g_assert_cmpint (memcmp (g_bytes_get_data (fixture->pdf, NULL), "%PDF-", 5), ==, 0);
  /* "/Type /Pages" is their list. */
  g_assert_cmpuint (count (fixture->pdf, "/Type /Page") - count (fixture->pdf, "/Type /Pages"), ==,
                    n_pages);
  g_assert_cmpuint (count (fixture->pdf, media_box), ==, n_pages);
}

/* -- The options -- */

static void
test_default (PrintFixture *fixture,
              gconstpointer data)
{
  print (fixture, NULL);
  assert_pdf (fixture, 3, "/MediaBox [0 0 612 792]");
  g_assert_false (paints (fixture->pdf, BLUE));
}

static void
test_background (PrintFixture *fixture,
                 gconstpointer data)
{
  print (fixture, "{ \"printBackground\": true }");
  assert_pdf (fixture, 3, "/MediaBox [0 0 612 792]");
  g_assert_true (paints (fixture->pdf, BLUE));
}

static void
test_paper (PrintFixture *fixture,
            gconstpointer data)
{
  print (fixture, "{ \"pageSize\": \"a5\" }");
  assert_pdf (fixture, 3, "/MediaBox [0 0 420 595]");
  print (fixture, "{ \"pageSize\": \"A4\", \"landscape\": true }");
  assert_pdf (fixture, 3, "/MediaBox [0 0 842 595]");
  print (fixture, "{ \"pageSize\": { \"width\": 5, \"height\": 20 },"
                  "  \"margins\": { \"top\": 0, \"left\": 0.5 } }");
  assert_pdf (fixture, 3, "/MediaBox [0 0 360 1440]");
}

/* The first of the three is 500 pixels high, and the paper of 8 inches has room for it on two pages,
 * on one when it is scaled down, on more when there is less room. */
static void
test_scale_and_margins (PrintFixture *fixture,
                        gconstpointer data)
{
#define PAPER "\"pageSize\": { \"width\": 8, \"height\": 4 }"
  print (fixture, "{" PAPER "}");
  assert_pdf (fixture, 4, "/MediaBox [0 0 576 288]");
  print (fixture, "{" PAPER ", \"scale\": 0.5 }");
  assert_pdf (fixture, 3, "/MediaBox [0 0 576 288]");
  print (fixture, "{" PAPER ", \"margins\": { \"top\": 1.5, \"bottom\": 1.5 } }");
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (count (fixture->pdf, "/MediaBox"), >, 4);

  /* Neither is left behind. */
  print (fixture, "{" PAPER "}");
  assert_pdf (fixture, 4, "/MediaBox [0 0 576 288]");
}

/* The number that @pattern has in parentheses. */
static double
read_number (const char *text,
             const char *pattern)
{
  g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *number = NULL;

  g_assert_true (g_regex_match (regex, text, 0, &match));
  number = g_match_info_fetch (match, 1);
  return g_ascii_strtod (number, NULL);
}

/* In points, of which an inch has 72. WebKit rounds the width of the paper down to whole pixels. */
static void
assert_box (PrintFixture *fixture,
            const char   *json,
            double        width,
            double        height)
{
  g_autoptr(GBytes) stream = NULL;
  g_autofree char *text = NULL;
  double scale;

  print (fixture, json);
  assert_pdf (fixture, 1, "/MediaBox [0 0 612 792]");
  stream = find_stream (fixture->pdf, BLUE);
  g_assert_nonnull (stream);
  text = g_strndup (g_bytes_get_data (stream, NULL), g_bytes_get_size (stream));
  g_test_message ("%s", text);
  scale = read_number (text, "\nq\n([0-9.]+) 0 0 [0-9.]+ [0-9.]+ [0-9.]+ cm");
  g_assert_cmpfloat_with_epsilon (scale * read_number (text, BLUE "\n0 0 ([0-9.]+) [0-9.]+ re"),
                                  width, width / 500);
  g_assert_cmpfloat_with_epsilon (scale * read_number (text, BLUE "\n0 0 [0-9.]+ ([0-9.]+) re"),
                                  height, height / 500);
}

/* The page is a blue box, four inches wide, and two high in pixels of CSS. */
static void
test_lengths (PrintFixture *fixture,
              gconstpointer data)
{
  ipc_window_load (fixture->window, "print/lengths.html");
  assert_box (fixture, "{ \"printBackground\": true }", 4 * 72, 2 * 72);
  assert_box (fixture, "{ \"printBackground\": true, \"scale\": 0.5 }", 2 * 72, 72);
  assert_box (fixture, "{ \"printBackground\": true,"
                       "  \"margins\": { \"left\": 1, \"right\": 1 } }", 4 * 72, 2 * 72);
}

static void
test_ranges (PrintFixture *fixture,
             gconstpointer data)
{
  print (fixture, "{ \"pageRanges\": \"1, 3\" }");
  assert_pdf (fixture, 2, "/MediaBox");
  print (fixture, "{ \"pageRanges\": \"2-\" }");
  assert_pdf (fixture, 2, "/MediaBox");
  print (fixture, "{ \"pageRanges\": \"-2\" }");
  assert_pdf (fixture, 2, "/MediaBox");
  print (fixture, "{ \"pageRanges\": \"\" }");
  assert_pdf (fixture, 3, "/MediaBox");
}

static void
test_refused (PrintFixture *fixture,
              gconstpointer data)
{
  static const struct { const char *json; MullionError code; const char *message; } bad[] = {
    { "{ \"displayHeaderFooter\": true }", MULLION_ERROR_NOT_SUPPORTED, "displayHeaderFooter: " },
    { "{ \"preferCSSPageSize\": true }", MULLION_ERROR_NOT_SUPPORTED, "preferCSSPageSize: " },
    { "{ \"generateTaggedPDF\": 1 }", MULLION_ERROR_INVALID_ARGUMENT, "generateTaggedPDF: " },
    { "{ \"pageSize\": \"B5\" }", MULLION_ERROR_INVALID_ARGUMENT, "pageSize: " },
    { "{ \"pageSize\": [] }", MULLION_ERROR_INVALID_ARGUMENT, "pageSize: " },
    { "{ \"pageSize\": { \"width\": 5 } }", MULLION_ERROR_INVALID_ARGUMENT, "pageSize: " },
    { "{ \"pageSize\": { \"width\": 5, \"height\": 1e300 } }", MULLION_ERROR_INVALID_ARGUMENT,
      "pageSize: " },
    { "{ \"margins\": 1 }", MULLION_ERROR_INVALID_ARGUMENT, "margins: " },
    { "{ \"margins\": { \"top\": -1 } }", MULLION_ERROR_INVALID_ARGUMENT, "margins: " },
    { "{ \"margins\": { \"top\": 8, \"bottom\": 3 } }", MULLION_ERROR_INVALID_ARGUMENT,
      "margins: " },
    { "{ \"scale\": 0 }", MULLION_ERROR_INVALID_ARGUMENT, "scale: " },
    { "{ \"scale\": 2.1 }", MULLION_ERROR_INVALID_ARGUMENT, "scale: " },
    { "{ \"scale\": \"1\" }", MULLION_ERROR_INVALID_ARGUMENT, "scale: " },
    { "{ \"pageRanges\": \"0\" }", MULLION_ERROR_INVALID_ARGUMENT, "pageRanges: " },
    { "{ \"pageRanges\": \"3-2\" }", MULLION_ERROR_INVALID_ARGUMENT, "pageRanges: " },
    { "{ \"pageRanges\": \"1,,2\" }", MULLION_ERROR_INVALID_ARGUMENT, "pageRanges: " },
    { "{ \"pageRanges\": \"-\" }", MULLION_ERROR_INVALID_ARGUMENT, "pageRanges: " },
    { "{ \"pageRanges\": \"1 2\" }", MULLION_ERROR_INVALID_ARGUMENT, "pageRanges: " },
    { "{ \"pageRanges\": 1 }", MULLION_ERROR_INVALID_ARGUMENT, "pageRanges: " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      print (fixture, bad[i].json);
      g_test_message ("%s: %s", bad[i].json, fixture->error->message);
      g_assert_null (fixture->pdf);
      g_assert_error (fixture->error, MULLION_ERROR, (int) bad[i].code);
      g_assert_true (g_str_has_prefix (fixture->error->message, bad[i].message));
    }
}

/* There are three pages. */
static void
test_missing_pages (PrintFixture *fixture,
                    gconstpointer data)
{
  print (fixture, "{ \"pageRanges\": \"7-8\" }");
  g_assert_null (fixture->pdf);
  g_assert_error (fixture->error, WEBKIT_PRINT_ERROR, WEBKIT_PRINT_ERROR_INVALID_PAGE_RANGE);
}

/* -- Several, and none -- */

static void
test_several (PrintFixture *fixture,
              gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  begin (fixture, "{ \"printBackground\": true }", NULL);
  begin (fixture, NULL, cancellable);
  begin (fixture, NULL, NULL);
  g_cancellable_cancel (cancellable);
  ipc_wait_until (fixture->n_answers == 1);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ipc_wait_until (fixture->n_answers == 2);
  assert_pdf (fixture, 3, "/MediaBox");
  g_assert_true (paints (fixture->pdf, BLUE));
  ipc_wait_until (fixture->n_answers == 3);
  assert_pdf (fixture, 3, "/MediaBox");
  g_assert_false (paints (fixture->pdf, BLUE));
}

static void
test_destroyed (PrintFixture *fixture,
                gconstpointer data)
{
  MullionWebContents *contents = g_object_ref (fixture->window->contents);

  begin (fixture, NULL, NULL);
  begin (fixture, NULL, NULL);
  mullion_browser_window_destroy (fixture->window->window);
  ipc_wait_until (fixture->n_answers == 2);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_GONE);
  print (fixture, NULL);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_GONE);
  g_object_unref (contents);
}

/* Before the first load, and while there is no process. */
static void
test_no_page (PrintFixture *fixture,
              gconstpointer data)
{
  ipc_window_free (fixture->window);
  fixture->window = ipc_window_new ("{}");
  print (fixture, NULL);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_GONE);
}

static void
test_crash (PrintFixture *fixture,
            gconstpointer data)
{
  begin (fixture, NULL, NULL);
  begin (fixture, NULL, NULL);
  expect_warning ("The web process of WebContents #* is gone: killed");
  mullion_web_contents_forcefully_crash_renderer (fixture->window->contents);
  ipc_wait_until (fixture->n_answers == 2);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_GONE);
  print (fixture, NULL);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_GONE);
  assert_warned ();

  ipc_window_load (fixture->window, "print/index.html");
  print (fixture, NULL);
  assert_pdf (fixture, 3, "/MediaBox");
}

/* -- Jobs -- */

static void
test_silent (PrintFixture *fixture,
             gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "page.pdf", NULL);
  g_autofree char *json = g_strdup_printf (
    "{ \"silent\": true, \"filePath\": \"%s\", \"printBackground\": true, \"landscape\": true,"
    "  \"pageSize\": { \"width\": 210000, \"height\": 297000 }, \"scaleFactor\": 90,"
    "  \"pageRanges\": [{ \"from\": 0, \"to\": 1 }],"
    "  \"margins\": { \"marginType\": \"none\" } }", path);

  print_job (fixture, json);
  print_read_file (fixture, path);
  assert_pdf (fixture, 2, "/MediaBox [0 0 842 595]");
  g_assert_true (paints (fixture->pdf, BLUE));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_no_printer (PrintFixture *fixture,
                 gconstpointer data)
{
  print_job (fixture, "{ \"silent\": true, \"deviceName\": \"no such printer\" }");
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
  g_assert_cmpstr (fixture->error->message, ==, "Invalid deviceName provided");
  print_job (fixture, "{ \"deviceName\": \"no such printer\" }");
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
  print_job (fixture, "{ \"silent\": true }");
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
  g_assert_cmpstr (fixture->error->message, ==, "No printers available on the network");
  print_job (fixture, "{ \"silent\": true, \"filePath\": \"not absolute\" }");
  g_assert_error (fixture->error, G_CONVERT_ERROR, G_CONVERT_ERROR_NOT_ABSOLUTE_PATH);
}

static void
test_refused_jobs (PrintFixture *fixture,
                   gconstpointer data)
{
  static const struct { const char *json; MullionError code; } bad[] = {
    { "{ \"header\": \"Title\" }", MULLION_ERROR_NOT_SUPPORTED },
    { "{ \"footer\": \"Page\" }", MULLION_ERROR_NOT_SUPPORTED },
    { "{ \"copies\": 0 }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"pagesPerSheet\": 17 }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"scaleFactor\": 5 }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"duplexMode\": \"both\" }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"pageRanges\": [{ \"from\": 2, \"to\": 1 }] }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"pageRanges\": [1] }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"margins\": { \"marginType\": \"wide\" } }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"dpi\": { \"horizontal\": -1 } }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"pageSize\": { \"width\": 1, \"height\": 1 } }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"silent\": 1 }", MULLION_ERROR_INVALID_ARGUMENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i].json);
      print_job (fixture, bad[i].json);
      g_assert_error (fixture->error, MULLION_ERROR, (int) bad[i].code);
    }
}

/* -- The printers -- */

static void
test_printers (PrintFixture *fixture,
               gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "page.pdf", NULL);
  g_autofree char *json = print_dup_job (fixture, TRUE, path);

  print_job (fixture, json);
  print_read_file (fixture, path);
  assert_pdf (fixture, 3, "/MediaBox");
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Without a path it would write where GTK thinks best. */
static void
test_printer_of_files (PrintFixture *fixture,
                       gconstpointer data)
{
  g_autofree char *json = print_dup_job (fixture, TRUE, NULL);

  print_job (fixture, json);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
  g_assert_cmpstr (fixture->error->message, ==, "Invalid deviceName provided");
}

int
main (int    argc,
      char **argv)
{
  static const PrintTest tests[] = {
    { "/print/default", test_default },
    { "/print/background", test_background },
    { "/print/paper", test_paper },
    { "/print/scale-and-margins", test_scale_and_margins },
    { "/print/lengths", test_lengths },
    { "/print/ranges", test_ranges },
    { "/print/refused", test_refused },
    { "/print/missing-pages", test_missing_pages },
    { "/print/several", test_several },
    { "/print/destroyed", test_destroyed },
    { "/print/no-page", test_no_page },
    { "/print/crash", test_crash },
    { "/print/silent", test_silent },
    { "/print/no-printer", test_no_printer },
    { "/print/refused-jobs", test_refused_jobs },
    { "/print/printers", test_printers },
    { "/print/printer-of-files", test_printer_of_files },
  };

  watch_warnings ();
  return print_run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
