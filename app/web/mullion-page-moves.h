/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* Tells apart where the main frame goes: to another document, or within its own. */
typedef struct _MullionPageMoves MullionPageMoves;

MullionPageMoves *mullion_page_moves_new  (MullionWebContents *contents,
                                           WebKitWebView      *view);
void              mullion_page_moves_free (MullionPageMoves   *self);

G_END_DECLS
