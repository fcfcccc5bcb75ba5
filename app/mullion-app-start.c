/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-private.h"

/*
 * How a MullionApp is started once more when it has ended.
 */

/**
 * mullion_app_relaunch:
 * @self: an app
 * @args: (nullable) (array zero-terminated=1): the arguments after the name of the program; %NULL
 *   for those of this run
 *
 * Starts the program again when this run of it has ended, like Electron's `app.relaunch`. It does
 * not end the app: call [method@App.quit] or [method@App.exit] for that. The app must have been
 * run by [method@App.run].
 *
 * Since: 0.1
 */
void
mullion_app_relaunch (MullionApp         *self,
                      const char *const  *args)
{
  MullionAppPrivate *priv;

  g_return_if_fail (MULLION_IS_APP (self));

  priv = mullion_app_get_private (self);
  priv->relaunches = TRUE;
  g_strfreev (priv->relaunch_args);
  priv->relaunch_args = g_strdupv ((char **) args);
}

/* The name of the app on the bus is free by now. */
void
mullion_app_start_again (MullionApp         *self,
                         const char *const  *args)
{
  MullionAppPrivate *priv = mullion_app_get_private (self);
  const char *const *chosen =
    priv->relaunch_args != NULL ? (const char *const *) priv->relaunch_args : args;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) argv = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr(GError) error = NULL;

  if (!priv->relaunches)
    return;

  g_strv_builder_add (builder, program);
  for (guint i = 0; chosen != NULL && chosen[i] != NULL; i++)
    g_strv_builder_add (builder, chosen[i]);
  argv = g_strv_builder_end (builder);
  if (!g_spawn_async (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &error))
    g_warning ("The program cannot be started again: %s", error->message);
}
