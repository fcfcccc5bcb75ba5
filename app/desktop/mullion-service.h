/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A service of the desktop, and what a person calls it. */
typedef struct
{
  GBusType bus;
  const char *title;
  const char *name;
  const char *path;
  const char *interface;
} MullionService;

/* @arguments: (nullable), sunk */
void             mullion_service_call_async      (const MullionService *service,
                                                  const char           *method,
                                                  GVariant             *arguments,
                                                  const char           *reply_type,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GVariant        *mullion_service_call_finish     (GAsyncResult         *result,
                                                  GError              **error);

/* @error: (transfer full). What it means that a call of @title failed so. */
GError          *mullion_service_explain         (const char           *title,
                                                  GError               *error);

G_END_DECLS
