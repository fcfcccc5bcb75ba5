/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* Tells the author of an app that a page was refused something. @uri is text of the page. */
void  mullion_refusal_log        (MullionWebContents *contents,
                                  const char         *what,
                                  const char         *uri,
                                  const char         *why);

/* (transfer full) (nullable): the origin of an address, as WebKit understands it */
char *mullion_refusal_dup_origin (const char         *uri);

G_END_DECLS
