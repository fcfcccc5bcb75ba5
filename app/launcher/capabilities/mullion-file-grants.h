/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MULLION_TYPE_FILE_GRANTS (mullion_file_grants_get_type ())

G_DECLARE_FINAL_TYPE (MullionFileGrants, mullion_file_grants, MULLION, FILE_GRANTS, GObject)

MullionFileGrants *mullion_file_grants_new (void);
void               mullion_file_grants_add (MullionFileGrants *self,
                                            const char        *path);
gboolean           mullion_file_grants_has (MullionFileGrants *self,
                                            const char        *path);

G_END_DECLS
