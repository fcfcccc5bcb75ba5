/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-print-options.h"

G_BEGIN_DECLS

typedef struct _MullionPrinting MullionPrinting;

/* @view: (transfer none) */
MullionPrinting *mullion_printing_new  (WebKitWebView       *view);
void             mullion_printing_free (MullionPrinting     *self);
/* Prints when those before it are done; @task returns whether that went well.
 * @options: (transfer none): kept by @task's owner until then
 * @task: (transfer full): its source object is the web contents, which own this */
void             mullion_printing_add  (MullionPrinting     *self,
                                        MullionPrintOptions *options,
                                        GTask               *task);
/* The page is gone: all that was to be printed fails. */
void             mullion_printing_fail (MullionPrinting     *self);

G_END_DECLS
