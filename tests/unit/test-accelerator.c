/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-accelerator.h"

#include "mullion-error.h"

/* Electron's accelerators: what GTK makes of them, and which are refused. */

static void
assert_accelerator (const char *accelerator,
                    const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = mullion_accelerator_to_gtk (accelerator, &error);
  GdkModifierType modifiers;
  guint key;

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
  g_assert_true (gtk_accelerator_parse (text, &key, &modifiers));
  g_assert_cmpuint (key, !=, 0);
}

static void
test_accepted (void)
{
  assert_accelerator ("CmdOrCtrl+Shift+K", "<Control><Shift>k");
  assert_accelerator ("CommandOrControl+Plus", "<Control>plus");
  assert_accelerator ("ctrl+-", "<Control>minus");
  assert_accelerator ("Alt+Left", "<Alt>Left");
  assert_accelerator ("Super+Space", "<Super>space");
  assert_accelerator ("Shift+Alt+num5", "<Shift><Alt>KP_5");
  assert_accelerator ("F24", "F24");
  assert_accelerator ("Control+,", "<Control>comma");
  assert_accelerator ("Ctrl+ä", "<Control>adiaeresis");
  assert_accelerator ("Escape", "Escape");
  assert_accelerator ("MediaPlayPause", "AudioPlay");
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "", "+", "Ctrl+", "Ctrl", "Hyper+K", "Ctrl+Foo", "F25", "F0", "Ctrl++", "Ctrl+K+L", "num10",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (mullion_accelerator_to_gtk (bad[i], &error));
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, bad[i]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/accelerator/accepted", test_accepted);
  g_test_add_func ("/accelerator/refused", test_refused);

  return g_test_run ();
}
