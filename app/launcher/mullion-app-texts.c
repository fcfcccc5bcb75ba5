/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-texts.h"

#include <string.h>

/*
 * The pages and scripts of an app folder. Main process.
 *
 * The author's own files are read, and nothing that they are sent: node_modules and hidden folders
 * are left out, links are not followed, and a folder without end ends here.
 */

#define MAX_FILES 1000
#define MAX_DEPTH 8
#define MAX_SIZE (1024 * 1024)
#define MAX_MATCH 80

typedef struct
{
  char *name; /* below the folder */
  char *text;
} Text;

struct _MullionAppTexts
{
  GPtrArray *texts; /* of Text */
};

static void
text_free (gpointer data)
{
  Text *text = data;

  g_free (text->name);
  g_free (text->text);
  g_free (text);
}

static gboolean
is_text (const char *name)
{
  static const char *const endings[] = { ".html", ".htm", ".js", ".mjs", ".cjs" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return TRUE;

  return FALSE;
}

static void
read_text (MullionAppTexts *self,
           const char      *path,
           const char      *name)
{
  g_autofree char *contents = NULL;
  gsize length;
  Text *text;

  if (!g_file_get_contents (path, &contents, &length, NULL) || length > MAX_SIZE)
    return;

  text = g_new0 (Text, 1);
  text->name = g_strdup (name);
  text->text = g_utf8_make_valid (contents, (gssize) length);
  g_ptr_array_add (self->texts, text);
}

static void
read_folder (MullionAppTexts *self,
             const char      *folder,
             const char      *prefix,
             guint            depth)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL && self->texts->len < MAX_FILES)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *below = g_build_filename (prefix, name, NULL);

      if (*name == '.' || g_str_equal (name, "node_modules") ||
          g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR) && depth < MAX_DEPTH)
        read_folder (self, path, below, depth + 1);
      else if (is_text (name) && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        read_text (self, path, below);
    }
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp ((*(Text *const *) a)->name, (*(Text *const *) b)->name);
}

static guint
count_lines (const char *text,
             int         end)
{
  guint n = 1;

  for (int i = 0; i < end; i++)
    n += text[i] == '\n';

  return n;
}

static void
find_in_text (const Text *text,
              GRegex     *regex,
              GPtrArray  *findings)
{
  g_autoptr(GMatchInfo) info = NULL;

  g_regex_match (regex, text->text, 0, &info);
  for (; g_match_info_matches (info); g_match_info_next (info, NULL))
    {
      g_autofree char *match = g_match_info_fetch (info, 0);
      g_autofree char *shown = NULL;
      int start;

      g_match_info_fetch_pos (info, 0, &start, NULL);
      if (strlen (match) > MAX_MATCH)
        match[MAX_MATCH] = '\0';
      shown = g_strescape (match, NULL);
      g_ptr_array_add (findings, g_strdup_printf ("%s:%u: %s", text->name,
                                                  count_lines (text->text, start), shown));
    }
}

void
mullion_app_texts_find (MullionAppTexts *self,
                        const char      *pattern,
                        GPtrArray       *findings)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GRegex) regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < self->texts->len; i++)
    find_in_text (self->texts->pdata[i], regex, findings);
}

void
mullion_app_texts_free (MullionAppTexts *self)
{
  g_ptr_array_unref (self->texts);
  g_free (self);
}

MullionAppTexts *
mullion_app_texts_new (const char *folder)
{
  MullionAppTexts *self = g_new0 (MullionAppTexts, 1);

  self->texts = g_ptr_array_new_with_free_func (text_free);
  read_folder (self, folder, "", 0);
  g_ptr_array_sort (self->texts, compare_texts);

  return self;
}
