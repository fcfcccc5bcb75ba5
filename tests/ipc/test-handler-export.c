/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"

#include <string.h>

/* The handlers of an app on a real session bus, called with gdbus. */

#define ID "io.github.mullion.TestHandlerExport"
#define PATH "/io/github/mullion/TestHandlerExport"

static MullionApp *app;

typedef struct
{
  gboolean is_done;
  gboolean is_good;
  char *output;
  char *errors;
} Result;

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Result *told = user_data;
  g_autoptr(GError) error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &told->output, &told->errors,
                                        &error);
  g_assert_no_error (error);
  told->is_good = g_subprocess_get_successful (G_SUBPROCESS (source));
  told->is_done = TRUE;
}

/* (transfer full): what gdbus says, or "!" and its error. */
static char *
run_gdbus (const char *command,
           const char *method,
           const char *first,
           const char *second)
{
  const char *argv[] = { "gdbus", command, "--session", "--dest", ID, "--object-path", PATH,
                         method != NULL ? "--method" : NULL, method, first, second, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process =
      g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_autofree char *errors = NULL;
  g_autofree char *output = NULL;
  Result result = { 0 };

  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, done_cb, &result);
  ipc_wait_until (result.is_done);
  output = result.output;
  errors = result.errors;

  return result.is_good ? g_strdup (g_strstrip (output)) : g_strconcat ("!", g_strstrip (errors), NULL);
}

static void
assert_call (const char *channel,
             const char *arguments,
             const char *expected)
{
  g_autofree char *text = run_gdbus ("call", "io.github.mullion.IpcMain.Invoke", channel, arguments);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_error (const char *channel,
              const char *arguments,
              const char *name,
              const char *message)
{
  g_autofree char *text = run_gdbus ("call", "io.github.mullion.IpcMain.Invoke", channel, arguments);
  g_autofree char *expected = g_strdup_printf ("io.github.mullion.Error.%s: %s", name, message);

  g_assert_cmpint (*text, ==, '!');
  if (strstr (text, expected) == NULL)
    g_error ("“%s” is not in “%s”", expected, text);
}

static gboolean
answer_cb (gpointer user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;

  mullion_ipc_main_invoke_event_return (event, mullion_value_new_string ("later", -1));
  return G_SOURCE_REMOVE;
}

static void
handle (MullionIpcMainInvokeEvent *event,
        JsonArray                 *args,
        gpointer                   user_data)
{
  const char *channel = mullion_ipc_main_invoke_event_get_channel (event);
  JsonNode *copy = json_node_init_array (json_node_alloc (), args);

  g_assert_null (mullion_ipc_main_invoke_event_get_sender (event));
  g_assert_null (mullion_ipc_main_invoke_event_get_sender_frame (event));
  g_assert_false (g_cancellable_is_cancelled (mullion_ipc_main_invoke_event_get_cancellable (event)));

  if (g_str_equal (channel, "notes:echo"))
    mullion_ipc_main_invoke_event_return (event, g_steal_pointer (&copy));
  else if (g_str_equal (channel, "notes:later"))
    g_idle_add (answer_cb, g_object_ref (event));
  else if (g_str_equal (channel, "notes:fail"))
    mullion_ipc_main_invoke_event_return_new_error (event, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                                    "no such note");
  else if (g_str_equal (channel, "notes:nothing"))
    mullion_ipc_main_invoke_event_return (event, NULL);

  g_clear_pointer (&copy, json_node_unref);
}

static void
add_handlers (void)
{
  static const char *const channels[] = {
    "notes:echo", "notes:later", "notes:fail", "notes:nothing", "notes:forget", "secret",
  };
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    mullion_ipc_main_handle (ipc, channels[i], handle, NULL, NULL);
}

static guint name_id;

static void
acquired_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* The tests' app is one of many, and so has no name on the bus by itself. */
static void
own_name (void)
{
  gboolean has_name = FALSE;

  name_id = g_bus_own_name (G_BUS_TYPE_SESSION, ID, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, acquired_cb,
                            NULL, &has_name, NULL);
  ipc_wait_until (has_name);
}

static void
export (void)
{
  g_autoptr(MullionGrants) grants = mullion_grants_new ();
  g_autoptr(GError) error = NULL;

  mullion_grants_add (grants, "notes:*");
  mullion_app_export_handlers (app, grants, &error);
  g_assert_no_error (error);
}

static void
test_calls (void)
{
  export ();
  assert_call ("notes:echo", "[1.5, {\"a\": \"é\"}]", "('[1.5,{\"a\":\"é\"}]',)");
  assert_call ("notes:later", "[]", "('\"later\"',)");
  assert_call ("notes:nothing", "[]", "('null',)");
}

static void
test_errors (void)
{
  export ();
  assert_error ("notes:fail", "[]", "Failed", "Error: no such note");
  assert_error ("notes:forget", "[]", "Failed", "reply was never sent");
  assert_error ("notes:unknown", "[]", "Failed", "Error: No handler registered for 'notes:unknown'");
  assert_error ("notes:echo", "nonsense", "InvalidArguments", "Invalid arguments for 'notes:echo': ");
  assert_error ("notes:echo", "{}", "InvalidArguments",
                "Invalid arguments for 'notes:echo': The arguments have to be an array");
}

/* What is not granted is refused, whether there is a handler or not. */
static void
test_grants (void)
{
  g_autofree char *granted = NULL;
  g_autofree char *denied = NULL;

  export ();
  assert_error ("secret", "[]", "NotGranted", "'secret' is not granted to callers on the bus");
  assert_error ("nothing", "[]", "NotGranted", "'nothing' is not granted to callers on the bus");
  granted = run_gdbus ("call", "io.github.mullion.IpcMain.IsGranted", "notes:echo", NULL);
  g_assert_cmpstr (granted, ==, "(true,)");
  denied = run_gdbus ("call", "io.github.mullion.IpcMain.IsGranted", "secret", NULL);
  g_assert_cmpstr (denied, ==, "(false,)");
}

static void
test_schema (void)
{
  g_autoptr(JsonNode) json = json_from_string ("[ { \"type\": \"string\" } ]", NULL);
  g_autoptr(MullionSchema) schema = mullion_schema_new (json, NULL);

  export ();
  mullion_ipc_main_set_schema (mullion_app_get_ipc_main (app), "notes:echo", schema);
  assert_error ("notes:echo", "[5]", "InvalidArguments", "Invalid arguments for 'notes:echo': arguments[0]");
  assert_call ("notes:echo", "[\"five\"]", "('[\"five\"]',)");
  mullion_ipc_main_set_schema (mullion_app_get_ipc_main (app), "notes:echo", NULL);
}

static void
test_introspection (void)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  export ();
  before = run_gdbus ("introspect", NULL, NULL, NULL);
  g_assert_nonnull (strstr (before, "interface io.github.mullion.IpcMain"));
  g_assert_nonnull (strstr (before, "Invoke(in  s channel,"));
  mullion_app_unexport_handlers (app);
  after = run_gdbus ("introspect", NULL, NULL, NULL);
  g_assert_null (strstr (after, "interface io.github.mullion.IpcMain"));
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new (ID);
  add_handlers ();
  own_name ();
  g_test_add_func ("/handler-export/calls", test_calls);
  g_test_add_func ("/handler-export/errors", test_errors);
  g_test_add_func ("/handler-export/grants", test_grants);
  g_test_add_func ("/handler-export/schema", test_schema);
  g_test_add_func ("/handler-export/introspection", test_introspection);
  result = g_test_run ();
  g_bus_unown_name (name_id);
  g_object_unref (app);

  return result;
}
