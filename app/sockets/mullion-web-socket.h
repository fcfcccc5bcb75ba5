/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/**
 * MullionWebSocketState:
 * @MULLION_WEB_SOCKET_CONNECTING: there is no connection yet
 * @MULLION_WEB_SOCKET_OPEN: messages can be sent
 * @MULLION_WEB_SOCKET_CLOSING: this end has closed it, and the other has not answered
 * @MULLION_WEB_SOCKET_CLOSED: it is over, or there never was a connection
 *
 * How far a WebSocket is: `readyState` of the web platform, with its numbers.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_WEB_SOCKET_CONNECTING,
  MULLION_WEB_SOCKET_OPEN,
  MULLION_WEB_SOCKET_CLOSING,
  MULLION_WEB_SOCKET_CLOSED,
} MullionWebSocketState;

#define MULLION_TYPE_WEB_SOCKET (mullion_web_socket_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionWebSocket, mullion_web_socket, MULLION, WEB_SOCKET, GObject)

MULLION_AVAILABLE_IN_ALL
MullionWebSocket      *mullion_web_socket_new                 (const char          *url,
                                                               const char * const  *protocols,
                                                               GError             **error);

MULLION_AVAILABLE_IN_ALL
gboolean               mullion_web_socket_send_text           (MullionWebSocket    *self,
                                                               const char          *text,
                                                               gssize               length,
                                                               GError             **error);
MULLION_AVAILABLE_IN_ALL
gboolean               mullion_web_socket_send_bytes          (MullionWebSocket    *self,
                                                               GBytes              *bytes,
                                                               GError             **error);
MULLION_AVAILABLE_IN_ALL
gboolean               mullion_web_socket_close               (MullionWebSocket    *self,
                                                               guint                code,
                                                               const char          *reason,
                                                               GError             **error);

MULLION_AVAILABLE_IN_ALL
MullionWebSocketState  mullion_web_socket_get_ready_state     (MullionWebSocket    *self);
MULLION_AVAILABLE_IN_ALL
const char            *mullion_web_socket_get_url             (MullionWebSocket    *self);
MULLION_AVAILABLE_IN_ALL
const char            *mullion_web_socket_get_protocol        (MullionWebSocket    *self);
MULLION_AVAILABLE_IN_ALL
gsize                  mullion_web_socket_get_buffered_amount (MullionWebSocket    *self);

MULLION_AVAILABLE_IN_ALL
void                   mullion_web_socket_set_max_size        (MullionWebSocket    *self,
                                                               gsize                max_size);
MULLION_AVAILABLE_IN_ALL
void                   mullion_web_socket_set_max_queued      (MullionWebSocket    *self,
                                                               gsize                max_queued);

G_END_DECLS
