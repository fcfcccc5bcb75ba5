/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DRIVER_KEY_NULL 0xE000

/* The keysym of X11 for a character, or for one of the keys that WebDriver names with characters
 * of the private use area; 0 where there is none. */
gulong   driver_keys_find_keysym (gunichar character);

/* Whether it is no character, but one of those keys. */
gboolean driver_keys_is_named    (gunichar character);

/* Shift, Control, Alt and Meta, left and right. */
gboolean driver_keys_is_modifier (gunichar character);

G_END_DECLS
