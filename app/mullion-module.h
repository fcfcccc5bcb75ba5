/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-app.h"
#include "mullion-message-port-main.h"

G_BEGIN_DECLS

/**
 * MULLION_MODULE_EXPORT:
 *
 * Marks the functions that are looked for in C modules: that of an app, and that of a helper.
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

/**
 * MullionUtilityModuleStartFunc:
 * @parent_port: (transfer none): the port to the process that forked this one
 * @args: (array zero-terminated=1) (transfer none): the arguments of [ctor@UtilityProcess.fork]
 *
 * The type of `mullion_utility_module_start`, the one symbol that the C module of a helper must have.
 *
 * It is called once, on the main thread of a process of its own: the place to connect to the signals of
 * @parent_port. The port is started and a main loop runs when the function has returned. The process
 * ends with 0 when the port is closed, and at any time with what the module gives to `exit ()`.
 *
 * Since: 0.1
 */
typedef void (*MullionUtilityModuleStartFunc) (MullionMessagePortMain *parent_port,
                                               const char * const     *args);

/* Each module defines the one of these that it is for; the library has none of these names. */
#ifndef __GI_SCANNER__
MULLION_MODULE_EXPORT void mullion_app_module_activate  (MullionApp             *app);
MULLION_MODULE_EXPORT void mullion_utility_module_start (MullionMessagePortMain *parent_port,
                                                         const char * const     *args);
#endif

G_END_DECLS
