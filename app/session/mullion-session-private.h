/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-cookies-private.h"
#include "mullion-permissions.h"
#include "mullion-session.h"

G_BEGIN_DECLS

typedef struct _MullionWebEngine MullionWebEngine;

struct _MullionSession
{
  GObject parent_instance;

  WebKitNetworkSession *network;
  char *storage_path;           /* (nullable): in memory */
  MullionPermissions *permissions;
  MullionWebEngine *engine; /* (weak) */
  MullionCookies *cookies;  /* (nullable): nobody has asked for them yet */
  char *user_agent;         /* (nullable): WebKit's own */
  GHashTable *protocols;    /* (nullable): scheme → its handler */
  GHashTable *filters;      /* (nullable): name → WebKitUserContentFilter */
};

/* @partition: "" is the app's own, "persist:NAME" is kept below @data_dir, any other is in memory */
MullionSession     *mullion_session_new             (MullionWebEngine *engine,
                                                     const char     *partition,
                                                     const char     *data_dir,
                                                     const char     *cache_dir);
MullionPermissions *mullion_session_get_permissions (MullionSession *self);
/* Gives a new view what the session says of all its pages. */
void                mullion_session_filter_view     (MullionSession *self,
                                                     WebKitWebView  *view);

G_END_DECLS
