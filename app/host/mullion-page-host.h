/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gunixfdlist.h>

#include "mullion-byte-store.h"
#include "mullion-port-quota.h"
#include "mullion-types.h"
#include "mullion-wire.h"

G_BEGIN_DECLS

#define MULLION_TYPE_PAGE_HOST (mullion_page_host_get_type ())

G_DECLARE_FINAL_TYPE (MullionPageHost, mullion_page_host, MULLION, PAGE_HOST, GObject)

MullionPageHost     *mullion_page_host_new              (MullionWebContents  *contents,
                                                         guint64              page_id,
                                                         int                  fd);
void                 mullion_page_host_drain            (MullionPageHost     *self);
void                 mullion_page_host_close            (MullionPageHost     *self);
MullionWebContents  *mullion_page_host_get_contents     (MullionPageHost     *self);
MullionWebFrameMain *mullion_page_host_get_main_frame   (MullionPageHost     *self);
/* (transfer none) (nullable): the binary values of the frame that is being handled. */
MullionByteHold     *mullion_page_host_get_byte_hold    (MullionPageHost     *self);
/* Takes a socket of that frame; -1 if it has none at @index, or not any more. */
int                  mullion_page_host_take_port        (MullionPageHost     *self,
                                                         gint64               index);
/* (transfer none): what bounds the ports that the page has here. */
MullionPortQuota    *mullion_page_host_get_port_quota   (MullionPageHost     *self);
GPid                 mullion_page_host_get_process_id   (MullionPageHost     *self);
guint                mullion_page_host_count_calls      (MullionPageHost     *self);
/* How many bytes of what was said to the page wait here for it to read them. */
guint64              mullion_page_host_count_unread     (MullionPageHost     *self);
guint64              mullion_page_host_get_page_id      (MullionPageHost     *self);

/* For a recorder, if there is one: a message of the page came. @id: of what waits for an answer,
 * else 0 */
void                 mullion_page_host_record           (MullionPageHost     *self,
                                                         guint64              document,
                                                         MullionMessageKind   kind,
                                                         gboolean             is_sync,
                                                         guint64              id,
                                                         const char          *channel,
                                                         JsonArray           *args,
                                                         guint                n_ports);

void                 mullion_page_host_configure        (MullionPageHost     *self,
                                                         JsonNode            *configuration);
gboolean             mullion_page_host_deliver          (MullionPageHost     *self,
                                                         guint64              document,
                                                         MullionMessageKind   kind,
                                                         guint64              id,
                                                         const char          *channel,
                                                         JsonArray           *args,
                                                         GError             **error);
/* The same in a frame of its own, with sockets. @ports: (transfer full) (nullable) */
gboolean             mullion_page_host_deliver_ports    (MullionPageHost     *self,
                                                         guint64              document,
                                                         MullionMessageKind   kind,
                                                         guint64              id,
                                                         const char          *channel,
                                                         JsonArray           *args,
                                                         GUnixFDList         *ports,
                                                         GError             **error);
void                 mullion_page_host_reply_sync       (MullionPageHost     *self,
                                                         guint64              document,
                                                         guint64              sync_id,
                                                         MullionMessageKind   kind,
                                                         JsonArray           *args);
gboolean             mullion_page_host_evaluate         (MullionPageHost     *self,
                                                         guint64              id,
                                                         const char          *code,
                                                         GError             **error);

G_END_DECLS
