/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"

/*
 * Dialogs from C, answered by a test in the place of a person: before they open, while they are
 * open, and through the widgets that a user would press.
 */

static GAsyncResult *outcome;

static void
note_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object (&outcome, result);
}

static JsonObject *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

static void
answer_next (const char *text)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (mullion_dialog_answer_next (parse (text), &error));
  g_assert_no_error (error);
}

static void
assert_refuses_answer (const char *text)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_dialog_answer_next (parse (text), &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
}

static GtkWindow *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (GTK_IS_DIALOG (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static GtkWidget *
find_child (GtkWidget *root,
            GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
ask (MullionBrowserWindow *window,
     const char           *options,
     GCancellable         *cancellable)
{
  g_autoptr(JsonObject) object = parse (options);

  g_clear_object (&outcome);
  mullion_dialog_show_message_box_async (window, object, cancellable, note_cb, NULL);
}

static void
assert_response (int      expected,
                 gboolean expected_check)
{
  g_autoptr(GError) error = NULL;
  gboolean is_checked = !expected_check;
  int response;

  ipc_wait_until (outcome != NULL);
  response = mullion_dialog_show_message_box_finish (outcome, &is_checked, &error);
  g_assert_no_error (error);
  g_assert_cmpint (response, ==, expected);
  g_assert_cmpint (is_checked, ==, expected_check);
  /* It keeps the window. */
  g_clear_object (&outcome);
  ipc_wait_until (find_dialog () == NULL);
}

/* The latest row of the record, as text. */
static void
assert_recorded (const char *expected)
{
  g_autoptr(JsonNode) record = mullion_dialog_dup_record ();
  JsonArray *array = json_node_get_array (record);
  g_autofree char *text =
    json_to_string (json_array_get_element (array, json_array_get_length (array) - 1), FALSE);

  g_assert_cmpstr (text, ==, expected);
}

/* -- Before it opens -- */

static void
test_open_answered (void)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) paths = NULL;
  g_auto(GStrv) none = NULL;
  g_autoptr(JsonObject) options = parse ("{ \"properties\": [\"multiSelections\"] }");

  answer_next ("{ \"filePaths\": [\"/one\", \"/two\"] }");
  answer_next ("{ \"canceled\": true }");
  mullion_dialog_show_open_dialog_async (NULL, options, NULL, note_cb, NULL);
  g_assert_null (find_dialog ());
  ipc_wait_until (outcome != NULL);
  paths = mullion_dialog_show_open_dialog_finish (outcome, &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (paths, ((const char *[]) { "/one", "/two", NULL }));
  assert_recorded ("{\"type\":\"open\",\"options\":{\"properties\":[\"multiSelections\"]},"
                   "\"answer\":{\"canceled\":false,\"filePaths\":[\"/one\",\"/two\"]}}");

  g_clear_object (&outcome);
  mullion_dialog_show_open_dialog_async (NULL, NULL, NULL, note_cb, NULL);
  ipc_wait_until (outcome != NULL);
  none = mullion_dialog_show_open_dialog_finish (outcome, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
assert_saved (const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  g_clear_object (&outcome);
  mullion_dialog_show_save_dialog_async (NULL, NULL, NULL, note_cb, NULL);
  ipc_wait_until (outcome != NULL);
  g_assert_true (mullion_dialog_show_save_dialog_finish (outcome, &path, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (path, ==, expected);
}

static void
test_save_answered (void)
{
  answer_next ("{ \"filePath\": \"/there.txt\" }");
  assert_saved ("/there.txt");
  answer_next ("{ \"canceled\": true }");
  assert_saved (NULL);
}

static void
test_wrong_answer (void)
{
  g_autoptr(GError) error = NULL;

  assert_refuses_answer ("{}");
  assert_refuses_answer ("{ \"checkboxChecked\": true }");

  /* An answer of another kind fails the dialog, so that no test waits for ever. */
  answer_next ("{ \"filePath\": \"/there.txt\" }");
  ask (NULL, "{ \"message\": \"Well?\" }", NULL);
  ipc_wait_until (outcome != NULL);
  g_assert_cmpint (mullion_dialog_show_message_box_finish (outcome, NULL, &error), ==, -1);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
}

static void
test_bad_options (void)
{
  g_autoptr(GError) error = NULL;

  ask (NULL, "{ \"buttons\": [\"a\"] }", NULL);
  ipc_wait_until (outcome != NULL);
  g_assert_cmpint (mullion_dialog_show_message_box_finish (outcome, NULL, &error), ==, -1);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "message: expected a string");
}

/* -- While it is open -- */

static void
test_message_answered_while_open (void)
{
  ask (NULL, "{ \"message\": \"Well?\", \"buttons\": [\"a\", \"b\"] }", NULL);
  ipc_wait_until (find_dialog () != NULL);
  assert_recorded ("{\"type\":\"message\",\"options\":{\"message\":\"Well?\","
                   "\"buttons\":[\"a\",\"b\"]}}");

  assert_refuses_answer ("{ \"filePaths\": [] }");
  assert_refuses_answer ("{ \"response\": 2 }");
  g_assert_nonnull (find_dialog ());
  answer_next ("{ \"response\": 1, \"checkboxChecked\": true }");
  assert_response (1, TRUE);
}

static void
test_open_answered_while_open (void)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) paths = NULL;

  g_clear_object (&outcome);
  mullion_dialog_show_open_dialog_async (NULL, NULL, NULL, note_cb, NULL);
  ipc_wait_until (find_dialog () != NULL);
  answer_next ("{ \"filePaths\": [\"/one\"] }");
  ipc_wait_until (outcome != NULL);
  paths = mullion_dialog_show_open_dialog_finish (outcome, &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (paths, ((const char *[]) { "/one", NULL }));
  ipc_wait_until (find_dialog () == NULL);
}

static void
test_message_by_hand (void)
{
  g_autoptr(IpcWindow) window = ipc_window_new ("{}");
  GtkWidget *checkbox;

  ask (window->window,
       "{ \"message\": \"Well?\", \"buttons\": [\"yes\", \"no\"], \"checkboxLabel\": \"Always\" }",
       NULL);
  ipc_wait_until (find_dialog () != NULL);
  g_assert_true (gtk_window_get_modal (find_dialog ()));
  g_assert_true (gtk_window_get_transient_for (find_dialog ()) == GTK_WINDOW (window->window));
  checkbox = find_child (GTK_WIDGET (find_dialog ()), GTK_TYPE_CHECK_BUTTON);
  g_assert_cmpstr (gtk_check_button_get_label (GTK_CHECK_BUTTON (checkbox)), ==, "Always");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (checkbox), TRUE);
  gtk_dialog_response (GTK_DIALOG (find_dialog ()), 0);
  assert_response (0, TRUE);
}

/* A picture is shown in its own colours, and a name as the theme has it. */
static void
assert_icon (const char   *icon,
             GtkImageType  type)
{
  g_autofree char *options =
    g_strdup_printf ("{ \"message\": \"Well?\", \"icon\": \"%s\" }", icon);
  GtkWidget *image;

  ask (NULL, options, NULL);
  ipc_wait_until (find_dialog () != NULL);
  image = find_child (GTK_WIDGET (find_dialog ()), GTK_TYPE_IMAGE);
  g_assert_nonnull (image);
  g_assert_cmpint (gtk_image_get_storage_type (GTK_IMAGE (image)), ==, type);
  gtk_dialog_response (GTK_DIALOG (find_dialog ()), 0);
  assert_response (0, FALSE);
}

static void
test_icon (void)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "..", "resources", "desktop",
                                                 "io.github.mullion.Gallery.svg", NULL);

  assert_icon (file, GTK_IMAGE_PAINTABLE);
  assert_icon ("mail-unread", GTK_IMAGE_ICON_NAME);
}

static void
test_cancellable (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  ask (NULL, "{ \"message\": \"Well?\" }", cancellable);
  ipc_wait_until (find_dialog () != NULL);
  g_cancellable_cancel (cancellable);
  ipc_wait_until (outcome != NULL);
  g_assert_cmpint (mullion_dialog_show_message_box_finish (outcome, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ipc_wait_until (find_dialog () == NULL);
}

/* Who waits for an answer gets one, also when the window goes. */
static void
test_window_destroyed (void)
{
  IpcWindow *window = ipc_window_new ("{}");

  ask (window->window, "{ \"message\": \"Well?\", \"buttons\": [\"yes\", \"no\"] }", NULL);
  ipc_wait_until (find_dialog () != NULL);
  mullion_browser_window_destroy (window->window);
  assert_response (1, FALSE);
  ipc_window_free (window);
}

static void
test_error_box (void)
{
  mullion_dialog_show_error_box ("It broke", "And nobody knows why");
  ipc_wait_until (find_dialog () != NULL);
  answer_next ("{ \"canceled\": true }");
  ipc_wait_until (find_dialog () == NULL);
  assert_recorded ("{\"type\":\"error\",\"options\":{\"title\":\"It broke\","
                   "\"content\":\"And nobody knows why\"},\"answer\":{}}");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  ipc_app_new ("io.github.mullion.Dialog");

  g_test_add_func ("/dialog/open-answered", test_open_answered);
  g_test_add_func ("/dialog/save-answered", test_save_answered);
  g_test_add_func ("/dialog/wrong-answer", test_wrong_answer);
  g_test_add_func ("/dialog/bad-options", test_bad_options);
  g_test_add_func ("/dialog/message-answered-while-open", test_message_answered_while_open);
#if !GTK_CHECK_VERSION (4, 10, 0)
  /* Later file dialogs are none of this process's windows. */
  g_test_add_func ("/dialog/open-answered-while-open", test_open_answered_while_open);
#endif
  g_test_add_func ("/dialog/message-by-hand", test_message_by_hand);
  g_test_add_func ("/dialog/icon", test_icon);
  g_test_add_func ("/dialog/cancellable", test_cancellable);
  g_test_add_func ("/dialog/window-destroyed", test_window_destroyed);
  g_test_add_func ("/dialog/error-box", test_error_box);

  status = g_test_run ();
  g_clear_object (&outcome);
  return status;
}
