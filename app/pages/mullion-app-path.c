/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-path.h"

#include "mullion-error.h"

#include <limits.h>
#include <string.h>

/*
 * Which file an app:// address names, as text alone: the disk is not asked here
 * (MullionAppFile does that, and has the last word on symbolic links). It runs
 * in the main process on addresses that a page wrote.
 *
 * The rule is to refuse and never to repair. A path that has to be cleaned
 * before it is safe was written by somebody who wants something else, and two
 * cleaners that disagree are the usual way out of a folder. What is left has
 * one spelling: no "." and no "..", no empty segment, no encoded separator.
 */

static gboolean
refuse (GError      **error,
        MullionError  code,
        const char   *reason,
        const char   *subject)
{
  g_autofree char *printable = g_utf8_make_valid (subject, (gssize) strnlen (subject, 200));

  g_set_error (error, MULLION_ERROR, (int) code, "%s: %s", reason, printable);

  return FALSE;
}

/* Everything between the origin and the query. */
static char *
cut_path (const char  *uri,
          const char  *origin,
          GError     **error)
{
  gsize origin_length = strlen (origin);
  const char *path = uri + origin_length;
  gsize length;

  /* The whole authority must be ours: a user, a port or a longer name that
   * merely begins like our host leaves something else than a path here. */
  if (strncmp (uri, origin, origin_length) != 0 || strchr ("/?#", *path) == NULL)
    {
      refuse (error, MULLION_ERROR_NOT_FOUND, "There is no such app origin", uri);
      return NULL;
    }

  length = strcspn (path, "?#");
  if (length > 3 * PATH_MAX)
    {
      refuse (error, MULLION_ERROR_TOO_LARGE, "The path is too long", uri);
      return NULL;
    }

  return g_strndup (path, length);
}

static gboolean
check_byte (unsigned char   byte,
            gboolean        is_encoded,
            const char     *path,
            GError        **error)
{
  if (byte < 0x20 || byte == 0x7f)
    return refuse (error, MULLION_ERROR_INVALID_ARGUMENT,
                   "The path has a control character", path);
  if (byte == '\\' || (byte == '/' && is_encoded))
    return refuse (error, MULLION_ERROR_NOT_ALLOWED,
                   "The path has an encoded slash or a backslash", path);

  return TRUE;
}

static gboolean
unescape_byte (const char    **text,
               unsigned char  *byte)
{
  int high = g_ascii_xdigit_value ((*text)[1]);
  int low = high >= 0 ? g_ascii_xdigit_value ((*text)[2]) : -1;

  if (low < 0)
    return FALSE;

  *byte = (unsigned char) (high * 16 + low);
  *text += 3;

  return TRUE;
}

static char *
unescape (const char  *path,
          GError     **error)
{
  g_autoptr(GString) plain = g_string_sized_new (strlen (path));

  for (const char *p = path; *p != '\0';)
    {
      gboolean is_encoded = *p == '%';
      unsigned char byte = (unsigned char) *p;

      if (!is_encoded)
        p++;
      else if (!unescape_byte (&p, &byte))
        {
          refuse (error, MULLION_ERROR_INVALID_ARGUMENT,
                  "The path has a broken percent escape", path);
          return NULL;
        }

      if (!check_byte (byte, is_encoded, path, error))
        return NULL;

      g_string_append_c (plain, (char) byte);
    }

  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* @relative has no slash at its front; one at its end names a folder. */
static gboolean
check_segments (const char  *relative,
                GError     **error)
{
  g_auto(GStrv) segments = g_strsplit (relative, "/", -1);

  for (gsize i = 0; segments[i] != NULL; i++)
    {
      const char *segment = segments[i];

      if (*segment == '\0' && segments[i + 1] != NULL)
        return refuse (error, MULLION_ERROR_NOT_ALLOWED,
                       "The path has an empty segment", relative);
      if (g_str_equal (segment, ".") || g_str_equal (segment, ".."))
        return refuse (error, MULLION_ERROR_NOT_ALLOWED,
                       "The path has a dot segment", relative);
      if (strlen (segment) > NAME_MAX)
        return refuse (error, MULLION_ERROR_TOO_LARGE,
                       "A name in the path is too long", relative);
    }

  return TRUE;
}

static gboolean
check_relative (const char  *relative,
                GError     **error)
{
  if (strlen (relative) >= PATH_MAX)
    return refuse (error, MULLION_ERROR_TOO_LARGE, "The path is too long", relative);
  if (!g_utf8_validate (relative, -1, NULL))
    return refuse (error, MULLION_ERROR_INVALID_ARGUMENT, "The path is not UTF-8", relative);

  return check_segments (relative, error);
}

/*
 * mullion_app_path_decode:
 * @uri: an address, as WebKit hands it over
 * @origin: the origin that is served, such as `app://org.example.notes`
 * @error: return location
 *
 * Finds the path below the app's folder that @uri names. Query and hash are not
 * part of it. The empty path and one that ends in a slash name a folder.
 *
 * Fails with %MULLION_ERROR_NOT_FOUND for another origin,
 * %MULLION_ERROR_INVALID_ARGUMENT for broken escapes, control characters and
 * text that is not UTF-8, %MULLION_ERROR_TOO_LARGE for what no file system can
 * hold, and %MULLION_ERROR_NOT_ALLOWED for everything that looks for a way out.
 *
 * Returns: (transfer full): a relative path in plain UTF-8, or %NULL
 */
char *
mullion_app_path_decode (const char  *uri,
                         const char  *origin,
                         GError     **error)
{
  g_autofree char *path = cut_path (uri, origin, error);
  g_autofree char *plain = path != NULL ? unescape (path, error) : NULL;
  const char *relative = plain;

  if (plain == NULL)
    return NULL;

  if (*relative == '/')
    relative++;

  if (!check_relative (relative, error))
    return NULL;

  return g_strdup (relative);
}

/*
 * mullion_app_path_encode:
 * @path: a relative path, without a slash at its front
 * @error: return location
 *
 * The opposite of mullion_app_path_decode(): what it gives is decoded to @path
 * again, and a path that could not be is refused here with the same error.
 *
 * Returns: (transfer full): the path of an address, with its slash, or %NULL
 */
char *
mullion_app_path_encode (const char  *path,
                         GError     **error)
{
  g_autofree char *escaped = NULL;

  for (const char *p = path; *p != '\0'; p++)
    if (!check_byte ((unsigned char) *p, FALSE, path, error))
      return NULL;

  if (!check_relative (path, error))
    return NULL;

  escaped = g_uri_escape_string (path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, FALSE);

  return g_strconcat ("/", escaped, NULL);
}
