/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What a WebSocket has to say, and its other end has not read. */
typedef struct _MullionWebSocketOutbox MullionWebSocketOutbox;

/* @output: of the connection that @link uses. @flushed is called whenever nothing waits any more; it may
 * free the outbox. */
MullionWebSocketOutbox *mullion_web_socket_outbox_new  (SoupWebsocketConnection *link,
                                                        GOutputStream           *output,
                                                        void                   (*flushed) (gpointer owner),
                                                        gpointer                 owner);
void                    mullion_web_socket_outbox_free (MullionWebSocketOutbox  *self);

void                    mullion_web_socket_outbox_send (MullionWebSocketOutbox  *self,
                                                        SoupWebsocketDataType    type,
                                                        GBytes                  *bytes);
gsize                   mullion_web_socket_outbox_get_queued (MullionWebSocketOutbox *self);

G_END_DECLS
