/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-file-grants.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The largest text that is read or written, in bytes. */
#define MULLION_TEXT_STORE_MAX_SIZE (64 * 1024 * 1024)
#define MULLION_TEXT_STORE_MAX_ENTRIES 10000

#define MULLION_TYPE_TEXT_STORE (mullion_text_store_get_type ())

G_DECLARE_FINAL_TYPE (MullionTextStore, mullion_text_store, MULLION, TEXT_STORE, GObject)

MullionTextStore *mullion_text_store_new    (const char         *root,
                                             MullionFileGrants  *grants);
char             *mullion_text_store_read   (MullionTextStore   *self,
                                             const char         *path,
                                             GError            **error);
gboolean          mullion_text_store_write  (MullionTextStore   *self,
                                             const char         *path,
                                             const char         *text,
                                             GError            **error);
/* (transfer full): an array of { name, type, size, modified }; @path "" is the root. */
JsonNode         *mullion_text_store_list   (MullionTextStore   *self,
                                             const char         *path,
                                             GError            **error);
gboolean          mullion_text_store_remove (MullionTextStore   *self,
                                             const char         *path,
                                             GError            **error);

G_END_DECLS
