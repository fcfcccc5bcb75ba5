/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-mime.h"

static const struct
{
  const char *name;
  const char *type;
} known[] = {
  { "index.html", "text/html; charset=utf-8" },
  { "a/b.c/main.js", "text/javascript; charset=utf-8" },
  { "module.mjs", "text/javascript; charset=utf-8" },
  { "STYLE.CSS", "text/css; charset=utf-8" },
  { "notes.txt", "text/plain; charset=utf-8" },
  { "data.json", "application/json" },
  { "app.js.map", "application/json" },
  { "add.wasm", "application/wasm" },
  { "logo.svg", "image/svg+xml" },
  { "a.png", "image/png" },
  { "a.webp", "image/webp" },
  { "a.avif", "image/avif" },
  { "f.woff2", "font/woff2" },
  { "f.ttf", "font/ttf" },
  { "v.mp4", "video/mp4" },
  { "v.webm", "video/webm" },
  { "s.mp3", "audio/mpeg" },
  { "archive.tar.gz", "application/gzip" },
};

static const char *unknown[] = { "", "noextension", "dot.", "a.b/c", "x.surely-not-a-type", ".js/x" };

static void
test_known (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *type = mullion_mime_type_for_name (known[i].name);

      g_assert_cmpstr (type, ==, known[i].type);
    }
}

static void
test_unknown (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_autofree char *type = mullion_mime_type_for_name (unknown[i]);

      g_test_message ("%s", unknown[i]);
      g_assert_cmpstr (type, ==, "application/octet-stream");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mime/known", test_known);
  g_test_add_func ("/mime/unknown", test_unknown);

  return g_test_run ();
}
