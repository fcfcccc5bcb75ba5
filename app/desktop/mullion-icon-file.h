/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): the picture in @icon, which is a file of the app or an absolute path;
 * %NULL where it is none, and then perhaps the name of an icon of the theme. */
GdkPixbuf *mullion_icon_file_read (const char *icon,
                                   int         size);

G_END_DECLS
