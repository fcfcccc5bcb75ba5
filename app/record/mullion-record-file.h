/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file that gets whole lines. */
typedef struct _MullionRecordFile MullionRecordFile;

MullionRecordFile *mullion_record_file_new  (const char         *path,
                                             GError            **error);
/* When it fails, it says so once and nothing more is written. */
void               mullion_record_file_add  (MullionRecordFile  *self,
                                             const char         *line,
                                             gsize               length);
void               mullion_record_file_free (MullionRecordFile  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionRecordFile, mullion_record_file_free)

G_END_DECLS
