/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* How a page is to be printed. */
typedef struct
{
  GtkPageSetup *page_setup;
  GtkPrintSettings *settings;
  double scale;
  gboolean has_backgrounds;
} MullionPrintOptions;

/* (transfer full): what Electron's `printToPDF` takes; @options: (nullable) */
MullionPrintOptions *mullion_print_options_read_pdf (JsonObject           *options,
                                                     GError              **error);
void                 mullion_print_options_free     (MullionPrintOptions  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionPrintOptions, mullion_print_options_free)

G_END_DECLS
