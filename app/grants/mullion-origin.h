/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether @origin can be trusted with something, and is written as WebKit writes it. */
gboolean mullion_origin_check (const char  *origin,
                               GError     **error);

G_END_DECLS
