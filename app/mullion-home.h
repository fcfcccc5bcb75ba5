/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Before anything has asked GLib for the user's folders, and before there is another thread. */
void mullion_home_prepare (void);

G_END_DECLS
