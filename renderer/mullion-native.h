/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-render-document.h"

G_BEGIN_DECLS

/* The C door of the preload runtime, an object of the preload world's realm. */
JSCValue *mullion_native_new       (MullionRenderDocument *document,
                                    JSCContext            *context);

/* Evaluates a script of the preload runtime. (nullable): when it threw, which was logged */
JSCValue *mullion_native_evaluate_resource (JSCContext *context,
                                            const char *name,
                                            const char *prologue,
                                            const char *epilogue);

/* Makes the kit of a realm, before anything else runs there. (nullable): as above */
JSCValue *mullion_native_make_kit  (JSCContext            *context);

G_END_DECLS
