/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-module.h"

#include "mullion-module.h"

#include <gmodule.h>

/*
 * The optional C module of an app folder. Main process.
 *
 * A module is code of the app's author with all the rights of the user: it is loaded because the
 * manifest names it and it lies in the app's folder, and nothing that a page says has a part in it.
 */

#define ENTRY_POINT "mullion_app_module_activate"

struct _MullionAppModule
{
  MullionAppModuleActivateFunc activate;
};

MullionAppModule *
mullion_app_module_load (const char  *path,
                         GError     **error)
{
  MullionAppModule *self;
  GModule *module;
  gpointer symbol = NULL;

  /* Bound now, so that an unknown symbol fails here and not in the middle of a run. */
  module = g_module_open (path, G_MODULE_BIND_LOCAL);
  if (module == NULL)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "cannot load the module %s: %s",
                   path, g_module_error ());
      return NULL;
    }
  if (!g_module_symbol (module, ENTRY_POINT, &symbol) || symbol == NULL)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                   "the module %s has no function %s (MullionApp *): declare it with "
                   "#include <mullion-module.h>", path, ENTRY_POINT);
      g_module_close (module);
      return NULL;
    }

  /* Types and callbacks of the module outlive any point at which it could be closed. */
  g_module_make_resident (module);
  self = g_new0 (MullionAppModule, 1);
  self->activate = (MullionAppModuleActivateFunc) symbol;
  return self;
}

void
mullion_app_module_start (MullionAppModule *self,
                          MullionApp       *app)
{
  self->activate (app);
}

void
mullion_app_module_free (MullionAppModule *self)
{
  g_free (self);
}
