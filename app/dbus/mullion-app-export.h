/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_export_handlers   (MullionApp     *self,
                                        MullionGrants  *grants,
                                        GError        **error);
MULLION_AVAILABLE_IN_ALL
void     mullion_app_unexport_handlers (MullionApp     *self);

G_END_DECLS
