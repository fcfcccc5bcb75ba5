/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * Texts that only this user can read again: the key is in the keyring of the desktop.
 *
 * What comes of it is bytes, which the page keeps where it likes. A desktop without a keyring says so,
 * and then nothing is encrypted with a key that anybody could know.
 */

#define MAX_TEXT 1000
#define MAX_SEALED 8192

static void
encrypted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  GBytes *sealed = mullion_safe_storage_encrypt_string_finish (result, &error);

  if (sealed != NULL)
    mullion_ipc_main_invoke_event_return (event, mullion_value_new_array_buffer (sealed));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

static void
encrypt (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  GError *error = NULL;
  const char *text = gallery_args_get_string (args, 0, MAX_TEXT, &error);

  if (text != NULL)
    mullion_safe_storage_encrypt_string_async (user_data, text, NULL, encrypted_cb,
                                               g_object_ref (event));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

static void
decrypted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  g_autofree char *text = mullion_safe_storage_decrypt_string_finish (result, &error);

  if (text != NULL)
    mullion_ipc_main_invoke_event_return (event, gallery_string_node (text));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

/* Bytes that were not made by encrypt () fail there: they carry a seal. */
static void
decrypt (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  JsonNode *sealed = json_array_get_length (args) > 0 ? json_array_get_element (args, 0) : NULL;
  g_autoptr(GBytes) bytes = mullion_value_dup_bytes (sealed);

  if (bytes == NULL || g_bytes_get_size (bytes) > MAX_SEALED)
    mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR,
                                                    MULLION_ERROR_INVALID_ARGUMENT,
                                                    "Expected at most %d bytes", MAX_SEALED);
  else
    mullion_safe_storage_decrypt_string_async (user_data, bytes, NULL, decrypted_cb,
                                               g_object_ref (event));
}

void
gallery_secrets_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "secrets:encrypt", encrypt, app, NULL);
  mullion_ipc_main_handle (ipc, "secrets:decrypt", decrypt, app, NULL);
}
