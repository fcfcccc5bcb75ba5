/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-web-contents.h"

G_BEGIN_DECLS

/* A script of the page has called print (), and WebKit is about to show its dialog. */
void mullion_page_print_begin (MullionWebContents *contents);

G_END_DECLS
