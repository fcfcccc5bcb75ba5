/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-download-item.h"

G_BEGIN_DECLS

/* The item lives until the download has ended; @session hears of it with `will-download`. */
void  mullion_download_item_begin        (MullionSession *session,
                                          WebKitDownload *download);

/* (transfer full): a name for a file, made of what a server suggests */
char *mullion_download_item_dup_filename (const char     *suggested);

G_END_DECLS
