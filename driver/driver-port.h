/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A port of the loopback interface that nobody listens on; 0 on error. */
guint    driver_port_find_free     (GError **error);

/* Waits till somebody listens there. */
gboolean driver_port_wait_for      (guint    port,
                                    guint    timeout_msec,
                                    GError **error);

G_END_DECLS
