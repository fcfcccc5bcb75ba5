/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-clipboard.h"

#include "mullion-error.h"

/*
 * Electron's `clipboard`: what the user copied, and what is selected.
 *
 * Main process. What is read comes from another program, which may be slow, so that reading is
 * asynchronous. What is written stays with this program, which the others ask for it.
 */

#define HTML "text/html"

static GdkClipboard *
find_clipboard (MullionClipboardType   type,
                GError               **error)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (display == NULL)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                   "There is no display, and so no clipboard");
      return NULL;
    }
  return type == MULLION_CLIPBOARD_SELECTION ? gdk_display_get_primary_clipboard (display)
                                             : gdk_display_get_clipboard (display);
}

/* -- Reading -- */

/* (nullable): the task is over already where there is no clipboard. */
static GTask *
begin (MullionClipboardType  type,
       GCancellable         *cancellable,
       GAsyncReadyCallback   callback,
       gpointer              user_data,
       gpointer              tag,
       GdkClipboard        **clipboard)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GError) error = NULL;

  g_task_set_source_tag (task, tag);
  *clipboard = find_clipboard (type, &error);
  if (*clipboard == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return NULL;
    }
  return g_steal_pointer (&task);
}

/* That there is nothing of the kind is an answer, as in Electron. */
static gboolean
is_empty (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static gpointer
finish (GAsyncResult  *result,
        gpointer       tag,
        GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
text_read_cb (GObject      *clipboard,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, &error);

  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else if (error == NULL || is_empty (error))
    g_task_return_pointer (task, g_strdup (""), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * mullion_clipboard_read_text_async:
 * @type: which clipboard
 * @cancellable: (nullable): ends the wait for the program that has it
 * @callback: (scope async): what is called when it was read
 * @user_data: data for @callback
 *
 * Reads text, like Electron's `clipboard.readText`. It fails with %MULLION_ERROR_UNAVAILABLE
 * without a display.
 *
 * Since: 0.1
 */
void
mullion_clipboard_read_text_async (MullionClipboardType  type,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  GdkClipboard *clipboard;
  GTask *task = begin (type, cancellable, callback, user_data, mullion_clipboard_read_text_async,
                       &clipboard);

  if (task != NULL)
    gdk_clipboard_read_text_async (clipboard, cancellable, text_read_cb, task);
}

/**
 * mullion_clipboard_read_text_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@clipboard_read_text_async] began.
 *
 * Returns: (transfer full) (nullable): the text, empty where there is none, %NULL with @error set
 *
 * Since: 0.1
 */
char *
mullion_clipboard_read_text_finish (GAsyncResult  *result,
                                    GError       **error)
{
  return finish (result, mullion_clipboard_read_text_async, error);
}

static void
spliced_cb (GObject      *output,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  gssize size = g_output_stream_splice_finish (G_OUTPUT_STREAM (output), result, &error);

  if (size < 0)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (
      task, g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output)),
      (GDestroyNotify) g_bytes_unref);
}

static void
stream_read_cb (GObject      *clipboard,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GOutputStream) output = NULL;
  g_autoptr(GInputStream) input =
    gdk_clipboard_read_finish (GDK_CLIPBOARD (clipboard), result, NULL, &error);

  if (input == NULL)
    {
      if (is_empty (error))
        g_task_return_pointer (task, g_bytes_new (NULL, 0), (GDestroyNotify) g_bytes_unref);
      else
        g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  output = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (output, input,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE |
                                G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, g_task_get_cancellable (task), spliced_cb,
                                task);
}

static void
read_format (GdkClipboard *clipboard,
             const char   *format,
             GTask        *task)
{
  const char *formats[] = { format, NULL };

  gdk_clipboard_read_async (clipboard, formats, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                            stream_read_cb, task);
}

/**
 * mullion_clipboard_read_html_async:
 * @type: which clipboard
 * @cancellable: (nullable): ends the wait for the program that has it
 * @callback: (scope async): what is called when it was read
 * @user_data: data for @callback
 *
 * Reads HTML, like Electron's `clipboard.readHTML`, as it was copied: it is another program's, and
 * not to be trusted.
 *
 * Since: 0.1
 */
void
mullion_clipboard_read_html_async (MullionClipboardType  type,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  GdkClipboard *clipboard;
  GTask *task = begin (type, cancellable, callback, user_data, mullion_clipboard_read_html_async,
                       &clipboard);

  if (task != NULL)
    read_format (clipboard, HTML, task);
}

/**
 * mullion_clipboard_read_html_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@clipboard_read_html_async] began.
 *
 * Returns: (transfer full) (nullable): the HTML, empty where there is none, %NULL with @error set
 *
 * Since: 0.1
 */
char *
mullion_clipboard_read_html_finish (GAsyncResult  *result,
                                    GError       **error)
{
  g_autoptr(GBytes) bytes = finish (result, mullion_clipboard_read_html_async, error);

  /* A program that writes no UTF-8 is not the reason for one that reads some to end. */
  return bytes != NULL
           ? g_utf8_make_valid (g_bytes_get_data (bytes, NULL) != NULL
                                  ? g_bytes_get_data (bytes, NULL) : "",
                                (gssize) g_bytes_get_size (bytes))
           : NULL;
}

/**
 * mullion_clipboard_read_buffer_async:
 * @type: which clipboard
 * @format: a media type, such as `text/rtf`
 * @cancellable: (nullable): ends the wait for the program that has it
 * @callback: (scope async): what is called when it was read
 * @user_data: data for @callback
 *
 * Reads bytes, like Electron's `clipboard.readBuffer`.
 *
 * Since: 0.1
 */
void
mullion_clipboard_read_buffer_async (MullionClipboardType  type,
                                     const char           *format,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data)
{
  GdkClipboard *clipboard;
  GTask *task = begin (type, cancellable, callback, user_data, mullion_clipboard_read_buffer_async,
                       &clipboard);

  if (task != NULL)
    read_format (clipboard, format, task);
}

/**
 * mullion_clipboard_read_buffer_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@clipboard_read_buffer_async] began.
 *
 * Returns: (transfer full) (nullable): the bytes, none where there are none of that format, %NULL
 *   with @error set
 *
 * Since: 0.1
 */
GBytes *
mullion_clipboard_read_buffer_finish (GAsyncResult  *result,
                                      GError       **error)
{
  return finish (result, mullion_clipboard_read_buffer_async, error);
}

static void
texture_read_cb (GObject      *clipboard,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  GdkTexture *texture =
    gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (clipboard), result, &error);

  if (texture != NULL || is_empty (error))
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * mullion_clipboard_read_image_async:
 * @type: which clipboard
 * @cancellable: (nullable): ends the wait for the program that has it
 * @callback: (scope async): what is called when it was read
 * @user_data: data for @callback
 *
 * Reads a picture, like Electron's `clipboard.readImage`.
 *
 * Since: 0.1
 */
void
mullion_clipboard_read_image_async (MullionClipboardType  type,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data)
{
  GdkClipboard *clipboard;
  GTask *task = begin (type, cancellable, callback, user_data, mullion_clipboard_read_image_async,
                       &clipboard);

  if (task != NULL)
    gdk_clipboard_read_texture_async (clipboard, cancellable, texture_read_cb, task);
}

/**
 * mullion_clipboard_read_image_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@clipboard_read_image_async] began.
 *
 * Returns: (transfer full) (nullable): the picture, %NULL where there is none, or with @error set
 *
 * Since: 0.1
 */
GdkTexture *
mullion_clipboard_read_image_finish (GAsyncResult  *result,
                                     GError       **error)
{
  return finish (result, mullion_clipboard_read_image_async, error);
}

/* -- Writing -- */

static GdkContentProvider *
provide_text (const char *text)
{
  return gdk_content_provider_new_typed (G_TYPE_STRING, text);
}

static GdkContentProvider *
provide_html (const char *markup)
{
  g_autoptr(GBytes) bytes = g_bytes_new (markup, strlen (markup));

  return gdk_content_provider_new_for_bytes (HTML, bytes);
}

static GdkContentProvider *
provide_image (GdkTexture *image)
{
  return gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, image);
}

/* @content: (transfer full) */
static gboolean
put (MullionClipboardType   type,
     GdkContentProvider    *content,
     GError               **error)
{
  g_autoptr(GdkContentProvider) owned = content;
  GdkClipboard *clipboard = find_clipboard (type, error);

  if (clipboard == NULL)
    return FALSE;
  if (gdk_clipboard_set_content (clipboard, content))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "The clipboard cannot be written");
  return FALSE;
}

/**
 * mullion_clipboard_write_text:
 * @type: which clipboard
 * @text: the text
 * @error: (nullable): where to put an error
 *
 * Writes text, like Electron's `clipboard.writeText`.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE without a display
 *
 * Since: 0.1
 */
gboolean
mullion_clipboard_write_text (MullionClipboardType   type,
                              const char            *text,
                              GError               **error)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return put (type, provide_text (text), error);
}

/**
 * mullion_clipboard_write_html:
 * @type: which clipboard
 * @markup: the HTML
 * @error: (nullable): where to put an error
 *
 * Writes HTML, like Electron's `clipboard.writeHTML`. A program that takes text only gets none:
 * [func@clipboard_write] gives both.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE without a display
 *
 * Since: 0.1
 */
gboolean
mullion_clipboard_write_html (MullionClipboardType   type,
                              const char            *markup,
                              GError               **error)
{
  g_return_val_if_fail (markup != NULL, FALSE);

  return put (type, provide_html (markup), error);
}

/**
 * mullion_clipboard_write_image:
 * @type: which clipboard
 * @image: the picture
 * @error: (nullable): where to put an error
 *
 * Writes a picture, like Electron's `clipboard.writeImage`.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE without a display
 *
 * Since: 0.1
 */
gboolean
mullion_clipboard_write_image (MullionClipboardType   type,
                               GdkTexture            *image,
                               GError               **error)
{
  g_return_val_if_fail (GDK_IS_TEXTURE (image), FALSE);

  return put (type, provide_image (image), error);
}

/**
 * mullion_clipboard_write_buffer:
 * @type: which clipboard
 * @format: a media type, such as `text/rtf`
 * @buffer: the bytes
 * @error: (nullable): where to put an error
 *
 * Writes bytes, like Electron's `clipboard.writeBuffer`.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE without a display
 *
 * Since: 0.1
 */
gboolean
mullion_clipboard_write_buffer (MullionClipboardType   type,
                                const char            *format,
                                GBytes                *buffer,
                                GError               **error)
{
  g_return_val_if_fail (format != NULL, FALSE);
  g_return_val_if_fail (buffer != NULL, FALSE);

  return put (type, gdk_content_provider_new_for_bytes (format, buffer), error);
}

/**
 * mullion_clipboard_write:
 * @type: which clipboard
 * @text: (nullable): the text
 * @html: (nullable): the HTML
 * @image: (nullable): the picture
 * @error: (nullable): where to put an error
 *
 * Writes the same thing in several forms, like Electron's `clipboard.write`. Who pastes it takes
 * the form that suits.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE without a display
 *
 * Since: 0.1
 */
gboolean
mullion_clipboard_write (MullionClipboardType   type,
                         const char            *text,
                         const char            *html,
                         GdkTexture            *image,
                         GError               **error)
{
  GdkContentProvider *forms[3];
  gsize n_forms = 0;

  g_return_val_if_fail (image == NULL || GDK_IS_TEXTURE (image), FALSE);

  if (text != NULL)
    forms[n_forms++] = provide_text (text);
  if (html != NULL)
    forms[n_forms++] = provide_html (html);
  if (image != NULL)
    forms[n_forms++] = provide_image (image);
  return put (type, gdk_content_provider_new_union (forms, n_forms), error);
}

/**
 * mullion_clipboard_clear:
 * @type: which clipboard
 *
 * Empties it, like Electron's `clipboard.clear`.
 *
 * Since: 0.1
 */
void
mullion_clipboard_clear (MullionClipboardType type)
{
  put (type, gdk_content_provider_new_union (NULL, 0), NULL);
}

/* -- What there is -- */

/**
 * mullion_clipboard_available_formats:
 * @type: which clipboard
 *
 * Lists the media types of what is there, like Electron's `clipboard.availableFormats`.
 *
 * Returns: (transfer full) (array zero-terminated=1): the types, none without a display
 *
 * Since: 0.1
 */
char **
mullion_clipboard_available_formats (MullionClipboardType type)
{
  GdkClipboard *clipboard = find_clipboard (type, NULL);
  g_autoptr(GdkContentFormats) formats = NULL;
  const char *const *types;
  gsize n_types = 0;

  if (clipboard == NULL)
    return g_new0 (char *, 1);

  /* What this program wrote itself is known by its GType, the rest of the desktop sees types. */
  formats = gdk_content_formats_union_serialize_mime_types (
    gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));
  types = gdk_content_formats_get_mime_types (formats, &n_types);
  return types != NULL ? g_strdupv ((char **) types) : g_new0 (char *, 1);
}

/**
 * mullion_clipboard_has:
 * @type: which clipboard
 * @format: a media type, such as `text/html`
 *
 * Asks whether there is something of that type, like Electron's `clipboard.has`.
 *
 * Returns: whether there is
 *
 * Since: 0.1
 */
gboolean
mullion_clipboard_has (MullionClipboardType  type,
                       const char           *format)
{
  g_auto(GStrv) formats = mullion_clipboard_available_formats (type);

  g_return_val_if_fail (format != NULL, FALSE);

  return g_strv_contains ((const char *const *) formats, format);
}
