/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-app.h"

G_BEGIN_DECLS

/**
 * MULLION_MODULE_EXPORT:
 *
 * Marks the function that the launcher looks for in the C module of an app.
 *
 * Since: 0.1
 */
#define MULLION_MODULE_EXPORT __attribute__ ((visibility ("default"))) extern

/**
 * MullionAppModuleActivateFunc:
 * @app: (transfer none): the app that is about to run
 *
 * The type of `mullion_app_module_activate`, the one symbol that the C module of an app must have.
 *
 * The launcher calls it once, on the main thread, when @app is ready and before its first window is
 * made: the place to register handlers with [method@App.get_ipc_main] and to connect to signals.
 * The module stays loaded until the program ends.
 *
 * Since: 0.1
 */
typedef void (*MullionAppModuleActivateFunc) (MullionApp *app);

/* Each module defines this function for itself; the library has none of that name. */
#ifndef __GI_SCANNER__
MULLION_MODULE_EXPORT void mullion_app_module_activate (MullionApp *app);
#endif

G_END_DECLS
