/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-window-open-request.h"

G_BEGIN_DECLS

/* Opens the windows that the page of some web contents asks for, where a handler lets it. */
typedef struct _MullionWindowOpener MullionWindowOpener;

MullionWindowOpener *mullion_window_opener_new         (MullionWebContents       *contents);
void                 mullion_window_opener_free        (MullionWindowOpener      *self);
void                 mullion_window_opener_set_handler (MullionWindowOpener      *self,
                                                        MullionWindowOpenHandler  handler,
                                                        gpointer                  user_data,
                                                        GDestroyNotify            destroy);
/* A click on a link may mean another window. Returns: whether @decision was made */
gboolean             mullion_window_opener_decide      (MullionWindowOpener       *self,
                                                        WebKitPolicyDecision      *decision,
                                                        WebKitPolicyDecisionType   type);
/* Watches the view that the contents have got. */
void                 mullion_window_opener_connect     (MullionWindowOpener      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionWindowOpener, mullion_window_opener_free)

G_END_DECLS
