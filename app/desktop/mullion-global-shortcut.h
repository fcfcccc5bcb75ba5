/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/**
 * MullionGlobalShortcutFunc:
 * @accelerator: the accelerator, as it was registered
 * @user_data: data of the registration
 *
 * What is called when the user presses a global shortcut.
 *
 * Since: 0.1
 */
typedef void (*MullionGlobalShortcutFunc) (const char *accelerator,
                                           gpointer    user_data);

MULLION_AVAILABLE_IN_ALL
void     mullion_global_shortcut_register_async  (const char                 *accelerator,
                                                  MullionGlobalShortcutFunc   func,
                                                  gpointer                    func_data,
                                                  GDestroyNotify              func_destroy,
                                                  GCancellable               *cancellable,
                                                  GAsyncReadyCallback         callback,
                                                  gpointer                    user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_global_shortcut_register_finish (GAsyncResult               *result,
                                                  GError                    **error);
MULLION_AVAILABLE_IN_ALL
void     mullion_global_shortcut_register_all_async  (const char *const         *accelerators,
                                                      MullionGlobalShortcutFunc  func,
                                                      gpointer                   func_data,
                                                      GDestroyNotify             func_destroy,
                                                      GCancellable              *cancellable,
                                                      GAsyncReadyCallback        callback,
                                                      gpointer                   user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_global_shortcut_register_all_finish (GAsyncResult              *result,
                                                      GError                   **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_global_shortcut_is_registered   (const char                 *accelerator);
MULLION_AVAILABLE_IN_ALL
void     mullion_global_shortcut_unregister      (const char                 *accelerator);
MULLION_AVAILABLE_IN_ALL
void     mullion_global_shortcut_unregister_all  (void);

G_END_DECLS
