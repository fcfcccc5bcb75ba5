/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-keys.h"

#include <X11/keysym.h>

/* Keys by the names that WebDriver has for them:
 * https://www.w3.org/TR/webdriver2/#keyboard-actions */

#define FIRST_KEY 0xE000
/* Where X11 keeps the characters of Unicode that it has no older name for. */
#define UNICODE_KEYSYMS 0x01000000

static const gulong named_keys[] = {
  [0x01] = XK_Cancel,    [0x02] = XK_Help,      [0x03] = XK_BackSpace, [0x04] = XK_Tab,
  [0x05] = XK_Clear,     [0x06] = XK_Return,    [0x07] = XK_Return,    [0x08] = XK_Shift_L,
  [0x09] = XK_Control_L, [0x0A] = XK_Alt_L,     [0x0B] = XK_Pause,     [0x0C] = XK_Escape,
  [0x0D] = XK_space,     [0x0E] = XK_Page_Up,   [0x0F] = XK_Page_Down, [0x10] = XK_End,
  [0x11] = XK_Home,      [0x12] = XK_Left,      [0x13] = XK_Up,        [0x14] = XK_Right,
  [0x15] = XK_Down,      [0x16] = XK_Insert,    [0x17] = XK_Delete,    [0x18] = XK_semicolon,
  [0x19] = XK_equal,     [0x1A] = XK_KP_0,      [0x1B] = XK_KP_1,      [0x1C] = XK_KP_2,
  [0x1D] = XK_KP_3,      [0x1E] = XK_KP_4,      [0x1F] = XK_KP_5,      [0x20] = XK_KP_6,
  [0x21] = XK_KP_7,      [0x22] = XK_KP_8,      [0x23] = XK_KP_9,      [0x24] = XK_KP_Multiply,
  [0x25] = XK_KP_Add,    [0x26] = XK_KP_Separator, [0x27] = XK_KP_Subtract,
  [0x28] = XK_KP_Decimal, [0x29] = XK_KP_Divide, [0x31] = XK_F1,       [0x32] = XK_F2,
  [0x33] = XK_F3,        [0x34] = XK_F4,        [0x35] = XK_F5,        [0x36] = XK_F6,
  [0x37] = XK_F7,        [0x38] = XK_F8,        [0x39] = XK_F9,        [0x3A] = XK_F10,
  [0x3B] = XK_F11,       [0x3C] = XK_F12,       [0x3D] = XK_Super_L,   [0x40] = XK_Zenkaku_Hankaku,
  [0x50] = XK_Shift_R,   [0x51] = XK_Control_R, [0x52] = XK_Alt_R,     [0x53] = XK_Super_R,
  [0x54] = XK_KP_Page_Up, [0x55] = XK_KP_Page_Down, [0x56] = XK_KP_End, [0x57] = XK_KP_Home,
  [0x58] = XK_KP_Left,   [0x59] = XK_KP_Up,     [0x5A] = XK_KP_Right,  [0x5B] = XK_KP_Down,
  [0x5C] = XK_KP_Insert, [0x5D] = XK_KP_Delete,
};

gulong
driver_keys_find_keysym (gunichar character)
{
  if (character >= FIRST_KEY && character < FIRST_KEY + G_N_ELEMENTS (named_keys))
    return named_keys[character - FIRST_KEY];

  switch (character)
    {
    case '\n':
    case '\r':
      return XK_Return;
    case '\t':
      return XK_Tab;
    case '\b':
      return XK_BackSpace;
    default:
      break;
    }

  if (character < 0x20 || (character >= 0x7F && character < 0xA0) ||
      driver_keys_is_named (character))
    return 0;

  /* Latin 1 has the same numbers in both. */
  return character <= 0xFF ? character : character | UNICODE_KEYSYMS;
}

gboolean
driver_keys_is_modifier (gunichar character)
{
  return (character >= 0xE008 && character <= 0xE00A) || character == 0xE03D
         || (character >= 0xE050 && character <= 0xE053);
}

gboolean
driver_keys_is_named (gunichar character)
{
  return character >= FIRST_KEY && character <= 0xF8FF;
}
