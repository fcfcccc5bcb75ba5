/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-style.h"

#include "mullion-options.h"
#include "mullion-web-contents-private.h"

/*
 * Style sheets that the app puts over the page of MullionWebContents.
 *
 * Main process. WebKit would keep them for all pages of the view; in Electron they are of the page that
 * is shown, and so the next one takes them away.
 */

static WebKitUserContentManager *
get_manager (MullionWebContents *self)
{
  return webkit_web_view_get_user_content_manager (self->view);
}

static gboolean
read_level (JsonObject           *options,
            WebKitUserStyleLevel *level,
            GError              **error)
{
  const char *origin = "author";

  if (!mullion_options_get_string (options, "cssOrigin", 16, &origin, error))
    return FALSE;

  *level = g_str_equal (origin, "user") ? WEBKIT_USER_STYLE_LEVEL_USER
                                        : WEBKIT_USER_STYLE_LEVEL_AUTHOR;
  if (*level == WEBKIT_USER_STYLE_LEVEL_USER || g_str_equal (origin, "author"))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "cssOrigin must be \"author\" or \"user\", not \"%s\"", origin);
  return FALSE;
}

/**
 * mullion_web_contents_insert_css:
 * @self: web contents
 * @css: a style sheet
 * @options: (nullable): what Electron's `insertCSS` takes: `cssOrigin`, `author` where nothing is said,
 *   or `user`
 * @error: why not: %MULLION_ERROR_INVALID_ARGUMENT or %MULLION_ERROR_GONE
 *
 * Puts a style sheet over the page, without its frames, like Electron's `contents.insertCSS`. The next
 * page is without it.
 *
 * Returns: (transfer full): the key for [method@WebContents.remove_inserted_css]
 *
 * Since: 0.1
 */
char *
mullion_web_contents_insert_css (MullionWebContents  *self,
                                 const char          *css,
                                 JsonObject          *options,
                                 GError             **error)
{
  WebKitUserStyleLevel level;
  WebKitUserStyleSheet *sheet;
  char *key;

  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);
  g_return_val_if_fail (css != NULL, NULL);

  if (!read_level (options, &level, error) || !mullion_web_contents_has_page (self, error))
    return NULL;

  if (self->styles == NULL)
    self->styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) webkit_user_style_sheet_unref);
  key = g_uuid_string_random ();
  sheet = webkit_user_style_sheet_new (css, WEBKIT_USER_CONTENT_INJECT_TOP_FRAME, level, NULL, NULL);
  webkit_user_content_manager_add_style_sheet (get_manager (self), sheet);
  g_hash_table_insert (self->styles, g_strdup (key), sheet);

  return key;
}

/**
 * mullion_web_contents_remove_inserted_css:
 * @self: web contents
 * @key: what [method@WebContents.insert_css] returned
 *
 * Takes a style sheet away again, like Electron's `contents.removeInsertedCSS`.
 *
 * Returns: whether it was there
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_remove_inserted_css (MullionWebContents *self,
                                          const char         *key)
{
  WebKitUserStyleSheet *sheet;

  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  if (!mullion_web_contents_has_page (self, NULL) || self->styles == NULL)
    return FALSE;

  sheet = g_hash_table_lookup (self->styles, key);
  if (sheet == NULL)
    return FALSE;

  webkit_user_content_manager_remove_style_sheet (get_manager (self), sheet);
  return g_hash_table_remove (self->styles, key);
}

void
mullion_web_contents_forget_styles (MullionWebContents *self)
{
  GHashTableIter iter;
  gpointer sheet;

  if (self->styles == NULL)
    return;

  g_hash_table_iter_init (&iter, self->styles);
  while (g_hash_table_iter_next (&iter, NULL, &sheet))
    webkit_user_content_manager_remove_style_sheet (get_manager (self), sheet);
  g_clear_pointer (&self->styles, g_hash_table_unref);
}
