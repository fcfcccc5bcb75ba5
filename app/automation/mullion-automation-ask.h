/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a test asks of the app beside looking and pressing keys: named, with JSON in and JSON out.
 *
 * @args: (nullable): what the command takes; @callback gets a JsonNode, (nullable) (transfer full),
 * or an error. */
void      mullion_automation_ask        (MullionApp           *app,
                                         MullionBrowserWindow *window,
                                         const char           *command,
                                         JsonObject           *args,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
JsonNode *mullion_automation_ask_finish (GAsyncResult         *result,
                                         GError              **error);

/* A command: @task, (transfer full), has the app as its source object. */
typedef void (*MullionAutomationCommand) (MullionBrowserWindow *window,
                                          JsonObject           *args,
                                          GTask                *task);

/* Returns a string that @args must have, or fails @task, which is gone then. */
const char *mullion_automation_need_string (JsonObject *args,
                                            const char *member,
                                            GTask      *task);

/* Ends @task: a command that has done what it should. @value: (nullable) (transfer full) */
void        mullion_automation_answer      (GTask      *task,
                                            JsonNode   *value);

/* The commands, by the file that they are in. */
void mullion_automation_list_menu     (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task);
void mullion_automation_activate_menu (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task);

void mullion_automation_answer_dialog (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task);
void mullion_automation_list_dialogs  (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task);

void mullion_automation_list_notifications (MullionBrowserWindow *window,
                                            JsonObject           *args,
                                            GTask                *task);

void mullion_automation_give_files    (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task);

void mullion_automation_print         (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task);

void mullion_automation_invoke        (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task);
void mullion_automation_send          (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task);
void mullion_automation_mock          (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task);
void mullion_automation_unmock        (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task);
void mullion_automation_take_calls    (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task);

G_END_DECLS
