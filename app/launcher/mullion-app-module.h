/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

typedef struct _MullionAppModule MullionAppModule;

MullionAppModule *mullion_app_module_load  (const char       *path,
                                            GError          **error);
/* Hands the app to the module. */
void              mullion_app_module_start (MullionAppModule *self,
                                            MullionApp       *app);
/* The code stays loaded: the app may still hold pointers to it. */
void              mullion_app_module_free  (MullionAppModule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionAppModule, mullion_app_module_free)

G_END_DECLS
