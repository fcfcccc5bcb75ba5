/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-safe-storage.h"

#include "mullion-app.h"
#include "mullion-error.h"
#include "mullion-sealed-text.h"
#include "mullion-service.h"

#include <libsecret/secret.h>

/*
 * Electron's `safeStorage`: texts that can be read only while the user's keyring is open.
 *
 * Main process. The key is in the keyring, one for each app; what is encrypted with it is the app's
 * to keep. All who wait for the key wait for one look-up: two that made a key each would leave one
 * of them with a text that nobody can read.
 */

#define KEYRING "keyring"

typedef struct
{
  char *owner;       /* the id of the app */
  char *text;        /* (nullable): to encrypt, */
  GBytes *encrypted; /* or to decrypt */
} Job;

static GQueue waiting = G_QUEUE_INIT; /* of GTask: for the key */
static GBytes *key;                   /* (nullable) until it is known; and whose it is: */
static char *key_owner;
static gboolean has_answered;         /* a keyring, the last time that it was asked */

static const SecretSchema schema = {
  "io.github.mullion.SafeStorage", SECRET_SCHEMA_NONE,
  { { "application", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static void
free_job (gpointer data)
{
  Job *job = data;

  g_free (job->owner);
  g_free (job->text);
  g_clear_pointer (&job->encrypted, g_bytes_unref);
  g_free (job);
}

static void
run (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer made;

  if (g_task_return_error_if_cancelled (task))
    return;

  made = job->text != NULL ? (gpointer) mullion_sealed_text_new (job->text, job->owner, key, &error)
                           : mullion_sealed_text_open (job->encrypted, job->owner, key, &error);
  if (made == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, made,
                           job->text != NULL ? (GDestroyNotify) g_bytes_unref : g_free);
}

static void
fail (GTask        *task,
      const GError *error)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_error (task, g_error_copy (error));
}

/* @error: (nullable): why there is no key */
static void
settle (const GError *error)
{
  GTask *task;

  while ((task = g_queue_pop_head (&waiting)) != NULL)
    {
      if (error != NULL)
        fail (task, error);
      else
        run (task);
      g_object_unref (task);
    }
}

/* A key that is not there cannot have encrypted anything. */
static void
fail_decrypting (void)
{
  g_autoptr(GError) error =
    g_error_new (MULLION_ERROR, MULLION_ERROR_NOT_FOUND, "The " KEYRING " has no key of this app");

  for (GList *l = waiting.head, *next; l != NULL; l = next)
    {
      Job *job = g_task_get_task_data (l->data);

      next = l->next;
      if (job->text != NULL)
        continue;

      fail (l->data, error);
      g_object_unref (l->data);
      g_queue_delete_link (&waiting, l);
    }
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    {
      settle (NULL);
      return;
    }

  g_clear_pointer (&key, g_bytes_unref);
  error = mullion_service_explain (KEYRING, g_steal_pointer (&error));
  settle (error);
}

static void
make_key (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  fail_decrypting ();
  if (g_queue_is_empty (&waiting))
    return;

  key = mullion_sealed_text_new_key (&error);
  if (key == NULL)
    {
      settle (error);
      return;
    }

  text = g_base64_encode (g_bytes_get_data (key, NULL), g_bytes_get_size (key));
  label = g_strdup_printf ("%s: safe storage", key_owner);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, text, NULL, stored_cb, NULL,
                         "application", key_owner, NULL);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  char *text = secret_password_lookup_finish (result, &error);
  gsize size = 0;
  g_autofree guchar *bytes = NULL;

  has_answered = error == NULL;
  if (error != NULL)
    {
      error = mullion_service_explain (KEYRING, g_steal_pointer (&error));
      settle (error);
      return;
    }
  if (text == NULL)
    {
      make_key ();
      return;
    }

  bytes = g_base64_decode (text, &size);
  secret_password_free (text);
  if (size == MULLION_SEALED_TEXT_KEY_SIZE)
    key = g_bytes_new (bytes, size);
  else
    error = g_error_new (MULLION_ERROR, MULLION_ERROR_FAILED,
                         "What the " KEYRING " has for this app is no key");
  settle (error);
}

static const char *
get_owner (MullionApp *app)
{
  const char *id = g_application_get_application_id (G_APPLICATION (app));

  return id != NULL ? id : mullion_app_get_name (app);
}

/* @job: (transfer full) */
static void
start (MullionApp          *app,
       Job                 *job,
       gpointer             tag,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  job->owner = g_strdup (get_owner (app));
  g_task_set_task_data (task, job, free_job);
  if (key != NULL && g_queue_is_empty (&waiting))
    {
      run (task);
      return;
    }

  g_queue_push_tail (&waiting, g_object_ref (task));
  if (g_queue_get_length (&waiting) > 1)
    return;

  g_free (key_owner);
  key_owner = g_strdup (job->owner);
  secret_password_lookup (&schema, NULL, found_cb, NULL, "application", key_owner, NULL);
}

/* -- Whether there is a keyring -- */

/* What is found does not matter. That nobody searches is no error, but the answer. */
static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  g_list_free_full (items, g_object_unref);
  if (g_task_return_error_if_cancelled (task))
    return;

  has_answered = error == NULL;
  if (error != NULL)
    g_debug ("There is no " KEYRING " to be used: %s", error->message);
  g_task_return_boolean (task, has_answered);
}

/**
 * mullion_safe_storage_is_encryption_available_async:
 * @app: the app
 * @cancellable: (nullable): ends the wait for the answer
 * @callback: (scope async): what is called with the answer
 * @user_data: data for @callback
 *
 * Asks whether this desktop has a keyring that answers, like Electron's
 * `safeStorage.isEncryptionAvailable`. The user is asked nothing: a keyring that is locked is there.
 *
 * Since: 0.1
 */
void
mullion_safe_storage_is_encryption_available_async (MullionApp          *app,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MULLION_IS_APP (app));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_safe_storage_is_encryption_available_async);
  secret_password_search (&schema, SECRET_SEARCH_NONE, cancellable, searched_cb, task,
                          "application", get_owner (app), NULL);
}

/**
 * mullion_safe_storage_is_encryption_available_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@safe_storage_is_encryption_available_async] began.
 *
 * Returns: whether there is one; %FALSE with @error set if the wait was ended
 *
 * Since: 0.1
 */
gboolean
mullion_safe_storage_is_encryption_available_finish (GAsyncResult  *result,
                                                     GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (
    g_async_result_is_tagged (result, mullion_safe_storage_is_encryption_available_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mullion_safe_storage_get_selected_storage_backend:
 *
 * Gets where the key is, like Electron's `safeStorage.getSelectedStorageBackend`. Every keyring with
 * the interface of the Secret Service goes by the same name, KDE's among them.
 *
 * Returns: `gnome_libsecret` if a keyring has answered the last time that one was asked, or
 *   `unknown`. There is no `basic_text`: nothing is encrypted without a keyring.
 *
 * Since: 0.1
 */
const char *
mullion_safe_storage_get_selected_storage_backend (void)
{
  return has_answered ? "gnome_libsecret" : "unknown";
}

/* -- Texts -- */

/**
 * mullion_safe_storage_encrypt_string_async:
 * @app: the app
 * @text: a text
 * @cancellable: (nullable): ends the wait for the answer
 * @callback: (scope async): what is called with the answer
 * @user_data: data for @callback
 *
 * Encrypts a text for the app to keep, like Electron's `safeStorage.encryptString`, with a key that
 * is in the user's keyring. The keyring may have to be opened by the user first.
 *
 * It fails with %MULLION_ERROR_UNAVAILABLE on a desktop without a keyring: nothing is ever encrypted
 * with a key that anybody could know.
 *
 * Since: 0.1
 */
void
mullion_safe_storage_encrypt_string_async (MullionApp          *app,
                                           const char          *text,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  Job *job;

  g_return_if_fail (MULLION_IS_APP (app));
  g_return_if_fail (text != NULL);

  job = g_new0 (Job, 1);
  job->text = g_strdup (text);
  start (app, job, mullion_safe_storage_encrypt_string_async, cancellable, callback, user_data);
}

/**
 * mullion_safe_storage_encrypt_string_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@safe_storage_encrypt_string_async] began.
 *
 * Returns: (transfer full): what to keep; %NULL with @error set
 *
 * Since: 0.1
 */
GBytes *
mullion_safe_storage_encrypt_string_finish (GAsyncResult  *result,
                                            GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (
    g_async_result_is_tagged (result, mullion_safe_storage_encrypt_string_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mullion_safe_storage_decrypt_string_async:
 * @app: the app
 * @encrypted: what was kept
 * @cancellable: (nullable): ends the wait for the answer
 * @callback: (scope async): what is called with the answer
 * @user_data: data for @callback
 *
 * Decrypts a text, like Electron's `safeStorage.decryptString`.
 *
 * It fails with %MULLION_ERROR_UNAVAILABLE on a desktop without a keyring, with
 * %MULLION_ERROR_NOT_FOUND where the keyring has no key of this app, and with
 * %MULLION_ERROR_INVALID_ARGUMENT for what was not encrypted with that key, or has been changed.
 *
 * Since: 0.1
 */
void
mullion_safe_storage_decrypt_string_async (MullionApp          *app,
                                           GBytes              *encrypted,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  Job *job;

  g_return_if_fail (MULLION_IS_APP (app));
  g_return_if_fail (encrypted != NULL);

  job = g_new0 (Job, 1);
  job->encrypted = g_bytes_ref (encrypted);
  start (app, job, mullion_safe_storage_decrypt_string_async, cancellable, callback, user_data);
}

/**
 * mullion_safe_storage_decrypt_string_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@safe_storage_decrypt_string_async] began.
 *
 * Returns: (transfer full): the text; %NULL with @error set
 *
 * Since: 0.1
 */
char *
mullion_safe_storage_decrypt_string_finish (GAsyncResult  *result,
                                            GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (
    g_async_result_is_tagged (result, mullion_safe_storage_decrypt_string_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
