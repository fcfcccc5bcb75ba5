/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ipc-fixture.h"

#include "ipc/mullion-frame-reader.h"

G_BEGIN_DECLS

/* A web process as the main process sees it: one end of a socket. */
typedef struct
{
  IpcWindow *window;
  int fd;
  MullionFrameReader *reader;
  gboolean is_closed;
} Page;

void          page_write          (Page             *self,
                                   const guint8     *data,
                                   gsize             length);
void          page_send           (Page             *self,
                                   guint16           kind,
                                   guint64           document,
                                   guint64           id,
                                   const char       *body);
/* Runs the loop until a frame of this kind comes. */
MullionFrame *page_wait_frame     (Page             *self,
                                   MullionFrameKind  kind);
void          page_expect         (Page             *self,
                                   MullionFrameKind  kind,
                                   guint64           document,
                                   guint64           id,
                                   const char       *body);
void          page_wait_end       (Page             *self);
void          page_begin_document (Page             *self,
                                   guint64           document,
                                   gint64            frame,
                                   const char       *origin,
                                   gboolean          is_main_frame);

/* Offers a channel in the way of WebKit: as a message of the page to its view. */
Page         *page_offer          (IpcWindow        *window);
/* With one document, number 1 in frame 1, that listens. */
Page         *page_new            (void);
void          page_free           (Page             *self);

G_END_DECLS
