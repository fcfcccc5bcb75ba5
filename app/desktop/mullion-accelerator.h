/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* (transfer full), or NULL with @error set: what GTK calls an accelerator of Electron's, such as
 * "<Control><Shift>k" for "CmdOrCtrl+Shift+K". */
char *mullion_accelerator_to_gtk (const char  *accelerator,
                                  GError     **error);

G_END_DECLS
