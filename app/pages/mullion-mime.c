/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-mime.h"

#include <gio/gio.h>
#include <string.h>

/*
 * From a file's name to the Content-Type that the app:// origin sends. The web's
 * own types come from a table and not from the machine's MIME database: pages
 * are served with nosniff, so a machine that calls .js something else than
 * JavaScript would stop every module of every app. The database is asked for
 * the rest. The content of a file is never looked at.
 */

typedef struct
{
  const char *extension;
  const char *type;
} MimeEntry;

static const MimeEntry mime_table[] = {
  /* Documents and code */
  { "html", "text/html" },
  { "htm", "text/html" },
  { "xhtml", "application/xhtml+xml" },
  { "css", "text/css" },
  { "js", "text/javascript" },
  { "mjs", "text/javascript" },
  { "cjs", "text/javascript" },
  { "wasm", "application/wasm" },
  { "json", "application/json" },
  { "map", "application/json" },
  { "webmanifest", "application/manifest+json" },
  { "xml", "application/xml" },
  { "txt", "text/plain" },
  { "md", "text/markdown" },
  { "csv", "text/csv" },
  { "vtt", "text/vtt" },
  { "pdf", "application/pdf" },
  /* Pictures */
  { "svg", "image/svg+xml" },
  { "png", "image/png" },
  { "apng", "image/apng" },
  { "jpg", "image/jpeg" },
  { "jpeg", "image/jpeg" },
  { "gif", "image/gif" },
  { "webp", "image/webp" },
  { "avif", "image/avif" },
  { "jxl", "image/jxl" },
  { "bmp", "image/bmp" },
  { "ico", "image/x-icon" },
  /* Fonts */
  { "woff", "font/woff" },
  { "woff2", "font/woff2" },
  { "ttf", "font/ttf" },
  { "otf", "font/otf" },
  /* Sound and film */
  { "mp3", "audio/mpeg" },
  { "m4a", "audio/mp4" },
  { "aac", "audio/aac" },
  { "flac", "audio/flac" },
  { "wav", "audio/wav" },
  { "ogg", "audio/ogg" },
  { "oga", "audio/ogg" },
  { "opus", "audio/ogg" },
  { "weba", "audio/webm" },
  { "mp4", "video/mp4" },
  { "m4v", "video/mp4" },
  { "webm", "video/webm" },
  { "ogv", "video/ogg" },
  { "mov", "video/quicktime" },
  { "mkv", "video/x-matroska" },
  { "m3u8", "application/vnd.apple.mpegurl" },
  { "ts", "video/mp2t" },
  /* Bytes that nobody should guess at */
  { "bin", "application/octet-stream" },
  { "dat", "application/octet-stream" },
  { "gz", "application/gzip" },
  { "zip", "application/zip" },
};

static const char *
find_in_table (const char *extension)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mime_table); i++)
    if (g_ascii_strcasecmp (mime_table[i].extension, extension) == 0)
      return mime_table[i].type;

  return NULL;
}

static char *
ask_database (const char *name)
{
  gboolean is_uncertain = TRUE;
  g_autofree char *content_type = g_content_type_guess (name, NULL, 0, &is_uncertain);
  g_autofree char *type = NULL;

  if (!is_uncertain)
    type = g_content_type_get_mime_type (content_type);

  /* An empty guess is what the database says of a file without bytes. */
  if (type == NULL || g_str_equal (type, "application/x-zerosize"))
    return g_strdup ("application/octet-stream");

  return g_steal_pointer (&type);
}

/*
 * mullion_mime_type_for_name:
 * @name: the name of a file, with or without folders before it
 *
 * Text types say that they are UTF-8. JSON and SVG do not, as they cannot be
 * anything else by default.
 *
 * Returns: (transfer full): a Content-Type, `application/octet-stream` for what
 *   nobody knows
 */
char *
mullion_mime_type_for_name (const char *name)
{
  const char *slash = strrchr (name, '/');
  const char *base = slash != NULL ? slash + 1 : name;
  const char *dot = strrchr (base, '.');
  const char *known = dot != NULL ? find_in_table (dot + 1) : NULL;
  g_autofree char *type = known != NULL ? g_strdup (known) : ask_database (base);

  if (g_str_has_prefix (type, "text/"))
    return g_strconcat (type, "; charset=utf-8", NULL);

  return g_steal_pointer (&type);
}
