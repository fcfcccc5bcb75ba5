/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* Sees the keys of a view before its page does. */
typedef struct _MullionKeyWatch MullionKeyWatch;

MullionKeyWatch *mullion_key_watch_new  (MullionWebContents *contents,
                                         WebKitWebView      *view);
void             mullion_key_watch_free (MullionKeyWatch    *self);

G_END_DECLS
