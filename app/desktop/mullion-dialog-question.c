/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-dialog-question.h"

#include "mullion-browser-window.h"
#include "mullion-error.h"
#include "mullion-options.h"

/*
 * MullionDialogQuestion: a dialog from the call to its answer, whoever gives it.
 *
 * Main process. The user answers on the screen. A test, or the driver of one, answers here: for
 * the dialog that is open, or before the next one opens, which is then not shown at all. So there
 * is no moment at which a test could be too early or too late. What was asked and answered is kept
 * for tests to read.
 */

#define MAX_RECORD 100
#define MAX_PATHS 10000
#define MAX_PATH 4096

struct _MullionDialogQuestion
{
  GObject parent_instance;

  MullionDialogKind kind;
  GTask *task; /* (nullable): nobody waits for an error box */
  MullionBrowserWindow *window; /* (nullable) (unowned): till it is closed */
  JsonObject *entry; /* what the record says of it */
  GCancellable *closer;
  gulong cancelled_id;
  int n_buttons;
  int cancel_id;
  gboolean is_open;
};

G_DEFINE_FINAL_TYPE (MullionDialogQuestion, mullion_dialog_question, G_TYPE_OBJECT)

/* A program has one user, and one desktop. */
static GQueue open_questions = G_QUEUE_INIT; /* of (owned) MullionDialogQuestion, newest first */
static GQueue answers = G_QUEUE_INIT; /* of (owned) JsonObject */
static GQueue record = G_QUEUE_INIT;  /* of (owned) JsonObject */

static const char *const kind_names[] = {
  [MULLION_DIALOG_OPEN] = "open",
  [MULLION_DIALOG_SAVE] = "save",
  [MULLION_DIALOG_MESSAGE] = "message",
  [MULLION_DIALOG_ERROR] = "error",
};

/* -- Answers -- */

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, message);
  return FALSE;
}

static JsonObject *
make_open_result (JsonArray *paths)
{
  JsonObject *result = json_object_new ();

  json_object_set_boolean_member (result, "canceled", json_array_get_length (paths) == 0);
  json_object_set_array_member (result, "filePaths", json_array_ref (paths));
  return result;
}

static JsonObject *
make_save_result (const char *path)
{
  JsonObject *result = json_object_new ();

  json_object_set_boolean_member (result, "canceled", *path == '\0');
  json_object_set_string_member (result, "filePath", path);
  return result;
}

static JsonObject *
make_message_result (int      response,
                     gboolean is_checked)
{
  JsonObject *result = json_object_new ();

  json_object_set_int_member (result, "response", response);
  json_object_set_boolean_member (result, "checkboxChecked", is_checked);
  return result;
}

JsonObject *
mullion_dialog_question_dismiss (MullionDialogQuestion *self)
{
  g_autoptr(JsonArray) none = json_array_new ();

  switch (self->kind)
    {
    case MULLION_DIALOG_OPEN:
      return make_open_result (none);
    case MULLION_DIALOG_SAVE:
      return make_save_result ("");
    case MULLION_DIALOG_MESSAGE:
      return make_message_result (self->cancel_id, FALSE);
    case MULLION_DIALOG_ERROR:
    default:
      return json_object_new ();
    }
}

static JsonObject *
read_paths (JsonObject  *answer,
            GError     **error)
{
  g_auto(GStrv) paths = NULL;
  JsonArray *array = NULL;

  if (!mullion_options_get_strings (answer, "filePaths", MAX_PATHS, MAX_PATH, &paths, error) ||
      !mullion_options_get_array (answer, "filePaths", MAX_PATHS, &array, error))
    return NULL;
  if (array == NULL)
    {
      fail (error, "filePaths: expected an array, to answer an open dialog");
      return NULL;
    }
  return make_open_result (array);
}

static JsonObject *
read_path (JsonObject  *answer,
           GError     **error)
{
  const char *path = NULL;

  if (!mullion_options_get_string (answer, "filePath", MAX_PATH, &path, error))
    return NULL;
  if (path == NULL)
    {
      fail (error, "filePath: expected a string, to answer a save dialog");
      return NULL;
    }
  return make_save_result (path);
}

static JsonObject *
read_response (MullionDialogQuestion  *self,
               JsonObject             *answer,
               GError                **error)
{
  int response = -1;
  gboolean is_checked = FALSE;

  if (!mullion_options_get_int (answer, "response", &response, error) ||
      !mullion_options_get_boolean (answer, "checkboxChecked", &is_checked, error))
    return NULL;
  if (response < 0 || response >= self->n_buttons)
    {
      fail (error, "response: expected the index of a button, to answer a message box");
      return NULL;
    }
  return make_message_result (response, is_checked);
}

/* (transfer full): what a test said, as the dialog itself would have said it */
static JsonObject *
read_answer (MullionDialogQuestion  *self,
             JsonObject             *answer,
             GError                **error)
{
  gboolean is_canceled = FALSE;

  if (!mullion_options_get_boolean (answer, "canceled", &is_canceled, error))
    return NULL;
  if (is_canceled)
    return mullion_dialog_question_dismiss (self);

  switch (self->kind)
    {
    case MULLION_DIALOG_OPEN:
      return read_paths (answer, error);
    case MULLION_DIALOG_SAVE:
      return read_path (answer, error);
    case MULLION_DIALOG_MESSAGE:
      return read_response (self, answer, error);
    case MULLION_DIALOG_ERROR:
    default:
      return json_object_new ();
    }
}

/* -- From the question to its answer -- */

static void
window_closed_cb (MullionDialogQuestion *self)
{
  g_autoptr(MullionDialogQuestion) kept = g_object_ref (self);

  mullion_dialog_question_return (self, mullion_dialog_question_dismiss (self));
}

/* Not a handler of GTask: the dialog closes now, and its answer comes when it has. */
static void
cancelled_cb (GCancellable *cancellable,
              gpointer      closer)
{
  g_cancellable_cancel (closer);
}

static GCancellable *
get_cancellable (MullionDialogQuestion *self)
{
  return self->task != NULL ? g_task_get_cancellable (self->task) : NULL;
}

static void
close_question (MullionDialogQuestion *self)
{
  self->is_open = FALSE;
  if (self->window != NULL)
    g_signal_handlers_disconnect_by_func (self->window, window_closed_cb, self);
  self->window = NULL;
  g_cancellable_disconnect (get_cancellable (self), self->cancelled_id);
  self->cancelled_id = 0;
  g_cancellable_cancel (self->closer);
  if (g_queue_remove (&open_questions, self))
    g_object_unref (self);
}

void
mullion_dialog_question_return (MullionDialogQuestion *self,
                                JsonObject            *result)
{
  g_autoptr(JsonObject) owned = result;
  g_autoptr(MullionDialogQuestion) kept = g_object_ref (self);

  if (!self->is_open)
    return;

  json_object_set_object_member (self->entry, "answer", json_object_ref (result));
  close_question (self);
  if (self->task != NULL)
    g_task_return_pointer (self->task, g_steal_pointer (&owned),
                           (GDestroyNotify) json_object_unref);
  g_clear_object (&self->task);
}

void
mullion_dialog_question_fail (MullionDialogQuestion *self,
                              GError                *error)
{
  g_autoptr(GError) owned = error;
  g_autoptr(MullionDialogQuestion) kept = g_object_ref (self);

  if (!self->is_open)
    return;

  json_object_set_string_member (self->entry, "error", error->message);
  close_question (self);
  if (self->task != NULL)
    g_task_return_error (self->task, g_steal_pointer (&owned));
  g_clear_object (&self->task);
}

static void
take_answer (MullionDialogQuestion *self,
             JsonObject            *answer)
{
  g_autoptr(GError) error = NULL;
  JsonObject *result = read_answer (self, answer, &error);

  if (result != NULL)
    mullion_dialog_question_return (self, result);
  else
    mullion_dialog_question_fail (self, g_steal_pointer (&error));
}

gboolean
mullion_dialog_question_ask (MullionDialogQuestion *self)
{
  g_autoptr(JsonObject) answer = g_queue_pop_head (&answers);

  self->is_open = TRUE;
  if (self->window != NULL)
    g_signal_connect_object (self->window, "closed", G_CALLBACK (window_closed_cb), self,
                             G_CONNECT_SWAPPED);
  if (get_cancellable (self) != NULL)
    self->cancelled_id = g_cancellable_connect (get_cancellable (self), G_CALLBACK (cancelled_cb),
                                                g_object_ref (self->closer), g_object_unref);
  g_queue_push_head (&open_questions, g_object_ref (self));
  g_queue_push_tail (&record, json_object_ref (self->entry));
  if (record.length > MAX_RECORD)
    json_object_unref (g_queue_pop_head (&record));

  if (answer != NULL)
    take_answer (self, answer);
  return answer != NULL;
}

MullionDialogKind
mullion_dialog_question_get_kind (MullionDialogQuestion *self)
{
  return self->kind;
}

GCancellable *
mullion_dialog_question_get_closer (MullionDialogQuestion *self)
{
  return self->closer;
}

void
mullion_dialog_question_set_buttons (MullionDialogQuestion *self,
                                     int                    n_buttons,
                                     int                    cancel_id)
{
  self->n_buttons = n_buttons;
  self->cancel_id = cancel_id;
}

/* -- Tests -- */

static gboolean
is_answer (JsonObject *answer)
{
  static const char *const keys[] = { "canceled", "filePaths", "filePath", "response" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (json_object_has_member (answer, keys[i]))
      return TRUE;
  return FALSE;
}

gboolean
mullion_dialog_question_answer_next (JsonObject  *answer,
                                     GError     **error)
{
  g_autoptr(JsonObject) owned = answer;
  MullionDialogQuestion *newest = g_queue_peek_head (&open_questions);
  JsonObject *result;

  if (!is_answer (answer))
    return fail (error, "an answer has one of canceled, filePaths, filePath and response");
  if (newest == NULL)
    {
      g_queue_push_tail (&answers, g_steal_pointer (&owned));
      return TRUE;
    }

  result = read_answer (newest, answer, error);
  if (result != NULL)
    mullion_dialog_question_return (newest, result);
  return result != NULL;
}

JsonNode *
mullion_dialog_question_dup_record (void)
{
  JsonArray *array = json_array_new ();

  for (GList *l = record.head; l != NULL; l = l->next)
    json_array_add_object_element (array, json_object_ref (l->data));
  return json_node_init_array (json_node_alloc (), array);
}

/* -- Its beginning and its end -- */

static void
mullion_dialog_question_finalize (GObject *object)
{
  MullionDialogQuestion *self = MULLION_DIALOG_QUESTION (object);

  g_clear_object (&self->task);
  g_clear_object (&self->closer);
  json_object_unref (self->entry);

  G_OBJECT_CLASS (mullion_dialog_question_parent_class)->finalize (object);
}

static void
mullion_dialog_question_class_init (MullionDialogQuestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_dialog_question_finalize;
}

static void
mullion_dialog_question_init (MullionDialogQuestion *self)
{
  self->closer = g_cancellable_new ();
  self->entry = json_object_new ();
  self->n_buttons = 1;
}

MullionDialogQuestion *
mullion_dialog_question_new (MullionDialogKind     kind,
                             MullionBrowserWindow *window,
                             JsonObject           *options,
                             GTask                *task)
{
  MullionDialogQuestion *self = g_object_new (MULLION_TYPE_DIALOG_QUESTION, NULL);

  self->kind = kind;
  self->window = window;
  self->task = task;
  json_object_set_string_member (self->entry, "type", kind_names[kind]);
  if (window != NULL)
    json_object_set_int_member (self->entry, "windowId", mullion_browser_window_get_id (window));
  json_object_set_object_member (self->entry, "options",
                                 options != NULL ? json_object_ref (options) : json_object_new ());
  return self;
}
