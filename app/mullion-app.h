/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_APP (mullion_app_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_DERIVABLE_TYPE (MullionApp, mullion_app, MULLION, APP, GtkApplication)

struct _MullionAppClass
{
  GtkApplicationClass parent_class;

  /*< private >*/
  gpointer padding[8];
};

MULLION_AVAILABLE_IN_ALL
MullionApp *mullion_app_new (const char        *application_id,
                             GApplicationFlags  flags);
MULLION_AVAILABLE_IN_ALL
MullionApp *mullion_app_get_default (void);

MULLION_AVAILABLE_IN_ALL
MullionIpcMain *mullion_app_get_ipc_main (MullionApp *self);

MULLION_AVAILABLE_IN_ALL
int mullion_app_run (MullionApp  *self,
                     int          argc,
                     char       **argv);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_is_ready (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
void mullion_app_quit (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
void mullion_app_exit (MullionApp *self,
                       int         exit_code);
MULLION_AVAILABLE_IN_ALL
void mullion_app_disable_hardware_acceleration (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_app_get_app_path (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
void mullion_app_set_app_path (MullionApp *self,
                               const char *app_path);
MULLION_AVAILABLE_IN_ALL
const char *mullion_app_get_name (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
void mullion_app_set_name (MullionApp *self,
                           const char *name);
MULLION_AVAILABLE_IN_ALL
const char *mullion_app_get_app_version (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
void mullion_app_set_app_version (MullionApp *self,
                                  const char *version);
MULLION_AVAILABLE_IN_ALL
char *mullion_app_dup_path (MullionApp  *self,
                            const char  *name,
                            GError     **error);
MULLION_AVAILABLE_IN_ALL
const char *mullion_app_get_origin (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_app_get_content_security_policy (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
void mullion_app_set_content_security_policy (MullionApp *self,
                                              const char *policy);

MULLION_AVAILABLE_IN_ALL
MullionMenu *mullion_app_get_application_menu (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
void mullion_app_set_application_menu (MullionApp  *self,
                                       MullionMenu *menu);

MULLION_AVAILABLE_IN_ALL
void mullion_app_relaunch (MullionApp         *self,
                           const char *const  *args);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_set_as_default_protocol_client (MullionApp  *self,
                                                     const char  *protocol,
                                                     GError     **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_is_default_protocol_client (MullionApp *self,
                                                 const char *protocol);
MULLION_AVAILABLE_IN_ALL
char *mullion_app_dup_application_name_for_protocol (MullionApp *self,
                                                     const char *url);
MULLION_AVAILABLE_IN_ALL
void mullion_app_get_application_info_for_protocol_async (MullionApp          *self,
                                                          const char          *url,
                                                          GCancellable        *cancellable,
                                                          GAsyncReadyCallback  callback,
                                                          gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
GdkTexture *mullion_app_get_application_info_for_protocol_finish (MullionApp    *self,
                                                                  GAsyncResult  *result,
                                                                  char         **name,
                                                                  char         **path,
                                                                  GError       **error);
MULLION_AVAILABLE_IN_ALL
void mullion_app_get_file_icon_async (MullionApp          *self,
                                      const char          *path,
                                      JsonObject          *options,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
GdkTexture *mullion_app_get_file_icon_finish (MullionApp    *self,
                                              GAsyncResult  *result,
                                              GError       **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_set_about_panel_options (MullionApp  *self,
                                              JsonObject  *options,
                                              GError     **error);
MULLION_AVAILABLE_IN_ALL
void mullion_app_show_about_panel (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_get_open_at_login (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
void mullion_app_set_open_at_login_async (MullionApp          *self,
                                          gboolean             open_at_login,
                                          const char *const   *args,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_set_open_at_login_finish (MullionApp    *self,
                                               GAsyncResult  *result,
                                               GError       **error);
MULLION_AVAILABLE_IN_ALL
char **mullion_app_dup_preferred_system_languages (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
char *mullion_app_dup_locale (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
char *mullion_app_dup_locale_country_code (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
guint mullion_app_get_badge_count (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_set_badge_count (MullionApp  *self,
                                      guint        count,
                                      GError     **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_set_progress (MullionApp  *self,
                                   double       progress,
                                   GError     **error);
MULLION_AVAILABLE_IN_ALL
void mullion_app_add_recent_document (MullionApp *self,
                                      const char *path);
MULLION_AVAILABLE_IN_ALL
void mullion_app_clear_recent_documents (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
char **mullion_app_dup_recent_documents (MullionApp *self);

MULLION_AVAILABLE_IN_ALL
void mullion_app_allow_origin (MullionApp *self,
                               const char *origin);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_is_origin_allowed (MullionApp *self,
                                        const char *origin);
MULLION_AVAILABLE_IN_ALL
MullionGrants *mullion_app_get_grants (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
void mullion_app_set_grants (MullionApp    *self,
                             MullionGrants *grants);
MULLION_AVAILABLE_IN_ALL
void mullion_app_audit_grants (MullionApp    *self,
                               MullionGrants *used);

MULLION_AVAILABLE_IN_ALL
void mullion_app_set_global (MullionApp *self,
                             const char *name,
                             JsonNode   *value);
MULLION_AVAILABLE_IN_ALL
JsonNode *mullion_app_get_global (MullionApp *self,
                                  const char *name);

MULLION_AVAILABLE_IN_ALL
void mullion_app_share_action (MullionApp *self,
                               const char *name);
MULLION_AVAILABLE_IN_ALL
void mullion_app_unshare_action (MullionApp *self,
                                 const char *name);

MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_start_recording (MullionApp         *self,
                                      const char         *path,
                                      const char *const  *redacted,
                                      GError            **error);
MULLION_AVAILABLE_IN_ALL
void mullion_app_stop_recording (MullionApp *self);
MULLION_AVAILABLE_IN_ALL
JsonNode *mullion_app_replay (MullionApp         *self,
                              const char         *path,
                              const char *const  *ignored,
                              guint               timeout_msec,
                              GError            **error);

G_END_DECLS
