/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-permissions.h"
#include "mullion-session.h"

G_BEGIN_DECLS

struct _MullionSession
{
  GObject parent_instance;

  WebKitNetworkSession *network;
  char *storage_path;           /* (nullable): in memory */
  MullionPermissions *permissions;
};

/* @partition: "" is the app's own, "persist:NAME" is kept below @data_dir, any other is in memory */
MullionSession     *mullion_session_new             (const char     *partition,
                                                     const char     *data_dir,
                                                     const char     *cache_dir);
MullionPermissions *mullion_session_get_permissions (MullionSession *self);

G_END_DECLS
