/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"
#include "user-hand.h"

#include <X11/Xutil.h>
#include <gdk/x11/gdkx.h>
#include <mullion.h>
#include <string.h>

/*
 * Global shortcuts: grabbed on the X11 display of the test, where another program may have the key,
 * and bound by a portal of the test's own.
 */

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define SHORTCUTS "org.freedesktop.portal.GlobalShortcuts"
#define SESSION PORTAL_PATH "/session/1_1/mock"

static GString *heard;

static void
heard_cb (const char *accelerator,
          gpointer    user_data)
{
  g_string_append_printf (heard, "%s;", accelerator);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static gboolean
register_shortcut (const char  *accelerator,
                   GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mullion_global_shortcut_register_async (accelerator, heard_cb, NULL, NULL, NULL, done_cb, &result);
  mock_wait_until (result != NULL);
  return mullion_global_shortcut_register_finish (result, error);
}

static void
assert_refused (const char *accelerator,
                int         code,
                const char *text)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (register_shortcut (accelerator, &error));
  g_assert_error (error, MULLION_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, text));
  g_assert_false (mullion_global_shortcut_is_registered (accelerator)
                  && code != MULLION_ERROR_NOT_ALLOWED);
}

static void
test_grab (void)
{
  g_autoptr(GError) error = NULL;

  if (!user_hand_is_there ())
    {
      g_test_skip ("no xdotool here");
      return;
    }

  g_assert_true (register_shortcut ("CmdOrCtrl+Shift+K", &error));
  g_assert_no_error (error);
  g_assert_true (mullion_global_shortcut_is_registered ("Shift+Ctrl+k"));
  user_hand_press ("ctrl+shift+k");
  mock_wait_until (heard->len > 0);
  g_assert_cmpstr (heard->str, ==, "CmdOrCtrl+Shift+K;");
  g_string_truncate (heard, 0);

  assert_refused ("Ctrl+Shift+K", MULLION_ERROR_NOT_ALLOWED, "already");
  assert_refused ("Ctrl+Nonsense", MULLION_ERROR_INVALID_ARGUMENT, "Nonsense");
  mullion_global_shortcut_unregister ("Ctrl+Shift+K");
  g_assert_false (mullion_global_shortcut_is_registered ("Ctrl+Shift+K"));
  mullion_global_shortcut_unregister ("Ctrl+Shift+K");
}

/* The key is another program's, and then free again. */
static void
test_grabbed_before (void)
{
  Display *other = XOpenDisplay (NULL);
  int code = XKeysymToKeycode (other, XK_j);
  g_autoptr(GError) error = NULL;

  XGrabKey (other, code, ControlMask, DefaultRootWindow (other), False, GrabModeAsync,
            GrabModeAsync);
  XSync (other, False);
  assert_refused ("Ctrl+J", MULLION_ERROR_NOT_ALLOWED, "Another program");
  XCloseDisplay (other);

  /* Whoever comes second now is the other one: we have the key. */
  g_assert_true (register_shortcut ("Ctrl+J", &error));
  g_assert_no_error (error);
  mullion_global_shortcut_unregister_all ();
  g_assert_false (mullion_global_shortcut_is_registered ("Ctrl+J"));
  g_assert_true (register_shortcut ("Ctrl+J", &error));
  mullion_global_shortcut_unregister_all ();
}

static void
count_cb (gpointer n_freed)
{
  (*(guint *) n_freed)++;
}

/* What cannot be had does not keep the others away, and is said. */
static void
test_grab_several (void)
{
  const char *const accelerators[] = { "Ctrl+J", "Ctrl+Nonsense", "Ctrl+Shift+L", NULL };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint n_freed = 0;

  mullion_global_shortcut_register_all_async (accelerators, heard_cb, &n_freed, count_cb, NULL,
                                              done_cb, &result);
  mock_wait_until (result != NULL);
  g_assert_false (mullion_global_shortcut_register_all_finish (result, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "Nonsense"));
  g_clear_object (&result);
  g_assert_true (mullion_global_shortcut_is_registered ("Ctrl+J"));
  g_assert_true (mullion_global_shortcut_is_registered ("Ctrl+Shift+L"));
  mullion_global_shortcut_unregister ("Ctrl+J");
  g_assert_cmpuint (n_freed, ==, 0);
  mullion_global_shortcut_unregister_all ();
  g_assert_cmpuint (n_freed, ==, 1);
}

/* -- The portal -- */

static guint answer_of_bind; /* what the user says */
static gboolean binds;

static GVariant *
answer_cb (MockService *service,
           const char  *method,
           GVariant    *arguments)
{
  g_autoptr(GVariant) options =
    g_variant_get_child_value (arguments, g_variant_n_children (arguments) - 1);

  if (g_str_equal (method, "CreateSession"))
    return mock_service_respond (service, options, 0,
                                 g_variant_new_parsed ("{'session_handle': <%s>}", SESSION));
  if (g_str_equal (method, "BindShortcuts"))
    return mock_service_respond (service, options, answer_of_bind,
                                 g_variant_new_parsed (
                                   binds ? "{'shortcuts': <[('shortcut', @a{sv} {})]>}"
                                         : "@a{sv} {}"));
  return g_variant_new ("()");
}

static MockService *
start_portal (void)
{
  return mock_service_new (
    PORTAL, PORTAL_PATH,
    "<node><interface name='org.freedesktop.host.portal.Registry'>"
    "  <method name='Register'><arg type='s'/><arg type='a{sv}'/></method>"
    "</interface><interface name='" SHORTCUTS "'>"
    "  <method name='CreateSession'><arg type='a{sv}'/><arg type='o' direction='out'/></method>"
    "  <method name='BindShortcuts'><arg type='o'/><arg type='a(sa{sv})'/><arg type='s'/>"
    "    <arg type='a{sv}'/><arg type='o' direction='out'/></method>"
    "  <signal name='Activated'><arg type='o'/><arg type='s'/><arg type='t'/><arg type='a{sv}'/>"
    "  </signal></interface></node>", answer_cb);
}

/* What tells a program of X11 that the session is one of Wayland. */
static void
test_no_portal (void)
{
  g_setenv ("WAYLAND_DISPLAY", "wayland-0", TRUE);
  assert_refused ("Ctrl+Alt+P", MULLION_ERROR_UNAVAILABLE,
                  "This desktop has no portal for global shortcuts");
}

static void
test_portal (void)
{
  g_autoptr(MockService) portal = start_portal ();
  g_autoptr(GVariant) registered = NULL;
  g_autoptr(GVariant) bound = NULL;
  g_autoptr(GError) error = NULL;

  answer_of_bind = 0;
  binds = TRUE;
  g_assert_true (register_shortcut ("Ctrl+Alt+P", &error));
  g_assert_no_error (error);
  registered = mock_service_wait (portal, "Register");
  g_assert_nonnull (registered);
  bound = mock_service_wait (portal, "BindShortcuts");
  {
    g_autofree char *text = g_variant_print (bound, FALSE);

    g_test_message ("%s", text);
    g_assert_true (g_str_has_prefix (text, "('" SESSION "', [('shortcut', {"));
    g_assert_nonnull (strstr (text, "'preferred_trigger': <'CTRL+ALT+p'>"));
  }

  mock_service_emit (portal, SHORTCUTS, "Activated",
                     g_variant_new_parsed ("(%o, 'shortcut', @t 7, @a{sv} {})", SESSION));
  mock_wait_until (heard->len > 0);
  g_assert_cmpstr (heard->str, ==, "Ctrl+Alt+P;");
  g_string_truncate (heard, 0);

  /* The desktop takes it back. */
  g_dbus_connection_emit_signal (mock_service_get_connection (portal), NULL, SESSION,
                                 "org.freedesktop.portal.Session", "Closed",
                                 g_variant_new_parsed ("(@a{sv} {},)"), NULL);
  mock_wait_until (!mullion_global_shortcut_is_registered ("Ctrl+Alt+P"));
}

static void
test_portal_says_no (void)
{
  g_autoptr(MockService) portal = start_portal ();

  answer_of_bind = 1;
  binds = FALSE;
  assert_refused ("Ctrl+Alt+P", MULLION_ERROR_NOT_ALLOWED, "The user said no");
  g_assert_false (mullion_global_shortcut_is_registered ("Ctrl+Alt+P"));

  /* It says yes, and yet the shortcut is not in its list: that is a no. */
  answer_of_bind = 0;
  assert_refused ("Ctrl+Alt+P", MULLION_ERROR_NOT_ALLOWED, "did not bind");
  g_assert_false (mullion_global_shortcut_is_registered ("Ctrl+Alt+P"));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_unsetenv ("WAYLAND_DISPLAY");
  g_test_init (&argc, &argv, NULL);
  mock_bus_start ();
  gtk_init ();
  heard = g_string_new (NULL);
  if (!GDK_IS_X11_DISPLAY (gdk_display_get_default ()))
    {
      g_print ("1..0 # SKIP a grab is X11's\n");
      return 0;
    }

  g_test_add_func ("/global-shortcut/grab", test_grab);
  g_test_add_func ("/global-shortcut/grabbed-before", test_grabbed_before);
  g_test_add_func ("/global-shortcut/grab-several", test_grab_several);
  g_test_add_func ("/global-shortcut/no-portal", test_no_portal);
  g_test_add_func ("/global-shortcut/portal", test_portal);
  g_test_add_func ("/global-shortcut/portal-says-no", test_portal_says_no);

  status = g_test_run ();
  mock_bus_stop ();
  return status;
}
