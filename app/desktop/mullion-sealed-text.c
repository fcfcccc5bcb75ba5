/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-sealed-text.h"

#include "mullion-error.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

/*
 * A text that only the holder of a key can read, and nobody can change unseen: AES-256-GCM by
 * GnuTLS.
 *
 * Main process. The form is a mark of three bytes with its version, a nonce, and what the cipher
 * makes, its tag at the end. A nonce is random: some billions of texts may be sealed with one key.
 */

#define MARK "ms1"
#define MARK_SIZE 3
#define NONCE_SIZE 12
#define TAG_SIZE 16
#define OVERHEAD (MARK_SIZE + NONCE_SIZE + TAG_SIZE)

static gboolean
begin (gnutls_aead_cipher_hd_t  *cipher,
       GBytes                   *key,
       GError                  **error)
{
  gsize size;
  gnutls_datum_t datum = { (guchar *) g_bytes_get_data (key, &size), 0 };
  int status;

  datum.size = (guint) size;
  status = gnutls_aead_cipher_init (cipher, GNUTLS_CIPHER_AES_256_GCM, &datum);
  if (status == 0)
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "There is no cipher: %s",
               gnutls_strerror (status));
  return FALSE;
}

GBytes *
mullion_sealed_text_new_key (GError **error)
{
  guchar key[MULLION_SEALED_TEXT_KEY_SIZE];

  if (gnutls_rnd (GNUTLS_RND_KEY, key, sizeof key) == 0)
    return g_bytes_new (key, sizeof key);

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "There is no randomness for a key");
  return NULL;
}

GBytes *
mullion_sealed_text_new (const char  *text,
                         const char  *owner,
                         GBytes      *key,
                         GError     **error)
{
  gsize length = strlen (text);
  gsize sealed_length = length + TAG_SIZE;
  g_autofree guchar *sealed = g_malloc (length + OVERHEAD);
  gnutls_aead_cipher_hd_t cipher;
  int status;

  if (!begin (&cipher, key, error))
    return NULL;

  memcpy (sealed, MARK, MARK_SIZE);
  status = gnutls_rnd (GNUTLS_RND_NONCE, sealed + MARK_SIZE, NONCE_SIZE);
  if (status == 0)
    status = gnutls_aead_cipher_encrypt (cipher, sealed + MARK_SIZE, NONCE_SIZE, owner,
                                         strlen (owner), TAG_SIZE, text, length,
                                         sealed + MARK_SIZE + NONCE_SIZE, &sealed_length);
  gnutls_aead_cipher_deinit (cipher);
  if (status == 0)
    return g_bytes_new_take (g_steal_pointer (&sealed), length + OVERHEAD);

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "The text cannot be encrypted: %s",
               gnutls_strerror (status));
  return NULL;
}

char *
mullion_sealed_text_open (GBytes      *sealed,
                          const char  *owner,
                          GBytes      *key,
                          GError     **error)
{
  gsize size;
  const guchar *data = g_bytes_get_data (sealed, &size);
  gsize length = size >= OVERHEAD ? size - OVERHEAD : 0;
  g_autofree char *text = g_malloc0 (length + 1);
  gnutls_aead_cipher_hd_t cipher;
  int status = GNUTLS_E_DECRYPTION_FAILED;

  if (size >= OVERHEAD && memcmp (data, MARK, MARK_SIZE) == 0)
    {
      if (!begin (&cipher, key, error))
        return NULL;
      status = gnutls_aead_cipher_decrypt (cipher, data + MARK_SIZE, NONCE_SIZE, owner,
                                           strlen (owner), TAG_SIZE,
                                           data + MARK_SIZE + NONCE_SIZE, length + TAG_SIZE, text,
                                           &length);
      gnutls_aead_cipher_deinit (cipher);
    }
  if (status == 0)
    return g_steal_pointer (&text);

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "This is no text that this app has encrypted with the key that it has now");
  return NULL;
}
