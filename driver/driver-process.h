/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DriverProcess DriverProcess;

/* Starts a program that ends with the driver. What it says is kept. @fd becomes @child_fd there, and is
 * closed here; -1 is none. @folder (nullable): where it starts. */
DriverProcess *driver_process_spawn     (const char * const  *argv,
                                         const char * const  *environ,
                                         const char          *folder,
                                         int                  fd,
                                         int                  child_fd,
                                         GError             **error);
void           driver_process_free      (DriverProcess       *self);

/* (transfer full): what it has written since the last time */
char          *driver_process_take_log  (DriverProcess       *self);
void           driver_process_kill      (DriverProcess       *self,
                                         int                  signal_number);

int            driver_process_get_pid   (DriverProcess       *self);
/* Whether it has, or does within so much time. */
gboolean       driver_process_has_ended (DriverProcess       *self,
                                         guint                patience_msec);

/* When @self has ended, @follower is killed. */
void           driver_process_take_along (DriverProcess      *self,
                                          DriverProcess      *follower);

/* Waits so long for its end, then terminates it, and kills it if it does not listen. */
void           driver_process_end       (DriverProcess       *self,
                                         guint                patience_msec);

G_END_DECLS
