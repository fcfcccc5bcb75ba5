/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-socket-address.h"

G_BEGIN_DECLS

/* Where a WebSocket leads. */
typedef struct
{
  char *url;
  char *path;     /* (nullable): of a Unix socket; or */
  char *host;     /* a host */
  guint16 port;   /* and its port */
  gboolean is_secure;
  char *resource; /* what is asked for there: a path and a query */
} MullionWebSocketAddress;

/* (nullable): ws://, wss://, or ws+unix://PATH:RESOURCE */
MullionWebSocketAddress *mullion_web_socket_address_new  (const char               *url,
                                                          GError                  **error);
void                     mullion_web_socket_address_free (MullionWebSocketAddress  *self);

/* A name of a protocol, as HTTP writes one. */
gboolean                 mullion_web_socket_address_check_protocols (const char *const  *protocols,
                                                                     GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionWebSocketAddress, mullion_web_socket_address_free)

G_END_DECLS
