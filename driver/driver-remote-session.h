/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DriverRemoteSession DriverRemoteSession;

/* Fails where no compositor on the session bus has the interface. */
DriverRemoteSession *driver_remote_session_open        (GError              **error);
void                 driver_remote_session_close       (DriverRemoteSession  *self);

/* By so much, in the pixels of windows. */
void                 driver_remote_session_move        (DriverRemoteSession  *self,
                                                        double                x,
                                                        double                y);
/* @button, @keycode: the kernel's numbers */
void                 driver_remote_session_button      (DriverRemoteSession  *self,
                                                        guint                 button,
                                                        gboolean              is_down);
void                 driver_remote_session_turn_wheel  (DriverRemoteSession  *self,
                                                        gboolean              is_horizontal,
                                                        int                   n_notches);
void                 driver_remote_session_keycode     (DriverRemoteSession  *self,
                                                        guint                 keycode,
                                                        gboolean              is_down);
/* The compositor holds the modifiers that @keysym needs. */
void                 driver_remote_session_keysym      (DriverRemoteSession  *self,
                                                        gulong                keysym,
                                                        gboolean              is_down);

/* What has failed first since the last time. */
gboolean             driver_remote_session_check       (DriverRemoteSession  *self,
                                                        GError              **error);

G_END_DECLS
