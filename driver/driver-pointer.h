/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-app.h"
#include "driver-remote-session.h"

G_BEGIN_DECLS

typedef struct _DriverPointer DriverPointer;

/* Both live longer. */
DriverPointer *driver_pointer_new  (DriverRemoteSession  *session,
                                    DriverApp            *app);
void           driver_pointer_free (DriverPointer        *self);

/* To a place in the window's surface. Returns once it is there. */
gboolean       driver_pointer_move (DriverPointer        *self,
                                    const DriverPlace    *place,
                                    double                x,
                                    double                y,
                                    GError              **error);
/* Brings it somewhere on the window's page. */
gboolean       driver_pointer_find (DriverPointer        *self,
                                    const DriverPlace    *place,
                                    GError              **error);

G_END_DECLS
