/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"

#include <glib/gstdio.h>
#include <mullion.h>

/*
 * The start with the session of the user: a file in a home of this test's own, or in a sandbox what a
 * portal of this test's own says.
 */

#define ID "io.github.mullion.AppLogin"

static MullionApp *app;

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static gboolean
set_open_at_login (gboolean            opens,
                   const char *const  *args,
                   GError            **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mullion_app_set_open_at_login_async (app, opens, args, NULL, done_cb, &result);
  mock_wait_until (result != NULL);
  return mullion_app_set_open_at_login_finish (app, result, error);
}

static void
test_open_at_login (void)
{
  static const char *const args[] = { "--quiet", "a \"b\" $c 50%", NULL };
  g_autofree char *path =
    g_build_filename (g_get_user_config_dir (), "autostart", ID ".desktop", NULL);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *expected =
    g_strdup_printf ("\"%s\" \"--quiet\" \"a \\\"b\\\" \\$c 50%%%%\"", program);
  g_autoptr(GKeyFile) entry = g_key_file_new ();
  g_autofree char *command = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_app_get_open_at_login (app));
  g_assert_true (set_open_at_login (TRUE, args, &error));
  g_assert_no_error (error);
  g_assert_true (mullion_app_get_open_at_login (app));
  g_assert_true (g_key_file_load_from_file (entry, path, G_KEY_FILE_NONE, &error));
  command = g_key_file_get_string (entry, "Desktop Entry", "Exec", NULL);
  name = g_key_file_get_string (entry, "Desktop Entry", "Name", NULL);
  g_assert_cmpstr (command, ==, expected);
  g_assert_cmpstr (name, ==, "Panes");

  g_assert_true (set_open_at_login (FALSE, NULL, &error));
  g_assert_false (mullion_app_get_open_at_login (app));
  g_assert_true (set_open_at_login (FALSE, NULL, &error));
  g_assert_no_error (error);
}

/* -- The same in a sandbox: the portal says whether -- */

#define PORTAL "org.freedesktop.portal.Desktop"

static guint answer_of_portal;
static gboolean autostarts; /* what the portal says became of it */

static GVariant *
answer_portal (MockService *service,
               const char  *method,
               GVariant    *arguments)
{
  g_autoptr(GVariant) options = g_variant_get_child_value (arguments, 1);

  return mock_service_respond (service, options, answer_of_portal,
                               g_variant_new_parsed ("{'background': <true>, 'autostart': <%b>}",
                                                     autostarts));
}

static GVariant *
promise_an_answer (MockService *service,
                   const char  *method,
                   GVariant    *arguments)
{
  return g_variant_new ("(o)", "/org/freedesktop/portal/desktop/request/nobody");
}

static MockService *
start_portal (MockAnswer answer)
{
  g_setenv ("GTK_USE_PORTAL", "1", TRUE);
  return mock_service_new (
    PORTAL, "/org/freedesktop/portal/desktop",
    "<node><interface name='org.freedesktop.portal.Background'>"
    "  <method name='RequestBackground'><arg type='s'/><arg type='a{sv}'/>"
    "    <arg type='o' direction='out'/></method>"
    "</interface></node>", answer);
}

static void
assert_asked (MockService *portal,
              gboolean     autostart,
              const char  *argument)
{
  g_autoptr(GVariant) asked = mock_service_wait (portal, "RequestBackground");
  g_autoptr(GVariant) options = g_variant_get_child_value (asked, 1);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree const char **command = NULL;
  gboolean opens = !autostart;

  g_assert_true (g_variant_lookup (options, "autostart", "b", &opens));
  g_assert_cmpint (opens, ==, autostart);
  g_assert_true (g_variant_lookup (options, "commandline", "^a&s", &command));
  g_assert_cmpstrv (command, ((const char *[]) { program, argument, NULL }));
}

static void
assert_login_fails (gboolean    opens,
                    int         code,
                    const char *message)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (set_open_at_login (opens, NULL, &error));
  g_assert_error (error, MULLION_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_login_in_sandbox (void)
{
  static const char *const args[] = { "a folder", NULL };
  g_autofree char *entry =
    g_build_filename (g_get_user_config_dir (), "autostart", ID ".desktop", NULL);
  g_autoptr(MockService) portal = start_portal (answer_portal);
  g_autoptr(GError) error = NULL;

  answer_of_portal = 0;
  autostarts = TRUE;
  g_assert_false (mullion_app_get_open_at_login (app));
  g_assert_true (set_open_at_login (TRUE, args, &error));
  g_assert_no_error (error);
  assert_asked (portal, TRUE, "a folder");
  g_assert_true (mullion_app_get_open_at_login (app));
  g_assert_false (g_file_test (entry, G_FILE_TEST_EXISTS));

  /* It was no answer to what was asked, and all is as it was. */
  assert_login_fails (FALSE, MULLION_ERROR_NOT_ALLOWED,
                      "The portal for starting with the session does not stop starting this app");
  g_assert_true (mullion_app_get_open_at_login (app));
  g_variant_unref (mock_service_wait (portal, "RequestBackground"));

  autostarts = FALSE;
  g_assert_true (set_open_at_login (FALSE, NULL, &error));
  g_assert_no_error (error);
  assert_asked (portal, FALSE, NULL);
  g_assert_false (mullion_app_get_open_at_login (app));
  g_unsetenv ("GTK_USE_PORTAL");
}

static void
test_login_refused (void)
{
  g_autoptr(MockService) portal = start_portal (answer_portal);

  answer_of_portal = 1;
  autostarts = FALSE;
  assert_login_fails (TRUE, MULLION_ERROR_NOT_ALLOWED,
                      "The user said no to the portal for starting with the session");
  answer_of_portal = 0;
  assert_login_fails (TRUE, MULLION_ERROR_NOT_ALLOWED,
                      "The portal for starting with the session does not start this app");
  g_assert_false (mullion_app_get_open_at_login (app));
  g_unsetenv ("GTK_USE_PORTAL");
}

static void
test_login_without_portal (void)
{
  g_setenv ("GTK_USE_PORTAL", "1", TRUE);
  assert_login_fails (TRUE, MULLION_ERROR_UNAVAILABLE,
                      "This desktop has no portal for starting with the session");
  g_unsetenv ("GTK_USE_PORTAL");
}

/* The user may take any time. A portal that ends will not ask any more, and an app can lose its
 * patience. */
static void
test_login_unanswered (void)
{
  MockService *portal = start_portal (promise_an_answer);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) given_up = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) cancelled = NULL;
  g_autoptr(GError) error = NULL;

  mullion_app_set_open_at_login_async (app, TRUE, NULL, cancellable, done_cb, &given_up);
  mullion_app_set_open_at_login_async (app, TRUE, NULL, NULL, done_cb, &result);
  g_variant_unref (mock_service_wait (portal, "RequestBackground"));
  g_variant_unref (mock_service_wait (portal, "RequestBackground"));
  g_cancellable_cancel (cancellable);
  mock_wait_until (given_up != NULL);
  g_assert_false (mullion_app_set_open_at_login_finish (app, given_up, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (result);

  /* It has answered the call, and goes before it says what the user said. */
  g_dbus_connection_flush_sync (mock_service_get_connection (portal), NULL, NULL);
  mock_service_free (portal);
  mock_wait_until (result != NULL);
  g_assert_false (mullion_app_set_open_at_login_finish (app, result, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
  g_assert_false (mullion_app_get_open_at_login (app));
  g_unsetenv ("GTK_USE_PORTAL");
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *home = NULL;
  g_autofree char *config = NULL;
  g_autofree char *data = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  home = g_dir_make_tmp ("mullion-login-XXXXXX", NULL);
  config = g_build_filename (home, "config", NULL);
  data = g_build_filename (home, "data", NULL);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  mock_bus_start ();
  app = mullion_app_new (ID, G_APPLICATION_NON_UNIQUE);
  mullion_app_set_name (app, "Panes");

  g_test_add_func ("/app-login/file", test_open_at_login);
  g_test_add_func ("/app-login/in-sandbox", test_login_in_sandbox);
  g_test_add_func ("/app-login/refused", test_login_refused);
  g_test_add_func ("/app-login/without-portal", test_login_without_portal);
  g_test_add_func ("/app-login/unanswered", test_login_unanswered);

  status = g_test_run ();
  g_clear_object (&app);
  mock_bus_stop ();
  return status;
}
