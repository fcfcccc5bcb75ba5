/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "capabilities/mullion-capability.h"

#include <mullion.h>

G_BEGIN_DECLS

typedef struct _MullionAudit MullionAudit;

/* Begins to allow and to note all that the pages of @app use, the handlers of all capabilities too. */
MullionAudit *mullion_audit_new        (MullionApp           *app,
                                        MullionCapabilitySet *capabilities);
/* (transfer full): JSON for the manifest. */
char         *mullion_audit_dup_report (MullionAudit         *self);
void          mullion_audit_free       (MullionAudit         *self);

G_END_DECLS
