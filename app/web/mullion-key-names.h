/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Where a key is on the keyboard, as KeyboardEvent.location says it. */
typedef enum
{
  MULLION_KEY_LOCATION_STANDARD,
  MULLION_KEY_LOCATION_LEFT,
  MULLION_KEY_LOCATION_RIGHT,
  MULLION_KEY_LOCATION_NUMPAD,
} MullionKeyLocation;

/* (transfer full): KeyboardEvent.key, "Unidentified" for one that the web has no name for. */
char               *mullion_key_names_dup_key  (guint       keyval);
/* KeyboardEvent.code, "" for one that the web has no name for. */
const char         *mullion_key_names_get_code (guint       keycode);
MullionKeyLocation  mullion_key_names_locate   (const char *code);
/* The modifier that @keyval holds down, or none. */
GdkModifierType     mullion_key_names_modifier (guint       keyval);

G_END_DECLS
