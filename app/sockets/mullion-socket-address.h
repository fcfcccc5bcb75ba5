/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a socket is. */
typedef struct
{
  char *path;   /* (nullable) (owned): of a Unix socket */
  guint16 port; /* else, of 127.0.0.1 */
} MullionSocketAddress;

void            mullion_socket_address_clear        (MullionSocketAddress *self);
char           *mullion_socket_address_to_string    (MullionSocketAddress *self);
/* (transfer full) (nullable) */
GSocketAddress *mullion_socket_address_to_gio       (MullionSocketAddress  *self,
                                                     GError              **error);
/* Whether a file of this path, if there is one, is a socket of this user. */
gboolean        mullion_socket_address_check_file   (MullionSocketAddress  *self,
                                                     gboolean              *exists,
                                                     GError              **error);
/* Whether the process at the other end is this user's. Of TCP nobody knows. */
gboolean        mullion_socket_address_check_peer   (GSocket               *socket,
                                                     int                   *pid,
                                                     GError              **error);
/* Takes @reason. "WHAT: REASON", with our code for it. */
void            mullion_socket_address_set_error    (GError               **error,
                                                     GError                *reason,
                                                     const char            *format,
                                                     ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
