/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DriverWorker DriverWorker;

typedef void (*DriverWork) (gpointer user_data);

DriverWorker *driver_worker_new  (void);
/* Waits till the thread has done what it was given. */
void          driver_worker_free (DriverWorker *self);

/* Calls @work in the thread, after all that it was given before. */
void          driver_worker_push (DriverWorker *self,
                                  DriverWork    work,
                                  gpointer      user_data);

G_END_DECLS
