/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * MullionAppFile:
 * @stream: (nullable): where its bytes come from, seekable; %NULL for a folder
 * @size: how many bytes it has
 * @content_type: (nullable): its Content-Type
 *
 * An opened file of the app. A folder that was named without a slash at its end
 * has no stream.
 */
typedef struct
{
  GInputStream *stream;
  guint64 size;
  char *content_type;
} MullionAppFile;

gboolean        mullion_app_file_can_serve   (GFile                *root);
MullionAppFile *mullion_app_file_open        (GFile                *root,
                                              const char           *relative,
                                              GError              **error);
void            mullion_app_file_open_async  (GFile                *root,
                                              const char           *relative,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
MullionAppFile *mullion_app_file_open_finish (GAsyncResult         *result,
                                              GError              **error);
void            mullion_app_file_free        (MullionAppFile       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionAppFile, mullion_app_file_free)

G_END_DECLS
