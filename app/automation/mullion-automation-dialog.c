/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-ask.h"

#include "mullion-dialog.h"
#include "mullion-notification.h"

/* The native dialogs and notifications of an app, for tests: which there were, and answering in the
 * user's place. Main process. */

void
mullion_automation_answer_dialog (MullionBrowserWindow *window,
                                  JsonObject           *args,
                                  GTask                *task)
{
  GError *error = NULL;

  if (mullion_dialog_answer_next (json_object_ref (args), &error))
    {
      mullion_automation_answer (task, NULL);
      return;
    }

  g_task_return_error (task, error);
  g_object_unref (task);
}

void
mullion_automation_list_dialogs (MullionBrowserWindow *window,
                                 JsonObject           *args,
                                 GTask                *task)
{
  mullion_automation_answer (task, mullion_dialog_dup_record ());
}

void
mullion_automation_list_notifications (MullionBrowserWindow *window,
                                       JsonObject           *args,
                                       GTask                *task)
{
  mullion_automation_answer (task, mullion_notification_dup_record ());
}
