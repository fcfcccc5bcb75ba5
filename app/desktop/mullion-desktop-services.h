/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*MullionDesktopServicesFunc) (const char *line,
                                            gpointer    user_data);

/* Says of each service of the desktop that Mullion knows whether it is here, a line each. */
void mullion_desktop_services_describe (MullionDesktopServicesFunc func,
                                        gpointer                   user_data);

G_END_DECLS
