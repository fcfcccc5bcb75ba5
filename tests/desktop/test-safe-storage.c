/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"
#include "mullion-sealed-text.h"

#include <mullion.h>
#include <string.h>

/*
 * Texts that are encrypted with a key in a keyring, which here is a mock that notes what is asked
 * of it: one collection, one item at most.
 */

#define ID "io.github.mullion.SafeStorageTest"
#define NAME "org.freedesktop.secrets"
#define PATH "/org/freedesktop/secrets"
#define SESSION PATH "/session/1"
#define ITEM PATH "/collection/mock/1"

static MullionApp *app;
static GVariant *secret; /* (nullable): (oayays), as it was stored */
static guint n_stored;

static GVariant *
answer_cb (MockService *service,
           const char  *method,
           GVariant    *arguments)
{
  const char *algorithm;

  if (g_str_equal (method, "OpenSession"))
    {
      g_variant_get_child (arguments, 0, "&s", &algorithm);
      return g_str_equal (algorithm, "plain") ? g_variant_new_parsed ("(<''>, %o)", SESSION) : NULL;
    }
  if (g_str_equal (method, "SearchItems"))
    return secret != NULL ? g_variant_new_parsed ("([%o], @ao [])", ITEM)
                          : g_variant_new_parsed ("(@ao [], @ao [])");
  if (g_str_equal (method, "GetSecrets"))
    return g_variant_new_parsed ("({%o: %@(oayays)},)", ITEM, secret);
  return g_variant_new ("()");
}

static void
create_item_cb (GDBusConnection       *connection,
                const char            *sender,
                const char            *path,
                const char            *interface,
                const char            *method,
                GVariant              *arguments,
                GDBusMethodInvocation *invocation,
                gpointer               user_data)
{
  g_autofree char *text = g_variant_print (arguments, FALSE);

  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "'application': '" ID "'"));
  g_clear_pointer (&secret, g_variant_unref);
  secret = g_variant_get_child_value (arguments, 1);
  n_stored++;
  g_dbus_method_invocation_return_value (invocation, g_variant_new_parsed ("(%o, %o)", ITEM, "/"));
}

static MockService *
start_keyring (void)
{
  static const GDBusInterfaceVTable vtable = { create_item_cb, NULL, NULL, { NULL } };
  MockService *service = mock_service_new (
    NAME, PATH,
    "<node><interface name='org.freedesktop.Secret.Service'>"
    "  <method name='OpenSession'><arg type='s'/><arg type='v'/>"
    "    <arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
    "  <method name='SearchItems'><arg type='a{ss}'/>"
    "    <arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
    "  <method name='GetSecrets'><arg type='ao'/><arg type='o'/>"
    "    <arg type='a{o(oayays)}' direction='out'/></method>"
    "</interface></node>", answer_cb);
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (
    "<node><interface name='org.freedesktop.Secret.Collection'>"
    "  <method name='CreateItem'><arg type='a{sv}'/><arg type='(oayays)'/><arg type='b'/>"
    "    <arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
    "</interface></node>", NULL);
  g_autoptr(GError) error = NULL;

  g_dbus_connection_register_object (mock_service_get_connection (service),
                                     PATH "/aliases/default", node->interfaces[0], &vtable, NULL,
                                     NULL, &error);
  g_assert_no_error (error);
  return service;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static GBytes *
encrypt (const char  *text,
         GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mullion_safe_storage_encrypt_string_async (app, text, NULL, done_cb, &result);
  mock_wait_until (result != NULL);
  return mullion_safe_storage_encrypt_string_finish (result, error);
}

static char *
decrypt (GBytes  *encrypted,
         GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mullion_safe_storage_decrypt_string_async (app, encrypted, NULL, done_cb, &result);
  mock_wait_until (result != NULL);
  return mullion_safe_storage_decrypt_string_finish (result, error);
}

static gboolean
is_available (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_there;

  mullion_safe_storage_is_encryption_available_async (app, NULL, done_cb, &result);
  mock_wait_until (result != NULL);
  is_there = mullion_safe_storage_is_encryption_available_finish (result, &error);
  g_assert_no_error (error);
  return is_there;
}

static void
test_no_keyring (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (is_available ());
  g_assert_cmpstr (mullion_safe_storage_get_selected_storage_backend (), ==, "unknown");

  g_assert_null (encrypt ("text", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
  g_assert_cmpstr (error->message, ==, "This desktop has no keyring");
}

static void
test_keyring (void)
{
  g_autoptr(MockService) keyring = start_keyring ();
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(GBytes) one = NULL;
  g_autoptr(GBytes) two = NULL;
  g_autoptr(GBytes) junk = g_bytes_new_static ("junk", 4);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (mullion_safe_storage_get_selected_storage_backend (), ==, "unknown");
  g_assert_true (is_available ());
  g_assert_cmpstr (mullion_safe_storage_get_selected_storage_backend (), ==, "gnome_libsecret");

  /* Before there is a key, nothing can be read with it, and none is made for that. */
  g_assert_null (decrypt (junk, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpuint (n_stored, ==, 0);

  /* Two at once make one key. */
  mullion_safe_storage_encrypt_string_async (app, "Pass wörd", NULL, done_cb, &first);
  mullion_safe_storage_encrypt_string_async (app, "Pass wörd", NULL, done_cb, &second);
  mock_wait_until (first != NULL && second != NULL);
  one = mullion_safe_storage_encrypt_string_finish (first, &error);
  g_assert_no_error (error);
  two = mullion_safe_storage_encrypt_string_finish (second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_stored, ==, 1);
  g_assert_false (g_bytes_equal (one, two));

  text = decrypt (one, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "Pass wörd");
  g_assert_null (decrypt (junk, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
}

/* The wait can be ended, which is no answer. */
static void
test_cancelled (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  mullion_safe_storage_is_encryption_available_async (app, cancellable, done_cb, &result);
  mock_wait_until (result != NULL);
  g_assert_false (mullion_safe_storage_is_encryption_available_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Every byte counts, and so do the key and the owner. */
static void
test_seal (void)
{
  g_autoptr(GBytes) key = mullion_sealed_text_new_key (NULL);
  g_autoptr(GBytes) other_key = mullion_sealed_text_new_key (NULL);
  g_autoptr(GBytes) sealed = mullion_sealed_text_new ("secret", "me", key, NULL);
  g_autofree char *text = mullion_sealed_text_open (sealed, "me", key, NULL);
  gsize size;
  const guchar *data = g_bytes_get_data (sealed, &size);

  g_assert_cmpstr (text, ==, "secret");
  g_assert_null (mullion_sealed_text_open (sealed, "you", key, NULL));
  g_assert_null (mullion_sealed_text_open (sealed, "me", other_key, NULL));
  g_assert_null (g_strstr_len ((const char *) data, (gssize) size, "secret"));
  for (gsize i = 0; i < size; i++)
    {
      g_autofree guchar *bytes = g_memdup2 (data, size);
      g_autoptr(GBytes) changed = NULL;
      g_autoptr(GBytes) cut = g_bytes_new (data, i);
      g_autoptr(GError) error = NULL;

      bytes[i] ^= 1;
      changed = g_bytes_new (bytes, size);
      g_assert_null (mullion_sealed_text_open (changed, "me", key, &error));
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
      g_assert_null (mullion_sealed_text_open (cut, "me", key, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_bus_start ();
  app = mullion_app_new (ID, G_APPLICATION_NON_UNIQUE);

  g_test_add_func ("/safe-storage/seal", test_seal);
  g_test_add_func ("/safe-storage/no-keyring", test_no_keyring);
  g_test_add_func ("/safe-storage/keyring", test_keyring);
  g_test_add_func ("/safe-storage/cancelled", test_cancelled);

  status = g_test_run ();
  g_clear_object (&app);
  mock_bus_stop ();
  return status;
}
