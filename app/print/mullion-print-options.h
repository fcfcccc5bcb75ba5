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
  gboolean is_silent;
  char *printer; /* (nullable): the default one */
} MullionPrintOptions;

/* (transfer full): what Electron's `printToPDF` takes; @options: (nullable) */
MullionPrintOptions *mullion_print_options_read_pdf (JsonObject           *options,
                                                     GError              **error);
/* (transfer full): what Electron's `print` takes; @options: (nullable) */
MullionPrintOptions *mullion_print_options_read_job (JsonObject           *options,
                                                     GError              **error);
MullionPrintOptions *mullion_print_options_new      (void);
/* @path: absolute, of the file that GTK's printer of files writes */
gboolean             mullion_print_options_aim_at   (MullionPrintOptions  *self,
                                                     const char           *path,
                                                     GError              **error);
void                 mullion_print_options_free     (MullionPrintOptions  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionPrintOptions, mullion_print_options_free)

G_END_DECLS
