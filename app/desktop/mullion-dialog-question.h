/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

typedef enum
{
  MULLION_DIALOG_OPEN,
  MULLION_DIALOG_SAVE,
  MULLION_DIALOG_MESSAGE,
  MULLION_DIALOG_ERROR,
} MullionDialogKind;

#define MULLION_TYPE_DIALOG_QUESTION (mullion_dialog_question_get_type ())
G_DECLARE_FINAL_TYPE (MullionDialogQuestion, mullion_dialog_question, MULLION, DIALOG_QUESTION,
                      GObject)

/* @options, @task: (nullable); @task: (transfer full), and returns what Electron's promise does */
MullionDialogQuestion *
              mullion_dialog_question_new         (MullionDialogKind      kind,
                                                   MullionBrowserWindow  *window,
                                                   JsonObject            *options,
                                                   GTask                 *task);
/* How many buttons there are to answer with, and which one stands for closing the box. */
void          mullion_dialog_question_set_buttons (MullionDialogQuestion *self,
                                                   int                    n_buttons,
                                                   int                    cancel_id);

MullionDialogKind
              mullion_dialog_question_get_kind    (MullionDialogQuestion *self);

/* From here on there is something to answer: TRUE where the answer was there before the question,
 * and nothing is to be shown. */
gboolean      mullion_dialog_question_ask         (MullionDialogQuestion *self);

/* What ends the dialog on the screen when it was answered otherwise. */
GCancellable *mullion_dialog_question_get_closer  (MullionDialogQuestion *self);

/* What came of the dialog on the screen; nothing happens where it was answered otherwise.
 * @result, @error: (transfer full) */
void          mullion_dialog_question_return      (MullionDialogQuestion *self,
                                                   JsonObject            *result);
void          mullion_dialog_question_fail        (MullionDialogQuestion *self,
                                                   GError                *error);

/* (transfer full): { "canceled": true } and what belongs to it */
JsonObject   *mullion_dialog_question_dismiss     (MullionDialogQuestion *self);

/* What mullion_dialog_answer_next () and mullion_dialog_dup_record () do. */
gboolean      mullion_dialog_question_answer_next (JsonObject            *answer,
                                                   GError               **error);
JsonNode     *mullion_dialog_question_dup_record  (void);

G_END_DECLS
