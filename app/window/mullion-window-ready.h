/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-web-contents.h"

G_BEGIN_DECLS

typedef struct _MullionWindowReady MullionWindowReady;

typedef void (*MullionWindowReadyFunc) (gpointer user_data);

MullionWindowReady *mullion_window_ready_new  (MullionWebContents     *contents,
                                               MullionWindowReadyFunc  func,
                                               gpointer                user_data);
void                mullion_window_ready_free (MullionWindowReady     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionWindowReady, mullion_window_ready_free)

G_END_DECLS
