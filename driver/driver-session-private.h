/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-app.h"
#include "driver-input.h"
#include "driver-session.h"
#include "driver-webkit.h"

G_BEGIN_DECLS

struct _DriverSession
{
  char *id;
  DriverApp *app;
  DriverWebKit *webkit;
  DriverInput *input; /* (nullable): where nobody can press keys */
  GError *no_input;   /* (nullable): why */
  JsonObject *capabilities;

  GHashTable *windows; /* WebKit's handle → the app's id of the window */
};

/* The window that is driven now; 0 on error. */
guint     driver_session_get_window (DriverSession  *self,
                                     GError        **error);

G_END_DECLS
