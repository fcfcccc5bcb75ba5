/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"

#include <mullion.h>
#include <string.h>

/*
 * Notifications, as they are on the bus, and what the desktop says of them.
 */

#define INTERFACE "org.freedesktop.Notifications"

static const char xml[] =
  "<node><interface name='" INTERFACE "'>"
  "  <method name='Notify'><arg type='s'/><arg type='u'/><arg type='s'/><arg type='s'/>"
  "    <arg type='s'/><arg type='as'/><arg type='a{sv}'/><arg type='i'/>"
  "    <arg type='u' direction='out'/></method>"
  "  <method name='CloseNotification'><arg type='u'/></method>"
  "  <method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "  <signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
  "  <signal name='NotificationReplied'><arg type='u'/><arg type='s'/></signal>"
  "  <signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
  "</interface></node>";

/* Of the service. */
static const char *capabilities = "(['body', 'body-markup'],)";

static GVariant *
answer (MockService *service,
        const char  *method,
        GVariant    *arguments)
{
  guint id = 0;

  if (g_str_equal (method, "GetCapabilities"))
    return g_variant_new_parsed (capabilities);
  if (!g_str_equal (method, "Notify"))
    return g_variant_new ("()");

  g_variant_get_child (arguments, 1, "u", &id);
  return g_variant_new ("(u)", id != 0 ? id : 7);
}

static MockService *
start_service (void)
{
  return mock_service_new (INTERFACE, "/org/freedesktop/Notifications", xml, answer);
}

static MullionNotification *
create (const char *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (options, NULL);
  MullionNotification *notification =
    mullion_notification_new (json_node_get_object (node), &error);

  g_assert_no_error (error);
  return notification;
}

/* What happened to a notification, as text. */
static GString *events;

static void
show_cb (void)
{
  g_string_append (events, "show;");
}

static void
click_cb (void)
{
  g_string_append (events, "click;");
}

static void
close_cb (MullionNotification *notification,
          const char          *reason)
{
  g_string_append_printf (events, "close %s;", reason);
}

static void
action_cb (MullionNotification *notification,
           guint                index)
{
  g_string_append_printf (events, "action %u;", index);
}

static void
reply_cb (MullionNotification *notification,
          const char          *reply)
{
  g_string_append_printf (events, "reply %s;", reply);
}

static void
failed_cb (MullionNotification *notification,
           const GError        *error)
{
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
  g_string_append_printf (events, "failed %s;", error->message);
}

static void
listen (MullionNotification *notification)
{
  g_signal_connect (notification, "show", G_CALLBACK (show_cb), NULL);
  g_signal_connect (notification, "click", G_CALLBACK (click_cb), NULL);
  g_signal_connect (notification, "close", G_CALLBACK (close_cb), NULL);
  g_signal_connect (notification, "action", G_CALLBACK (action_cb), NULL);
  g_signal_connect (notification, "reply", G_CALLBACK (reply_cb), NULL);
  g_signal_connect (notification, "failed", G_CALLBACK (failed_cb), NULL);
}

static void
assert_events (const char *expected)
{
  mock_wait_until (g_str_has_suffix (events->str, expected));
  g_assert_cmpstr (events->str, ==, expected);
  g_string_truncate (events, 0);
}

static void
assert_state (const char *expected)
{
  g_autoptr(JsonNode) record = mullion_notification_dup_record ();
  JsonArray *array = json_node_get_array (record);
  JsonObject *entry = json_array_get_object_element (array, json_array_get_length (array) - 1);

  g_assert_cmpstr (json_object_get_string_member (entry, "state"), ==, expected);
}

/* -- */

static void
test_message (void)
{
  g_autoptr(MockService) service = start_service ();
  g_autoptr(MullionNotification) notification =
    create ("{ \"title\": \"Mail\", \"body\": \"From <Ada> & Co\", \"icon\": \"mail-unread\","
            "  \"urgency\": \"critical\", \"silent\": true, \"timeoutType\": \"never\","
            "  \"actions\": [ { \"type\": \"button\", \"text\": \"Reply\" } ] }");
  g_autoptr(GVariant) message = NULL;
  g_autofree char *text = NULL;

  listen (notification);
  mullion_notification_show (notification);
  message = mock_service_wait (service, "Notify");
  text = g_variant_print (message, FALSE);
  g_assert_cmpstr (text, ==,
                   "('test-notification', 0, 'mail-unread', 'Mail', 'From &lt;Ada&gt; &amp; Co', "
                   "['default', '', '0', 'Reply'], {'urgency': <byte 0x02>, 'suppress-sound': <true>}, "
                   "0)");
  assert_events ("show;");
  assert_state ("shown");

  mock_service_emit (service, INTERFACE, "NotificationClosed", g_variant_new ("(uu)", 7, 1));
  assert_events ("close timedOut;");
  assert_state ("closed");
}

/* A service that reads no markup shows what it gets, to the letter. */
static void
test_plain_body (void)
{
  g_autoptr(MockService) service = start_service ();
  g_autoptr(MullionNotification) notification =
    create ("{ \"title\": \"t\", \"body\": \"From <Ada> & Co\" }");
  g_autoptr(GVariant) message = NULL;
  const char *body = NULL;

  capabilities = "(['body'],)";
  mullion_notification_show (notification);
  message = mock_service_wait (service, "Notify");
  capabilities = "(['body', 'body-markup'],)";
  g_variant_get_child (message, 4, "&s", &body);
  g_assert_cmpstr (body, ==, "From <Ada> & Co");
}

static void
test_picture (void)
{
  g_autoptr(MockService) service = start_service ();
  g_autofree char *icon = g_test_build_filename (G_TEST_DIST, "..", "resources", "desktop",
                                                 "io.github.mullion.Gallery.svg", NULL);
  g_autofree char *options = g_strdup_printf ("{ \"title\": \"t\", \"icon\": \"%s\" }", icon);
  g_autoptr(MullionNotification) notification = create (options);
  g_autoptr(GVariant) message = NULL;
  g_autoptr(GVariant) hints = NULL;
  g_autoptr(GVariant) picture = NULL;
  const char *name = NULL;
  int width = 0;
  int height = 0;

  mullion_notification_show (notification);
  message = mock_service_wait (service, "Notify");
  g_variant_get_child (message, 2, "&s", &name);
  g_assert_cmpstr (name, ==, "");
  hints = g_variant_get_child_value (message, 6);
  picture = g_variant_lookup_value (hints, "image-data", G_VARIANT_TYPE ("(iiibiiay)"));
  g_assert_nonnull (picture);
  g_variant_get (picture, "(iiibiiay)", &width, &height, NULL, NULL, NULL, NULL, NULL);
  g_assert_cmpint (width, >, 1);
  g_assert_cmpint (height, >, 1);
}

static void
test_user (void)
{
  g_autoptr(MockService) service = start_service ();
  g_autoptr(MullionNotification) notification =
    create ("{ \"title\": \"t\", \"actions\": [ { \"text\": \"a\" }, { \"text\": \"b\" } ] }");

  listen (notification);
  mullion_notification_show (notification);
  assert_events ("show;");

  /* One of another program, one that it has no action for, and then what is meant. */
  mock_service_emit (service, INTERFACE, "ActionInvoked", g_variant_new ("(us)", 8, "default"));
  mock_service_emit (service, INTERFACE, "ActionInvoked", g_variant_new ("(us)", 7, "2"));
  mock_service_emit (service, INTERFACE, "ActionInvoked", g_variant_new ("(us)", 7, "dance"));
  mock_service_emit (service, INTERFACE, "ActionInvoked", g_variant_new ("(us)", 7, "1"));
  mock_service_emit (service, INTERFACE, "ActionInvoked", g_variant_new ("(us)", 7, "default"));
  mock_service_emit (service, INTERFACE, "NotificationClosed", g_variant_new ("(uu)", 7, 2));
  assert_events ("action 1;click;close userCanceled;");
}

static void
test_replaces (void)
{
  g_autoptr(MockService) service = start_service ();
  g_autoptr(MullionNotification) notification = create ("{ \"title\": \"one\" }");
  g_autoptr(GVariant) first = NULL;
  g_autoptr(GVariant) second = NULL;
  g_autoptr(GVariant) close = NULL;
  const char *title = NULL;
  guint id = 0;

  listen (notification);
  mullion_notification_show (notification);
  first = mock_service_wait (service, "Notify");
  assert_events ("show;");

  mullion_notification_set_title (notification, "two");
  mullion_notification_show (notification);
  second = mock_service_wait (service, "Notify");
  g_variant_get_child (second, 1, "u", &id);
  g_variant_get_child (second, 3, "&s", &title);
  g_assert_cmpuint (id, ==, 7);
  g_assert_cmpstr (title, ==, "two");
  assert_events ("show;");

  mullion_notification_close (notification);
  close = mock_service_wait (service, "CloseNotification");
  g_variant_get (close, "(u)", &id);
  g_assert_cmpuint (id, ==, 7);
  mock_service_emit (service, INTERFACE, "NotificationClosed", g_variant_new ("(uu)", 7, 3));
  assert_events ("close applicationHidden;");
}

/* What stands is heard even if nobody holds it, and let go when it has closed. */
static void
test_lifetime (void)
{
  g_autoptr(MockService) service = start_service ();
  MullionNotification *notification = create ("{ \"title\": \"t\" }");
  gpointer weak = notification;

  g_object_add_weak_pointer (G_OBJECT (notification), &weak);
  listen (notification);
  mullion_notification_show (notification);
  g_object_unref (notification);
  assert_events ("show;");
  g_assert_nonnull (weak);

  mock_service_emit (service, INTERFACE, "ActionInvoked", g_variant_new ("(us)", 7, "default"));
  mock_service_emit (service, INTERFACE, "NotificationClosed", g_variant_new ("(uu)", 7, 2));
  assert_events ("click;close userCanceled;");
  mock_wait_until (weak == NULL);
}

/* Each member can be changed, for the next time that it is shown. */
static void
test_members (void)
{
  g_autoptr(MockService) service = start_service ();
  g_autoptr(MullionNotification) notification = create ("{ \"title\": \"t\" }");
  g_autoptr(GVariant) message = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpstr (mullion_notification_get_urgency (notification), ==, "normal");
  g_assert_cmpstr (mullion_notification_get_timeout_type (notification), ==, "default");
  g_assert_false (mullion_notification_get_silent (notification));
  g_assert_false (mullion_notification_get_has_reply (notification));
  g_assert_cmpstr (mullion_notification_get_reply_placeholder (notification), ==, "");
  g_assert_cmpstr (mullion_notification_get_actions (notification)[0], ==, NULL);

  mullion_notification_set_title (notification, "Mail");
  mullion_notification_set_body (notification, "one");
  mullion_notification_set_urgency (notification, "low");
  mullion_notification_set_timeout_type (notification, "never");
  mullion_notification_set_silent (notification, TRUE);
  mullion_notification_set_actions (notification, ((const char *[]) { "Open", "Drop", NULL }));
  g_assert_cmpstr (mullion_notification_get_urgency (notification), ==, "low");
  g_assert_cmpstr (mullion_notification_get_timeout_type (notification), ==, "never");
  g_assert_true (mullion_notification_get_silent (notification));
  g_assert_cmpstrv (mullion_notification_get_actions (notification),
                    ((const char *[]) { "Open", "Drop", NULL }));

  mullion_notification_show (notification);
  message = mock_service_wait (service, "Notify");
  text = g_variant_print (message, FALSE);
  g_assert_cmpstr (text, ==,
                   "('test-notification', 0, '', 'Mail', 'one', "
                   "['default', '', '0', 'Open', '1', 'Drop'], "
                   "{'urgency': <byte 0x00>, 'suppress-sound': <true>}, 0)");
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static gboolean
is_reply_supported (GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mullion_notification_is_reply_supported_async (NULL, done_cb, &result);
  mock_wait_until (result != NULL);
  return mullion_notification_is_reply_supported_finish (result, error);
}

/* The field for a reply is there where the service has one, and nowhere else. */
static void
test_reply (void)
{
  MockService *service = start_service ();
  g_autoptr(MullionNotification) notification =
    create ("{ \"title\": \"t\", \"hasReply\": true, \"replyPlaceholder\": \"To Ada\" }");
  g_autoptr(GVariant) without = NULL;
  g_autoptr(GVariant) with = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  listen (notification);
  g_assert_false (is_reply_supported (&error));
  g_assert_no_error (error);
  mullion_notification_show (notification);
  without = mock_service_wait (service, "Notify");
  bare = g_variant_print (without, FALSE);
  g_assert_null (strstr (bare, "reply"));
  assert_events ("show;");

  capabilities = "(['body', 'inline-reply'],)";
  g_assert_true (is_reply_supported (&error));
  g_assert_no_error (error);
  mullion_notification_show (notification);
  with = mock_service_wait (service, "Notify");
  text = g_variant_print (with, FALSE);
  g_assert_cmpstr (text, ==,
                   "('test-notification', 7, '', 't', '', "
                   "['default', '', 'inline-reply', 'To Ada'], {'urgency': <byte 0x01>, "
                   "'x-kde-reply-placeholder-text': <'To Ada'>}, -1)");
  assert_events ("show;");
  capabilities = "(['body', 'body-markup'],)";

  mock_service_emit (service, INTERFACE, "NotificationReplied", g_variant_new ("(us)", 8, "no"));
  mock_service_emit (service, INTERFACE, "NotificationReplied", g_variant_new ("(us)", 7, "Yes"));
  mock_service_emit (service, INTERFACE, "NotificationClosed", g_variant_new ("(uu)", 7, 2));
  assert_events ("reply Yes;close userCanceled;");

  mock_service_free (service);
  g_assert_false (is_reply_supported (&error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
}

static void
test_missing (void)
{
  g_autoptr(MullionNotification) notification = create ("{ \"title\": \"t\" }");

  g_assert_false (mullion_notification_is_supported ());
  listen (notification);
  mullion_notification_show (notification);
  assert_events ("failed This desktop has no notification service;");
  assert_state ("failed");
}

static void
test_supported (void)
{
  g_autoptr(MockService) service = start_service ();

  g_assert_true (mullion_notification_is_supported ());
}

static void
test_options (void)
{
  static const char *const bad[] = {
    "{ \"title\": 1 }",
    "{ \"urgency\": \"terrible\" }",
    "{ \"actions\": {} }",
    "{ \"actions\": [1] }",
    "{ \"actions\": [{ \"type\": \"button\" }] }",
    "{ \"actions\": [{ \"type\": \"lever\", \"text\": \"t\" }] }",
    "{ \"timeoutType\": \"later\" }",
    "{ \"hasReply\": \"yes\" }",
    "{ \"replyPlaceholder\": 1 }",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(JsonNode) node = json_from_string (bad[i], NULL);
      g_autoptr(GError) error = NULL;

      g_assert_null (mullion_notification_new (json_node_get_object (node), &error));
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_set_prgname ("test-notification");
  mock_bus_start ();
  events = g_string_new (NULL);

  g_test_add_func ("/notification/missing", test_missing);
  g_test_add_func ("/notification/supported", test_supported);
  g_test_add_func ("/notification/message", test_message);
  g_test_add_func ("/notification/plain-body", test_plain_body);
  g_test_add_func ("/notification/picture", test_picture);
  g_test_add_func ("/notification/user", test_user);
  g_test_add_func ("/notification/replaces", test_replaces);
  g_test_add_func ("/notification/lifetime", test_lifetime);
  g_test_add_func ("/notification/members", test_members);
  g_test_add_func ("/notification/reply", test_reply);
  g_test_add_func ("/notification/options", test_options);

  status = g_test_run ();
  g_string_free (events, TRUE);
  mock_bus_stop ();
  return status;
}
