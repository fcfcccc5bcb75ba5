/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

typedef struct _MullionWindowEvents MullionWindowEvents;

MullionWindowEvents *mullion_window_events_new  (GtkWindow           *window);
void                 mullion_window_events_free (MullionWindowEvents *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionWindowEvents, mullion_window_events_free)

G_END_DECLS
