/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A socket that the program which started this one left open here, and named in a variable of the
 * environment. */
gboolean mullion_parent_socket_check (const char  *variable,
                                      int         *fd,
                                      GError     **error);
/* Neither the variable nor the descriptor are for the children of this program. */
void     mullion_parent_socket_claim (const char  *variable,
                                      int          fd);

G_END_DECLS
