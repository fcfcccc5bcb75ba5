/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-manifest.h"

G_BEGIN_DECLS

/* Electron's security checklist, held against an app. */
typedef struct _MullionChecklist MullionChecklist;

MullionChecklist *mullion_checklist_new             (MullionManifest        *manifest);
void              mullion_checklist_free            (MullionChecklist       *self);
/* Whether nothing is left for the app's author to look at. */
gboolean          mullion_checklist_is_clean        (const MullionChecklist *self);
/* (transfer full): for a person to read */
char             *mullion_checklist_dup_report      (const MullionChecklist *self);
/* (transfer full): the same for a program */
char             *mullion_checklist_dup_json        (const MullionChecklist *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionChecklist, mullion_checklist_free)

G_END_DECLS
