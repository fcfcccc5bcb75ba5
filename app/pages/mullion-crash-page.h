/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): a page that says that the page @uri crashed again and again.
 * @reason: as `render-process-gone` gives it */
char *mullion_crash_page_new (const char *uri,
                              const char *reason);

G_END_DECLS
