/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-notification.h"

G_BEGIN_DECLS

/* Indices of Electron's names, which are in the table of mullion-notification-members.c. */
#define MULLION_NOTIFICATION_URGENCY_NORMAL 1
#define MULLION_NOTIFICATION_TIMEOUT_DEFAULT 1

struct _MullionNotification
{
  GObject parent_instance;

  char *title;
  char *body;
  char *icon;      /* (nullable): a file of the app, an absolute path or the name of an icon */
  GStrv actions;   /* (nullable): labels */
  int urgency;     /* index of its name; the service counts the same way */
  int timeout_type; /* index of its name */
  gboolean is_silent;
  gboolean has_reply;
  char *reply_placeholder;

  guint id;        /* of the service, 0 while it does not stand */
  gboolean closes; /* closed by the app before the service has answered */
  JsonObject *entry; /* (nullable): the latest of the record */
};

/* What Electron's constructor takes; @options: (nullable). */
gboolean mullion_notification_read_options (MullionNotification  *self,
                                            JsonObject           *options,
                                            GError              **error);

G_END_DECLS
