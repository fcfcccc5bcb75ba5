/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-app.h"
#include "driver-input.h"
#include "driver-recording.h"
#include "driver-session.h"
#include "driver-webkit.h"

G_BEGIN_DECLS

struct _DriverSession
{
  char *id;
  DriverPlan *plan;
  char *webkit_driver;
  DriverApp *app;
  DriverRecording *recording;
  DriverWebKit *webkit;
  DriverInput *input; /* (nullable): where nobody can press keys */
  GError *no_input;   /* (nullable): why */
  JsonObject *capabilities;

  GHashTable *windows; /* WebKit's handle → the app's id of the window */
};

/* Ends the app, and starts it as before. */
gboolean  driver_session_start_anew  (DriverSession  *self,
                                      GError        **error);

/* Fails, and says why, where there is no display to press keys on. */
gboolean  driver_session_check_input (DriverSession  *self,
                                      GError        **error);

/* The window that is driven now; 0 on error. */
guint     driver_session_get_window  (DriverSession  *self,
                                      GError        **error);

G_END_DECLS
