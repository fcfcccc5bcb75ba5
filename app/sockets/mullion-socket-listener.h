/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-socket-address.h"

G_BEGIN_DECLS

typedef struct
{
  /* @pid: of the process at the other end, or -1 */
  void (*accepted) (GSocketConnection *connection,
                    int                pid,
                    gpointer           owner);
  /* Somebody was not let in. */
  void (*refused)  (const GError      *error,
                    gpointer           owner);
} MullionSocketListenerFuncs;

/* A socket that listens, for processes of this user. */
typedef struct _MullionSocketListener MullionSocketListener;

/* (nullable): borrows @address. @port: the one of @address, or what the system chose for 0 */
MullionSocketListener *mullion_socket_listener_new  (MullionSocketAddress              *address,
                                                     const MullionSocketListenerFuncs  *funcs,
                                                     gpointer                           owner,
                                                     guint16                           *port,
                                                     GError                           **error);
/* Removes the file of the socket, too. */
void                   mullion_socket_listener_free (MullionSocketListener             *self);

G_END_DECLS
