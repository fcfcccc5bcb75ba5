/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/**
 * MullionClipboardType:
 * @MULLION_CLIPBOARD_CLIPBOARD: what was copied
 * @MULLION_CLIPBOARD_SELECTION: what is selected, and is pasted with the middle button
 *
 * The two clipboards of the desktop, by the names that Electron has for them.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_CLIPBOARD_CLIPBOARD,
  MULLION_CLIPBOARD_SELECTION,
} MullionClipboardType;

MULLION_AVAILABLE_IN_ALL
void        mullion_clipboard_read_text_async    (MullionClipboardType  type,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
char       *mullion_clipboard_read_text_finish   (GAsyncResult         *result,
                                                  GError              **error);
MULLION_AVAILABLE_IN_ALL
void        mullion_clipboard_read_html_async    (MullionClipboardType  type,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
char       *mullion_clipboard_read_html_finish   (GAsyncResult         *result,
                                                  GError              **error);
MULLION_AVAILABLE_IN_ALL
void        mullion_clipboard_read_image_async   (MullionClipboardType  type,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
GdkTexture *mullion_clipboard_read_image_finish  (GAsyncResult         *result,
                                                  GError              **error);
MULLION_AVAILABLE_IN_ALL
void        mullion_clipboard_read_buffer_async  (MullionClipboardType  type,
                                                  const char           *format,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
GBytes     *mullion_clipboard_read_buffer_finish (GAsyncResult         *result,
                                                  GError              **error);

MULLION_AVAILABLE_IN_ALL
gboolean    mullion_clipboard_write_text         (MullionClipboardType  type,
                                                  const char           *text,
                                                  GError              **error);
MULLION_AVAILABLE_IN_ALL
gboolean    mullion_clipboard_write_html         (MullionClipboardType  type,
                                                  const char           *markup,
                                                  GError              **error);
MULLION_AVAILABLE_IN_ALL
gboolean    mullion_clipboard_write_image        (MullionClipboardType  type,
                                                  GdkTexture           *image,
                                                  GError              **error);
MULLION_AVAILABLE_IN_ALL
gboolean    mullion_clipboard_write_buffer       (MullionClipboardType  type,
                                                  const char           *format,
                                                  GBytes               *buffer,
                                                  GError              **error);
MULLION_AVAILABLE_IN_ALL
gboolean    mullion_clipboard_write              (MullionClipboardType  type,
                                                  const char           *text,
                                                  const char           *html,
                                                  GdkTexture           *image,
                                                  GError              **error);
MULLION_AVAILABLE_IN_ALL
void        mullion_clipboard_clear              (MullionClipboardType  type);

MULLION_AVAILABLE_IN_ALL
char      **mullion_clipboard_available_formats  (MullionClipboardType  type);
MULLION_AVAILABLE_IN_ALL
gboolean    mullion_clipboard_has                (MullionClipboardType  type,
                                                  const char           *format);

G_END_DECLS
