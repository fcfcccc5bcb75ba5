/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

typedef struct _MullionFind MullionFind;

/* Neither is owned: @contents own this. */
MullionFind *mullion_find_new  (MullionWebContents *contents,
                                WebKitWebView      *view);
void         mullion_find_free (MullionFind        *self);

G_END_DECLS
