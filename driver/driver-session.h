/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-answer.h"
#include "driver-plan.h"

G_BEGIN_DECLS

typedef struct _DriverSession DriverSession;

/* A command of a client: what the standard calls its body is @body, (nullable) where there is
 * none. */
typedef struct
{
  const char *method;
  const char *path; /* what follows the session's id */
  char **variables; /* what stands in the places of the path that vary */
  GBytes *bytes;    /* (nullable) */
  JsonObject *body; /* (nullable) */
} DriverCommand;

/* Starts the app. Takes @plan. @webkit_driver: WebKit's driver, as a path or a name. */
DriverSession *driver_session_begin            (DriverPlan           *plan,
                                                const char           *webkit_driver,
                                                GError              **error);
void           driver_session_free             (DriverSession        *self);

const char    *driver_session_get_id           (DriverSession        *self);
/* (transfer full): what the client is told it got */
JsonNode      *driver_session_describe         (DriverSession        *self);
/* When the web process of a page dies, WebKit's driver gives up. Begins anew with it then, and fails:
 * @error is what the client shall know. */
gboolean       driver_session_check_pages      (DriverSession        *self,
                                                GError              **error);
/* Whether the app has, or does within so much time. */
gboolean       driver_session_has_ended        (DriverSession        *self,
                                                guint                 patience_msec);

/* The commands. Each returns (transfer full) an answer, or %NULL with @error set. */
typedef DriverAnswer *(*DriverRun) (DriverSession        *self,
                                    const DriverCommand  *command,
                                    GError              **error);

DriverAnswer  *driver_session_forward          (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_navigate         (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_add_cookie       (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_new_window       (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_click            (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_send_keys        (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_perform_actions  (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_release_actions  (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);

/* And those that the standard does not have. */
DriverAnswer  *driver_session_take_log         (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_get_recording    (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_wait_for_message (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_take_picture     (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_get_clipboard    (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_set_clipboard    (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_ask              (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_kill             (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);
DriverAnswer  *driver_session_restart          (DriverSession        *self,
                                                const DriverCommand  *command,
                                                GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DriverSession, driver_session_free)

G_END_DECLS
