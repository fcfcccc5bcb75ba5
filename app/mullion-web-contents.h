/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_WEB_CONTENTS (mullion_web_contents_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionWebContents, mullion_web_contents, MULLION, WEB_CONTENTS, GObject)

MULLION_AVAILABLE_IN_ALL
MullionWebContents *mullion_web_contents_from_id (guint id);
MULLION_AVAILABLE_IN_ALL
GList *mullion_web_contents_get_all (void);
MULLION_AVAILABLE_IN_ALL
MullionWebContents *mullion_web_contents_get_focused (void);

MULLION_AVAILABLE_IN_ALL
guint mullion_web_contents_get_id (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
WebKitWebView *mullion_web_contents_get_web_view (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
MullionIpcMain *mullion_web_contents_get_ipc (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
MullionWebFrameMain *mullion_web_contents_get_main_frame (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
MullionGrants *mullion_web_contents_get_grants (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_set_grants (MullionWebContents *self,
                                      MullionGrants      *grants);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_is_destroyed (MullionWebContents *self);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_load_file (MullionWebContents *self,
                                     const char         *path);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_load_file_with_query (MullionWebContents *self,
                                                const char         *path,
                                                const char         *query,
                                                const char         *hash);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_load_uri (MullionWebContents *self,
                                    const char         *uri);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_load_html (MullionWebContents *self,
                                     const char         *html,
                                     const char         *base_uri);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_download_uri (MullionWebContents *self,
                                        const char         *uri);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_reload (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_reload_ignoring_cache (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_stop (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_is_loading (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_is_loading_main_frame (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_is_waiting_for_response (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_can_go_back (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_can_go_forward (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_go_back (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_go_forward (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_go_to_offset (MullionWebContents *self,
                                        int                 offset);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_close (MullionWebContents *self);

MULLION_AVAILABLE_IN_ALL
const char *mullion_web_contents_get_title (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_web_contents_get_uri (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
int mullion_web_contents_get_os_process_id (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_web_contents_get_gone_message (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_is_crashed (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_get_reload_after_crash (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_set_reload_after_crash (MullionWebContents *self,
                                                  gboolean            reload);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_forcefully_crash_renderer (MullionWebContents *self);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_send (MullionWebContents *self,
                                const char         *channel,
                                JsonArray          *args);

MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_post_message (MullionWebContents      *self,
                                            const char              *channel,
                                            JsonNode                *message,
                                            MullionMessagePortMain **ports,
                                            guint                    n_ports,
                                            GError                 **error);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_invoke_async (MullionWebContents  *self,
                                        const char          *channel,
                                        JsonArray           *args,
                                        guint                timeout_msec,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
JsonNode *mullion_web_contents_invoke_finish (MullionWebContents  *self,
                                              GAsyncResult        *result,
                                              GError             **error);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_execute_javascript_async (MullionWebContents  *self,
                                                    const char          *code,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
JsonNode *mullion_web_contents_execute_javascript_finish (MullionWebContents  *self,
                                                          GAsyncResult        *result,
                                                          GError             **error);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_capture_page_async (MullionWebContents  *self,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
GBytes *mullion_web_contents_capture_page_finish (MullionWebContents  *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_print_to_pdf_async (MullionWebContents  *self,
                                              JsonObject          *options,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
GBytes *mullion_web_contents_print_to_pdf_finish (MullionWebContents  *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_open_dev_tools (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_close_dev_tools (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_toggle_dev_tools (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_is_dev_tools_opened (MullionWebContents *self);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_set_user_agent (MullionWebContents *self,
                                          const char         *user_agent);
MULLION_AVAILABLE_IN_ALL
const char *mullion_web_contents_get_user_agent (MullionWebContents *self);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_set_audio_muted (MullionWebContents *self,
                                           gboolean            muted);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_is_audio_muted (MullionWebContents *self);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_set_zoom_factor (MullionWebContents *self,
                                           double              factor);
MULLION_AVAILABLE_IN_ALL
double mullion_web_contents_get_zoom_factor (MullionWebContents *self);

G_END_DECLS
