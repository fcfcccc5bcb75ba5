/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a page may have the desktop open @url. */
gboolean mullion_open_external_check (const char  *url,
                                      GError     **error);

G_END_DECLS
