/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

typedef struct _MullionWindowClosing MullionWindowClosing;

MullionWindowClosing *mullion_window_closing_new          (MullionBrowserWindow *window,
                                                           MullionWebContents   *contents);
void                  mullion_window_closing_free         (MullionWindowClosing *self);
void                  mullion_window_closing_request      (MullionWindowClosing *self);
gboolean              mullion_window_closing_is_prevented (MullionBrowserWindow *window);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionWindowClosing, mullion_window_closing_free)

G_END_DECLS
