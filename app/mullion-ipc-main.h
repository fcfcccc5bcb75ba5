/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_IPC_MAIN (mullion_ipc_main_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionIpcMain, mullion_ipc_main, MULLION, IPC_MAIN, GObject)

/**
 * MullionIpcMainListener:
 * @event: the message: who sent it, on which channel, and how to answer
 * @args: what the page gave after the channel, one element an argument
 * @user_data: what was given to [method@IpcMain.on]
 *
 * Hears a message that a page sent with `ipcRenderer.send` or `ipcRenderer.sendSync`.
 *
 * It runs on the thread of the main loop. @event and @args may be kept with a reference.
 *
 * Since: 0.1
 */
typedef void (*MullionIpcMainListener) (MullionIpcMainEvent *event,
                                        JsonArray           *args,
                                        gpointer             user_data);

/**
 * MullionIpcMainHandler:
 * @event: the call, answered once with [method@IpcMainInvokeEvent.return] or
 *   [method@IpcMainInvokeEvent.return_error]
 * @args: what the page gave after the channel, one element an argument
 * @user_data: what was given to [method@IpcMain.handle]
 *
 * Answers a call that a page made with `ipcRenderer.invoke`.
 *
 * The answer may come at once or later: keep a reference on @event till then. An event that goes
 * away without an answer rejects the page's promise with `reply was never sent`.
 *
 * Since: 0.1
 */
typedef void (*MullionIpcMainHandler) (MullionIpcMainInvokeEvent *event,
                                       JsonArray                 *args,
                                       gpointer                   user_data);

MULLION_AVAILABLE_IN_ALL
MullionIpcMain *mullion_ipc_main_new (void);

MULLION_AVAILABLE_IN_ALL
guint mullion_ipc_main_on (MullionIpcMain         *self,
                           const char             *channel,
                           MullionIpcMainListener  listener,
                           gpointer                user_data,
                           GDestroyNotify          user_data_free);
MULLION_AVAILABLE_IN_ALL
guint mullion_ipc_main_once (MullionIpcMain         *self,
                             const char             *channel,
                             MullionIpcMainListener  listener,
                             gpointer                user_data,
                             GDestroyNotify          user_data_free);
MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_off (MullionIpcMain *self,
                           guint           listener_id);
MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_remove_all_listeners (MullionIpcMain *self,
                                            const char     *channel);
MULLION_AVAILABLE_IN_ALL
guint mullion_ipc_main_listener_count (MullionIpcMain *self,
                                       const char     *channel);

MULLION_AVAILABLE_IN_ALL
gboolean mullion_ipc_main_handle (MullionIpcMain        *self,
                                  const char            *channel,
                                  MullionIpcMainHandler  handler,
                                  gpointer               user_data,
                                  GDestroyNotify         user_data_free);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_ipc_main_handle_once (MullionIpcMain        *self,
                                       const char            *channel,
                                       MullionIpcMainHandler  handler,
                                       gpointer               user_data,
                                       GDestroyNotify         user_data_free);
MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_remove_handler (MullionIpcMain *self,
                                      const char     *channel);

MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_set_schema (MullionIpcMain *self,
                                  const char     *channel,
                                  MullionSchema  *schema);
MULLION_AVAILABLE_IN_ALL
MullionSchema *mullion_ipc_main_get_schema (MullionIpcMain *self,
                                            const char     *channel);

G_END_DECLS
