/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the main process says about the documents of a page: see MullionPageHost there. */
typedef struct
{
  char *preload_path;         /* (nullable) */
  char *preload_source;       /* (nullable) */
  GStrv origins;              /* whose documents get the preload, as main frames … */
  GStrv sub_frame_origins;    /* … and as sub-frames */
  char *runtime;              /* JSON text for the preload runtime: argv, versions, ... */
} MullionPageConfig;

MullionPageConfig *mullion_page_config_parse    (const char         *text,
                                                 gsize               length,
                                                 GError            **error);
void               mullion_page_config_free     (MullionPageConfig  *self);
gboolean           mullion_page_config_has_origin (const MullionPageConfig *self,
                                                   const char              *origin,
                                                   gboolean                 is_main_frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionPageConfig, mullion_page_config_free)

G_END_DECLS
