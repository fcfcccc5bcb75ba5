/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-key-names.h"

#include <linux/input-event-codes.h>

/*
 * The names that the web has for keys, by the numbers that GDK has for them.
 *
 * Main process. What a key writes has a number of the keyboard's layout, and where it is has one of
 * the kernel's, with 8 added: so X11 has it, and Wayland's keyboards are described in its words.
 */

#define FIRST_KEYCODE 8

typedef struct
{
  guint keyval;
  const char *key;
} Name;

/* What writes nothing: the names are those of the UI Events KeyboardEvent key values. */
static const Name names[] = {
  { GDK_KEY_Alt_L, "Alt" },
  { GDK_KEY_Alt_R, "Alt" },
  { GDK_KEY_AudioLowerVolume, "AudioVolumeDown" },
  { GDK_KEY_AudioMute, "AudioVolumeMute" },
  { GDK_KEY_AudioNext, "MediaTrackNext" },
  { GDK_KEY_AudioPlay, "MediaPlayPause" },
  { GDK_KEY_AudioPrev, "MediaTrackPrevious" },
  { GDK_KEY_AudioRaiseVolume, "AudioVolumeUp" },
  { GDK_KEY_AudioStop, "MediaStop" },
  { GDK_KEY_Back, "BrowserBack" },
  { GDK_KEY_BackSpace, "Backspace" },
  { GDK_KEY_Cancel, "Cancel" },
  { GDK_KEY_Caps_Lock, "CapsLock" },
  { GDK_KEY_Clear, "Clear" },
  { GDK_KEY_Control_L, "Control" },
  { GDK_KEY_Control_R, "Control" },
  { GDK_KEY_Copy, "Copy" },
  { GDK_KEY_Cut, "Cut" },
  { GDK_KEY_Delete, "Delete" },
  { GDK_KEY_Down, "ArrowDown" },
  { GDK_KEY_End, "End" },
  { GDK_KEY_Escape, "Escape" },
  { GDK_KEY_Execute, "Execute" },
  { GDK_KEY_Favorites, "BrowserFavorites" },
  { GDK_KEY_Find, "Find" },
  { GDK_KEY_Forward, "BrowserForward" },
  { GDK_KEY_Help, "Help" },
  { GDK_KEY_Home, "Home" },
  { GDK_KEY_HomePage, "BrowserHome" },
  { GDK_KEY_Insert, "Insert" },
  { GDK_KEY_ISO_Enter, "Enter" },
  { GDK_KEY_ISO_Left_Tab, "Tab" },
  { GDK_KEY_ISO_Level3_Shift, "AltGraph" },
  { GDK_KEY_KP_Begin, "Clear" },
  { GDK_KEY_KP_Delete, "Delete" },
  { GDK_KEY_KP_Down, "ArrowDown" },
  { GDK_KEY_KP_End, "End" },
  { GDK_KEY_KP_Enter, "Enter" },
  { GDK_KEY_KP_Home, "Home" },
  { GDK_KEY_KP_Insert, "Insert" },
  { GDK_KEY_KP_Left, "ArrowLeft" },
  { GDK_KEY_KP_Page_Down, "PageDown" },
  { GDK_KEY_KP_Page_Up, "PageUp" },
  { GDK_KEY_KP_Right, "ArrowRight" },
  { GDK_KEY_KP_Up, "ArrowUp" },
  { GDK_KEY_Left, "ArrowLeft" },
  { GDK_KEY_Menu, "ContextMenu" },
  { GDK_KEY_Meta_L, "Meta" },
  { GDK_KEY_Meta_R, "Meta" },
  { GDK_KEY_Mode_switch, "ModeChange" },
  { GDK_KEY_MonBrightnessDown, "BrightnessDown" },
  { GDK_KEY_MonBrightnessUp, "BrightnessUp" },
  { GDK_KEY_Multi_key, "Compose" },
  { GDK_KEY_Num_Lock, "NumLock" },
  { GDK_KEY_Page_Down, "PageDown" },
  { GDK_KEY_Page_Up, "PageUp" },
  { GDK_KEY_Paste, "Paste" },
  { GDK_KEY_Pause, "Pause" },
  { GDK_KEY_Print, "PrintScreen" },
  { GDK_KEY_Redo, "Redo" },
  { GDK_KEY_Refresh, "BrowserRefresh" },
  { GDK_KEY_Return, "Enter" },
  { GDK_KEY_Right, "ArrowRight" },
  { GDK_KEY_Scroll_Lock, "ScrollLock" },
  { GDK_KEY_Search, "BrowserSearch" },
  { GDK_KEY_Select, "Select" },
  { GDK_KEY_Shift_L, "Shift" },
  { GDK_KEY_Shift_R, "Shift" },
  { GDK_KEY_Super_L, "Meta" },
  { GDK_KEY_Super_R, "Meta" },
  { GDK_KEY_Tab, "Tab" },
  { GDK_KEY_Undo, "Undo" },
  { GDK_KEY_Up, "ArrowUp" },
};

/* The names are those of the UI Events KeyboardEvent code values. */
static const char *const codes[] = {
  [KEY_ESC] = "Escape",
  [KEY_1] = "Digit1", [KEY_2] = "Digit2", [KEY_3] = "Digit3", [KEY_4] = "Digit4",
  [KEY_5] = "Digit5", [KEY_6] = "Digit6", [KEY_7] = "Digit7", [KEY_8] = "Digit8",
  [KEY_9] = "Digit9", [KEY_0] = "Digit0", [KEY_MINUS] = "Minus", [KEY_EQUAL] = "Equal",
  [KEY_BACKSPACE] = "Backspace", [KEY_TAB] = "Tab",
  [KEY_Q] = "KeyQ", [KEY_W] = "KeyW", [KEY_E] = "KeyE", [KEY_R] = "KeyR", [KEY_T] = "KeyT",
  [KEY_Y] = "KeyY", [KEY_U] = "KeyU", [KEY_I] = "KeyI", [KEY_O] = "KeyO", [KEY_P] = "KeyP",
  [KEY_LEFTBRACE] = "BracketLeft", [KEY_RIGHTBRACE] = "BracketRight", [KEY_ENTER] = "Enter",
  [KEY_LEFTCTRL] = "ControlLeft",
  [KEY_A] = "KeyA", [KEY_S] = "KeyS", [KEY_D] = "KeyD", [KEY_F] = "KeyF", [KEY_G] = "KeyG",
  [KEY_H] = "KeyH", [KEY_J] = "KeyJ", [KEY_K] = "KeyK", [KEY_L] = "KeyL",
  [KEY_SEMICOLON] = "Semicolon", [KEY_APOSTROPHE] = "Quote", [KEY_GRAVE] = "Backquote",
  [KEY_LEFTSHIFT] = "ShiftLeft", [KEY_BACKSLASH] = "Backslash",
  [KEY_Z] = "KeyZ", [KEY_X] = "KeyX", [KEY_C] = "KeyC", [KEY_V] = "KeyV", [KEY_B] = "KeyB",
  [KEY_N] = "KeyN", [KEY_M] = "KeyM", [KEY_COMMA] = "Comma", [KEY_DOT] = "Period",
  [KEY_SLASH] = "Slash", [KEY_RIGHTSHIFT] = "ShiftRight",
  [KEY_KPASTERISK] = "NumpadMultiply", [KEY_LEFTALT] = "AltLeft", [KEY_SPACE] = "Space",
  [KEY_CAPSLOCK] = "CapsLock",
  [KEY_F1] = "F1", [KEY_F2] = "F2", [KEY_F3] = "F3", [KEY_F4] = "F4", [KEY_F5] = "F5",
  [KEY_F6] = "F6", [KEY_F7] = "F7", [KEY_F8] = "F8", [KEY_F9] = "F9", [KEY_F10] = "F10",
  [KEY_NUMLOCK] = "NumLock", [KEY_SCROLLLOCK] = "ScrollLock",
  [KEY_KP7] = "Numpad7", [KEY_KP8] = "Numpad8", [KEY_KP9] = "Numpad9",
  [KEY_KPMINUS] = "NumpadSubtract", [KEY_KP4] = "Numpad4", [KEY_KP5] = "Numpad5",
  [KEY_KP6] = "Numpad6", [KEY_KPPLUS] = "NumpadAdd", [KEY_KP1] = "Numpad1",
  [KEY_KP2] = "Numpad2", [KEY_KP3] = "Numpad3", [KEY_KP0] = "Numpad0",
  [KEY_KPDOT] = "NumpadDecimal",
  [KEY_102ND] = "IntlBackslash", [KEY_F11] = "F11", [KEY_F12] = "F12", [KEY_RO] = "IntlRo",
  [KEY_HENKAN] = "Convert", [KEY_KATAKANAHIRAGANA] = "KanaMode", [KEY_MUHENKAN] = "NonConvert",
  [KEY_KPENTER] = "NumpadEnter", [KEY_RIGHTCTRL] = "ControlRight",
  [KEY_KPSLASH] = "NumpadDivide", [KEY_SYSRQ] = "PrintScreen", [KEY_RIGHTALT] = "AltRight",
  [KEY_HOME] = "Home", [KEY_UP] = "ArrowUp", [KEY_PAGEUP] = "PageUp", [KEY_LEFT] = "ArrowLeft",
  [KEY_RIGHT] = "ArrowRight", [KEY_END] = "End", [KEY_DOWN] = "ArrowDown",
  [KEY_PAGEDOWN] = "PageDown", [KEY_INSERT] = "Insert", [KEY_DELETE] = "Delete",
  [KEY_MUTE] = "AudioVolumeMute", [KEY_VOLUMEDOWN] = "AudioVolumeDown",
  [KEY_VOLUMEUP] = "AudioVolumeUp", [KEY_KPEQUAL] = "NumpadEqual", [KEY_PAUSE] = "Pause",
  [KEY_KPCOMMA] = "NumpadComma", [KEY_HANGEUL] = "Lang1", [KEY_HANJA] = "Lang2",
  [KEY_YEN] = "IntlYen", [KEY_LEFTMETA] = "MetaLeft", [KEY_RIGHTMETA] = "MetaRight",
  [KEY_COMPOSE] = "ContextMenu", [KEY_BACK] = "BrowserBack", [KEY_FORWARD] = "BrowserForward",
  [KEY_NEXTSONG] = "MediaTrackNext", [KEY_PLAYPAUSE] = "MediaPlayPause",
  [KEY_PREVIOUSSONG] = "MediaTrackPrevious", [KEY_STOPCD] = "MediaStop",
  [KEY_HOMEPAGE] = "BrowserHome", [KEY_REFRESH] = "BrowserRefresh",
  [KEY_F13] = "F13", [KEY_F14] = "F14", [KEY_F15] = "F15", [KEY_F16] = "F16",
  [KEY_F17] = "F17", [KEY_F18] = "F18", [KEY_F19] = "F19", [KEY_F20] = "F20",
  [KEY_F21] = "F21", [KEY_F22] = "F22", [KEY_F23] = "F23", [KEY_F24] = "F24",
  [KEY_SEARCH] = "BrowserSearch", [KEY_BOOKMARKS] = "BrowserFavorites",
};

static const char *
find_name (guint keyval)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].keyval == keyval)
      return names[i].key;

  return NULL;
}

static gboolean
is_dead (guint keyval)
{
  return g_str_has_prefix (gdk_keyval_name (keyval), "dead_");
}

char *
mullion_key_names_dup_key (guint keyval)
{
  const char *name = find_name (keyval);
  gunichar character = gdk_keyval_to_unicode (keyval);
  char text[6];

  if (name != NULL)
    return g_strdup (name);
  if (keyval >= GDK_KEY_F1 && keyval <= GDK_KEY_F35)
    return g_strdup_printf ("F%u", keyval - GDK_KEY_F1 + 1);
  if (character != 0)
    return g_strndup (text, g_unichar_to_utf8 (character, text));

  return g_strdup (gdk_keyval_name (keyval) != NULL && is_dead (keyval) ? "Dead" : "Unidentified");
}

const char *
mullion_key_names_get_code (guint keycode)
{
  guint key = keycode - FIRST_KEYCODE;

  if (keycode < FIRST_KEYCODE || key >= G_N_ELEMENTS (codes) || codes[key] == NULL)
    return "";

  return codes[key];
}

static gboolean
is_modifier (const char *code)
{
  return g_str_has_prefix (code, "Shift") || g_str_has_prefix (code, "Control") ||
         g_str_has_prefix (code, "Alt") || g_str_has_prefix (code, "Meta");
}

MullionKeyLocation
mullion_key_names_locate (const char *code)
{
  if (g_str_has_prefix (code, "Numpad"))
    return MULLION_KEY_LOCATION_NUMPAD;
  if (!is_modifier (code))
    return MULLION_KEY_LOCATION_STANDARD;

  return g_str_has_suffix (code, "Left") ? MULLION_KEY_LOCATION_LEFT : MULLION_KEY_LOCATION_RIGHT;
}

GdkModifierType
mullion_key_names_modifier (guint keyval)
{
  const struct
  {
    const char *key;
    GdkModifierType modifier;
  } modifiers[] = {
    { "Shift", GDK_SHIFT_MASK },
    { "Control", GDK_CONTROL_MASK },
    { "Alt", GDK_ALT_MASK },
    { "Meta", GDK_SUPER_MASK },
  };
  const char *name = find_name (keyval);

  for (gsize i = 0; i < G_N_ELEMENTS (modifiers); i++)
    if (g_strcmp0 (name, modifiers[i].key) == 0)
      return modifiers[i].modifier;

  return 0;
}
