/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-launch-options.h"

#include "mullion-error.h"

/*
 * The command line of the launcher, read before there is an application. Main process.
 *
 * The application's id depends on the folder, and a second start may only pass its arguments on to
 * the first one: so what belongs to the launcher itself has to be understood here, locally.
 */

#define DEFAULT_TIMEOUT 30
#define MAX_TIMEOUT 3600
#define MAX_SIZE 16384

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, message);
  return FALSE;
}

static gboolean
parse_size (MullionLaunchOptions  *self,
            const char            *size,
            GError               **error)
{
  g_auto (GStrv) parts = g_strsplit (size, "x", -1);
  guint64 width, height;

  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, MAX_SIZE, &width, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 1, MAX_SIZE, &height, NULL))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "--size is \"%s\": expected WIDTHxHEIGHT such as 800x600, each from 1 to %d",
                   size, MAX_SIZE);
      return FALSE;
    }
  self->width = (int) width;
  self->height = (int) height;
  return TRUE;
}

static gboolean
check (MullionLaunchOptions  *self,
       const char            *size,
       GStrv                  targets,
       GError               **error)
{
  if (targets != NULL && targets[0] != NULL && targets[1] != NULL)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "one FOLDER is run at a time, and \"%s\" is a second one: arguments of the app "
                   "come after --", targets[1]);
      return FALSE;
    }
  if (self->audit && (targets == NULL || targets[0] == NULL))
    return fail (error, "--audit needs the FOLDER of an app");
  if (self->timeout != 0 && self->screenshot == NULL)
    return fail (error, "--timeout is the patience of --screenshot and needs it");
  if (self->timeout < 0 || self->timeout > MAX_TIMEOUT)
    return fail (error, "--timeout expects seconds, from 1 to 3600");
  if (size != NULL && !parse_size (self, size, error))
    return FALSE;

  if (targets != NULL)
    self->target = g_strdup (targets[0]);
  if (self->timeout == 0)
    self->timeout = DEFAULT_TIMEOUT;
  return TRUE;
}

static GOptionContext *
create_context (GOptionEntry *entries)
{
  GOptionContext *context = g_option_context_new ("[FOLDER] [-- ARGUMENTS…]");

  g_option_context_set_summary (context,
                                "Runs the app in FOLDER, as its package.json says, or a single "
                                ".html page.\nWithout a FOLDER it opens the Gallery.");
  g_option_context_set_description (context, "The manual page mullion(1) and docs/manifest.md "
                                             "describe the app folder.");
  g_option_context_add_main_entries (context, entries, NULL);
  return context;
}

/* Cuts @argv at the first "--": what follows it is the app's, whatever it looks like. */
static GStrv
split_arguments (GStrv argv)
{
  GStrv arguments;
  guint i = 0;

  while (argv[i] != NULL && !g_str_equal (argv[i], "--"))
    i++;
  arguments = g_strdupv (argv[i] != NULL ? argv + i + 1 : argv + i);
  for (guint j = i; argv[j] != NULL; j++)
    g_clear_pointer (&argv[j], g_free);
  return arguments;
}

/* --help prints and exits in here, as g_option_context_parse () does. */
MullionLaunchOptions *
mullion_launch_options_parse (const char *const  *argv,
                              GError            **error)
{
  g_autoptr (MullionLaunchOptions) self = g_new0 (MullionLaunchOptions, 1);
  g_autoptr (GOptionContext) context = NULL;
  g_auto (GStrv) own = g_strdupv ((char **) argv);
  g_auto (GStrv) targets = NULL;
  g_autofree char *size = NULL;
  GOptionEntry entries[] = {
    { "audit", 0, 0, G_OPTION_ARG_NONE, &self->audit,
      "Let pages use all channels, and print those they used, for the manifest", NULL },
    { "dev-tools", 0, 0, G_OPTION_ARG_NONE, &self->dev_tools, "Open the developer tools", NULL },
    { "doctor", 0, 0, G_OPTION_ARG_NONE, &self->doctor,
      "Say what apps need and what this machine has", NULL },
    { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, &self->screenshot,
      "Write a PNG of the first page and quit", "FILE" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "Size of the page in pixels", "WIDTHxHEIGHT" },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &self->timeout,
      "Give up a screenshot after so many seconds (30)", "SECONDS" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, "Print the version", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &targets, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };

  self->arguments = split_arguments (own);
  context = create_context (entries);
  if (!g_option_context_parse_strv (context, &own, error) || !check (self, size, targets, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mullion_launch_options_free (MullionLaunchOptions *self)
{
  g_free (self->target);
  g_strfreev (self->arguments);
  g_free (self->screenshot);
  g_free (self);
}
