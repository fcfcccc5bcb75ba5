/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-accelerator.h"

#include "mullion-error.h"

/*
 * Electron's notation of accelerators, read.
 *
 * Main process. An accelerator is the developer's text: modifiers and one key, joined with "+", in
 * any case of letters. Modifiers that no keyboard here has stand for the nearest one: Command is
 * the Super key, and Option is Alt.
 */

typedef struct
{
  const char *name; /* in lower case, as Electron has it */
  const char *gtk;
} Name;

static const Name modifiers[] = {
  { "alt", "<Alt>" },
  { "altgr", "<Mod5>" },
  { "cmd", "<Super>" },
  { "cmdorctrl", "<Control>" },
  { "command", "<Super>" },
  { "commandorcontrol", "<Control>" },
  { "control", "<Control>" },
  { "ctrl", "<Control>" },
  { "meta", "<Super>" },
  { "option", "<Alt>" },
  { "shift", "<Shift>" },
  { "super", "<Super>" },
};

/* Keys whose name here is another one than Electron's in lower case. */
static const Name keys[] = {
  { "backspace", "BackSpace" },
  { "capslock", "Caps_Lock" },
  { "delete", "Delete" },
  { "down", "Down" },
  { "end", "End" },
  { "enter", "Return" },
  { "esc", "Escape" },
  { "escape", "Escape" },
  { "home", "Home" },
  { "insert", "Insert" },
  { "left", "Left" },
  { "medianexttrack", "AudioNext" },
  { "mediaplaypause", "AudioPlay" },
  { "mediaprevioustrack", "AudioPrev" },
  { "mediastop", "AudioStop" },
  { "numadd", "KP_Add" },
  { "numdec", "KP_Decimal" },
  { "numdiv", "KP_Divide" },
  { "numlock", "Num_Lock" },
  { "nummult", "KP_Multiply" },
  { "numsub", "KP_Subtract" },
  { "pagedown", "Page_Down" },
  { "pageup", "Page_Up" },
  { "plus", "plus" },
  { "printscreen", "Print" },
  { "return", "Return" },
  { "right", "Right" },
  { "scrolllock", "Scroll_Lock" },
  { "space", "space" },
  { "tab", "Tab" },
  { "up", "Up" },
  { "volumedown", "AudioLowerVolume" },
  { "volumemute", "AudioMute" },
  { "volumeup", "AudioRaiseVolume" },
};

#define LAST_FUNCTION_KEY 24

static const char *
find_name (const Name *names,
           gsize       n_names,
           const char *name)
{
  for (gsize i = 0; i < n_names; i++)
    if (g_str_equal (names[i].name, name))
      return names[i].gtk;

  return NULL;
}

/* F1 to F24. */
static gboolean
is_function_key (const char *name)
{
  guint64 number;

  return *name == 'f' &&
         g_ascii_string_to_unsigned (name + 1, 10, 1, LAST_FUNCTION_KEY, &number, NULL);
}

/* num0 to num9. */
static gboolean
is_keypad_digit (const char *name)
{
  return g_str_has_prefix (name, "num") && g_ascii_isdigit (name[3]) && name[4] == '\0';
}

/* One character stands for the key that writes it, in GTK's words: "," is "comma". */
static char *
name_character (const char *name)
{
  gunichar character = g_utf8_get_char (name);

  if (*name == '\0' || *g_utf8_next_char (name) != '\0' || !g_unichar_isgraph (character))
    return NULL;

  return g_strdup (gdk_keyval_name (gdk_unicode_to_keyval (g_unichar_tolower (character))));
}

static char *
name_key (const char *name)
{
  const char *known = find_name (keys, G_N_ELEMENTS (keys), name);

  if (known != NULL)
    return g_strdup (known);
  if (is_function_key (name))
    return g_ascii_strup (name, -1);
  if (is_keypad_digit (name))
    return g_strdup_printf ("KP_%c", name[3]);

  return name_character (name);
}

char *
mullion_accelerator_to_gtk (const char  *accelerator,
                            GError     **error)
{
  g_autofree char *folded = g_utf8_strdown (accelerator, -1);
  g_auto(GStrv) parts = g_strsplit (folded, "+", -1);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *key = NULL;
  guint n_parts = g_strv_length (parts);

  for (guint i = 0; i + 1 < n_parts; i++)
    {
      const char *modifier = find_name (modifiers, G_N_ELEMENTS (modifiers), parts[i]);

      if (modifier == NULL)
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                       "“%s” of the accelerator “%s” is no modifier", parts[i], accelerator);
          return NULL;
        }
      g_string_append (text, modifier);
    }

  key = n_parts > 0 ? name_key (parts[n_parts - 1]) : NULL;
  if (key == NULL)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "The accelerator “%s” names no key at its end", accelerator);
      return NULL;
    }
  g_string_append (text, key);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
