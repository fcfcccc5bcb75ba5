/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* The handlers of an app as an object on a bus. */
typedef struct _MullionHandlerExport MullionHandlerExport;

/* (nullable): borrows @ipc, which has to stay. */
MullionHandlerExport *mullion_handler_export_new  (GDBusConnection       *connection,
                                                   const char            *path,
                                                   MullionIpcMain        *ipc,
                                                   MullionGrants         *grants,
                                                   GError               **error);
void                  mullion_handler_export_free (MullionHandlerExport  *self);

G_END_DECLS
