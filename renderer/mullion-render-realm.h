/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <jsc/jsc.h>

G_BEGIN_DECLS

typedef struct _MullionRenderRealm MullionRenderRealm;

/* To be called when WebKit has made the page's realm of a frame, before any script runs there. A realm
 * that never gets a runtime of ours needs no kit. */
MullionRenderRealm *mullion_render_realm_new     (JSCContext         *context,
                                                  gboolean            makes_kit);
void                mullion_render_realm_free    (MullionRenderRealm *self);
gboolean            mullion_render_realm_is_of   (MullionRenderRealm *self,
                                                  JSCContext         *context);
/* (nullable) */
JSCValue           *mullion_render_realm_get_kit (MullionRenderRealm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionRenderRealm, mullion_render_realm_free)

G_END_DECLS
