/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MULLION_SEALED_TEXT_KEY_SIZE 32

/* (transfer full) (nullable): NULL with @error set where there is no randomness. @owner goes into
 * the seal: what one app has sealed, another one cannot open. */
GBytes *mullion_sealed_text_new  (const char  *text,
                                  const char  *owner,
                                  GBytes      *key,
                                  GError     **error);
char   *mullion_sealed_text_open (GBytes      *sealed,
                                  const char  *owner,
                                  GBytes      *key,
                                  GError     **error);

/* (transfer full) (nullable) */
GBytes *mullion_sealed_text_new_key (GError **error);

G_END_DECLS
