/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

#include "capabilities/mullion-capability.h"

/*
 * The module `safeStorage`: texts that only this app can read, with a key in the user's keyring. Main
 * process.
 */

static void
encrypted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  GBytes *encrypted = mullion_safe_storage_encrypt_string_finish (result, &error);

  mullion_desktop_answer_bytes (event, encrypted, error);
}

static MullionApp *
get_app (gpointer user_data)
{
  return mullion_capability_set_get_app (mullion_desktop_get_set (user_data));
}

static void
encrypt_cb (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  mullion_safe_storage_encrypt_string_async (get_app (user_data),
                                             json_array_get_string_element (args, 0),
                                             mullion_ipc_main_invoke_event_get_cancellable (event),
                                             encrypted_cb, g_object_ref (event));
}

static void
decrypted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  char *text = mullion_safe_storage_decrypt_string_finish (result, &error);

  mullion_desktop_answer_text (event, text, error);
}

static void
decrypt_cb (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  g_autoptr(GBytes) encrypted = mullion_value_dup_bytes (json_array_get_element (args, 0));

  if (encrypted == NULL)
    mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR,
                                                    MULLION_ERROR_INVALID_ARGUMENT,
                                                    "encrypted: expected bytes");
  else
    mullion_safe_storage_decrypt_string_async (
      get_app (user_data), encrypted, mullion_ipc_main_invoke_event_get_cancellable (event),
      decrypted_cb, g_object_ref (event));
}

/* -- Whether there is a keyring -- */

static void
available_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  gboolean is_there = mullion_safe_storage_is_encryption_available_finish (result, &error);

  if (error != NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_desktop_answer_boolean (event, is_there);
}

static void
is_available_cb (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  mullion_safe_storage_is_encryption_available_async (
    get_app (user_data), mullion_ipc_main_invoke_event_get_cancellable (event), available_cb,
    g_object_ref (event));
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  const char *backend;

  mullion_safe_storage_is_encryption_available_finish (result, &error);
  backend = mullion_safe_storage_get_selected_storage_backend ();
  mullion_desktop_answer_text (event, error == NULL ? g_strdup (backend) : NULL, error);
}

/* The first page that asks is the first to hear of the keyring. */
static void
get_backend_cb (MullionIpcMainInvokeEvent *event,
                JsonArray                 *args,
                gpointer                   user_data)
{
  mullion_safe_storage_is_encryption_available_async (
    get_app (user_data), mullion_ipc_main_invoke_event_get_cancellable (event), asked_cb,
    g_object_ref (event));
}

static const MullionDesktopMethod methods[] = {
  { "decryptString", decrypt_cb, "[true]" },
  { "encryptString", encrypt_cb, MULLION_DESKTOP_STRING },
  { "getSelectedStorageBackend", get_backend_cb, MULLION_DESKTOP_NOTHING },
  { "isEncryptionAvailable", is_available_cb, MULLION_DESKTOP_NOTHING },
  { NULL },
};

const MullionDesktopModule mullion_desktop_safe_storage = {
  .name = "safeStorage",
  .methods = methods,
};
