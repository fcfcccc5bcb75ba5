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
  if (self->redacted != NULL && self->record == NULL)
    return fail (error, "--record-redact is about --record and needs it");
  if (self->json && (!self->doctor || targets == NULL || targets[0] == NULL))
    return fail (error, "--json is how --doctor FOLDER reports, and needs it");
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
                                ".html page.\nWithout a FOLDER it opens the Gallery.\n"
                                "mullion replay --help is about what --record has written.");
  g_option_context_set_description (context, "The manual page mullion(1) and docs/manifest.md "
                                             "describe the app folder.");
  g_option_context_add_main_entries (context, entries, NULL);
  return context;
}

/* `mullion replay FILE [FOLDER]` has options of its own. */
static gboolean
parse_replay (MullionLaunchOptions  *self,
              GStrv                 *argv,
              GError               **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE [FOLDER] [-- ARGUMENTS…]");
  g_auto (GStrv) targets = NULL;
  const GOptionEntry entries[] = {
    { "ignore", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->ignored,
      "Do not compare this channel; one * stands for any text", "CHANNEL" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, "Report as JSON", NULL },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &self->timeout,
      "Wait so many seconds for each answer (5)", "SECONDS" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &targets, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_set_summary (context,
                                "Says to the handlers of the app in FOLDER what the pages said when "
                                "FILE was recorded,\nand what they answer differently. Without a "
                                "FOLDER it is the Gallery's handlers.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, argv, error))
    return FALSE;
  if (targets == NULL || targets[0] == NULL)
    return fail (error, "replay needs the FILE of a recording");
  if (self->timeout < 0 || self->timeout > MAX_TIMEOUT)
    return fail (error, "--timeout expects seconds, from 1 to 3600");
  if (targets[1] != NULL && targets[2] != NULL)
    return fail (error, "replay takes one FILE and one FOLDER: arguments of the app come after --");

  self->replay = g_strdup (targets[0]);
  self->target = g_strdup (targets[1]);
  return TRUE;
}

/* Takes "replay" out of @argv, if that is what it begins with. */
static gboolean
take_replay (GStrv argv)
{
  if (argv[0] == NULL || g_strcmp0 (argv[1], "replay") != 0)
    return FALSE;

  g_free (argv[1]);
  for (guint i = 1; argv[i] != NULL; i++)
    argv[i] = argv[i + 1];
  return TRUE;
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
    { "gapplication-service", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &self->is_service, NULL,
      NULL },
    { "audit", 0, 0, G_OPTION_ARG_NONE, &self->audit,
      "Let pages use all channels, and print those they used, for the manifest", NULL },
    { "dev-tools", 0, 0, G_OPTION_ARG_NONE, &self->dev_tools, "Open the developer tools", NULL },
    { "doctor", 0, 0, G_OPTION_ARG_NONE, &self->doctor,
      "Say what apps need and what this machine has, or hold the security checklist against FOLDER",
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, "Print the checklist as JSON", NULL },
    { "new-instance", 0, 0, G_OPTION_ARG_NONE, &self->new_instance,
      "Run beside an instance of the app that is running", NULL },
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &self->record,
      "Write all messages between pages and the app to a file", "FILE" },
    { "record-redact", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->redacted,
      "Leave what is said on this channel out of it; one * stands for any text", "CHANNEL" },
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
  if (take_replay (own))
    return parse_replay (self, &own, error) ? g_steal_pointer (&self) : NULL;

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
  g_free (self->record);
  g_strfreev (self->redacted);
  g_free (self->replay);
  g_strfreev (self->ignored);
  g_free (self);
}
