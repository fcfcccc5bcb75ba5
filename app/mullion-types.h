/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>
#include <webkit/webkit.h>

#include "mullion-version-macros.h"

G_BEGIN_DECLS

typedef struct _MullionApp MullionApp;
typedef struct _MullionBrowserWindow MullionBrowserWindow;
typedef struct _MullionGrants MullionGrants;
typedef struct _MullionIpcMain MullionIpcMain;
typedef struct _MullionIpcMainEvent MullionIpcMainEvent;
typedef struct _MullionIpcMainInvokeEvent MullionIpcMainInvokeEvent;
typedef struct _MullionMenu MullionMenu;
typedef struct _MullionMenuItem MullionMenuItem;
typedef struct _MullionMessageEvent MullionMessageEvent;
typedef struct _MullionMessagePortMain MullionMessagePortMain;
typedef struct _MullionNavigationEvent MullionNavigationEvent;
typedef struct _MullionSchema MullionSchema;
typedef struct _MullionSession MullionSession;
typedef struct _MullionWebContents MullionWebContents;
typedef struct _MullionWebFrameMain MullionWebFrameMain;
typedef struct _MullionWindowOpenRequest MullionWindowOpenRequest;

G_END_DECLS
