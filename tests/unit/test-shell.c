/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-error.h"
#include "mullion-shell.h"
#include "tests/test-folder.h"
#include "tests/test-warnings.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

/* Which addresses the desktop is asked to open. A file of the tests plays the user's browser. */

typedef struct
{
  const char *url;
  int code; /* -1: opens */
} Case;

static void
check (const Case *cases,
       gsize       n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean opens = mullion_shell_check_external (cases[i].url, &error);
      g_autofree char *escaped = g_strescape (cases[i].url, NULL);

      g_test_message ("%s: %s", escaped, opens ? "opens" : error->message);
      g_assert_cmpint (opens, ==, cases[i].code == -1);
      if (!opens)
        g_assert_error (error, MULLION_ERROR, cases[i].code);
    }
}

static void
test_default (void)
{
  static const Case cases[] = {
    { "https://example.org/a?b#c", -1 },
    { "HTTP://EXAMPLE.ORG", -1 },
    { "mailto:somebody@example.org?subject=attached", -1 },
    { "mailto:a@example.org?subject=x&Attach=/etc/passwd", MULLION_ERROR_NOT_ALLOWED },
    { "mailto:a@example.org?%61ttachment=/etc/passwd", MULLION_ERROR_NOT_ALLOWED },
    { "https://bank.example@evil.example/", MULLION_ERROR_NOT_ALLOWED },
    { "file:///etc/passwd", MULLION_ERROR_NOT_ALLOWED },
    { "FILE:///etc/passwd", MULLION_ERROR_NOT_ALLOWED },
    { "javascript:alert(1)", MULLION_ERROR_NOT_ALLOWED },
    { "smb://host/share", MULLION_ERROR_NOT_ALLOWED },
    { "ms-msdt:/id", MULLION_ERROR_NOT_ALLOWED },
    { "https-x://example.org", MULLION_ERROR_NOT_ALLOWED },
    { "", MULLION_ERROR_INVALID_ARGUMENT },
    { "example.org", MULLION_ERROR_INVALID_ARGUMENT },
    { "--help", MULLION_ERROR_INVALID_ARGUMENT },
    { "https:///path", MULLION_ERROR_INVALID_ARGUMENT },
    { "https://example.org/a b", MULLION_ERROR_INVALID_ARGUMENT },
    { "https://example.org\n", MULLION_ERROR_INVALID_ARGUMENT },
    { "https://example.org\\@evil.example", MULLION_ERROR_INVALID_ARGUMENT },
    { "https://example.org/\xff", MULLION_ERROR_INVALID_ARGUMENT },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_schemes (void)
{
  static const char *const schemes[] = { "https", "matrix", "file", NULL };
  static const Case cases[] = {
    { "https://example.org", -1 },
    { "matrix:r/room:example.org", -1 },
    { "http://example.org", MULLION_ERROR_NOT_ALLOWED },
    { "mailto:a@example.org", MULLION_ERROR_NOT_ALLOWED },
    { "file:///etc/passwd", MULLION_ERROR_NOT_ALLOWED },
  };
  static const Case http[] = { { "http://example.org", -1 } };

  expect_warning ("file: addresses are never opened by other programs");
  mullion_shell_set_external_schemes (schemes);
  assert_warned ();
  check (cases, G_N_ELEMENTS (cases));

  mullion_shell_set_external_schemes (NULL);
  check (http, G_N_ELEMENTS (http));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
open_external (const char *url)
{
  GAsyncResult *result = NULL;

  mullion_shell_open_external_async (url, NULL, NULL, opened_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return result;
}

static void
write_file (const char *dir,
            const char *name,
            const char *text)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), dir, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* The program that opens https: says what it was given, in a pipe. */
static void
install_browser (const char *pipe)
{
  g_autofree char *script = g_build_filename (g_get_user_data_dir (), "browser.sh", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\nprintf '%%s' \"$*\" > '%s'\n", pipe);
  g_autofree char *entry =
    g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Browser\n"
                     "MimeType=x-scheme-handler/https;\nExec=%s %%u\n", script);

  write_file ("", "browser.sh", text);
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
  write_file ("applications", "browser.desktop", entry);
  write_file ("applications", "mimeapps.list",
              "[Default Applications]\nx-scheme-handler/https=browser.desktop\n");
}

static void
test_open (void)
{
  g_autofree char *pipe = g_build_filename (g_get_user_data_dir (), "opened", NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  install_browser (pipe);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  result = open_external ("https://example.org/page?a=b");
  g_assert_true (mullion_shell_open_external_finish (result, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (pipe, &text, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "https://example.org/page?a=b");
}

static void
test_refused (void)
{
  g_autoptr(GAsyncResult) result = open_external ("file:///etc/passwd");
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_shell_open_external_finish (result, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("test-shell-XXXXXX", NULL);
  int result;

  /* GLib's own way to do this leaks. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  watch_warnings ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shell/default", test_default);
  g_test_add_func ("/shell/schemes", test_schemes);
  g_test_add_func ("/shell/open", test_open);
  g_test_add_func ("/shell/refused", test_refused);

  result = g_test_run ();
  remove_folder (home);
  return result;
}
