/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-module.h"
#include "mullion-process-error.h"
#include "mullion-utility-launch.h"
#include "mullion-utility-process.h"

#include <fcntl.h>
#include <gmodule.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * mullion-utility-host MODULE ARGUMENT…
 *
 * The process of a helper that is a module: it loads it, gives it the port to the process that forked
 * this one, and runs the main loop until that is closed. Started by mullion_utility_process_fork () alone.
 *
 * A module is code of the app's author with all the rights of the user, as a program would be.
 */

/* @status: where the parent hears of it, or -1 */
static int
fail (int                  status,
      MullionProcessError  code,
      const char          *text)
{
  if (status < 0 || dprintf (status, "%d %s", code, text) < 0)
    g_printerr ("%s\n", text);

  return EXIT_FAILURE;
}

/* What the module starts has no part in it. */
static int
take_status (void)
{
  const char *text = g_getenv (MULLION_UTILITY_STATUS);
  guint64 fd = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &fd, NULL))
    return -1;

  g_unsetenv (MULLION_UTILITY_STATUS);
  return fcntl ((int) fd, F_SETFD, FD_CLOEXEC) == 0 ? (int) fd : -1;
}

/* Bound now, so that an unknown symbol fails here and not in the middle of a run. */
static GModule *
load (const char                     *path,
      MullionUtilityModuleStartFunc  *start,
      GError                        **error)
{
  GModule *module = g_module_open (path, G_MODULE_BIND_LOCAL);
  gpointer symbol = NULL;

  if (module == NULL)
    g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_MODULE_NOT_LOADED,
                 "Cannot load the module “%s”: %s", path, g_module_error ());
  else if (!g_module_symbol (module, MULLION_UTILITY_ENTRY_POINT, &symbol) || symbol == NULL)
    g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_NO_ENTRY_POINT,
                 "The module “%s” has no function %s (MullionMessagePortMain *, const char * const *): "
                 "declare it with #include <mullion-module.h>", path, MULLION_UTILITY_ENTRY_POINT);
  else
    {
      /* Its types and callbacks outlive any point at which it could be closed. */
      g_module_make_resident (module);
      *start = (MullionUtilityModuleStartFunc) symbol;
      return module;
    }

  return NULL;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  MullionUtilityModuleStartFunc start = NULL;
  int status = take_status ();
  MullionMessagePortMain *port = mullion_utility_process_get_parent_port (&error);
  g_autofree char *name = argc > 1 ? g_path_get_basename (argv[1]) : NULL;

  if (port == NULL || name == NULL)
    return fail (status, MULLION_PROCESS_ERROR_NO_PARENT,
                 port == NULL ? error->message : "mullion-utility-host needs the path of a module");

  g_set_prgname (name);
  if (load (argv[1], &start, &error) == NULL)
    return fail (status, (MullionProcessError) error->code, error->message);

  if (status >= 0)
    close (status);
  start (port, (const char * const *) argv + 2);
  mullion_message_port_main_start (port);
  while (mullion_message_port_main_is_open (port))
    g_main_context_iteration (NULL, TRUE);
  return EXIT_SUCCESS;
}
