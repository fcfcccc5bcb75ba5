/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* What a page shows of itself beside its document. */
typedef struct _MullionPageLooks MullionPageLooks;

MullionPageLooks *mullion_page_looks_new  (MullionWebContents *contents,
                                           WebKitWebView      *view);
void              mullion_page_looks_free (MullionPageLooks   *self);

G_END_DECLS
