/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"
#include "mullion-web-contents-view.h"

G_BEGIN_DECLS

#define MULLION_TYPE_BROWSER_WINDOW (mullion_browser_window_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionBrowserWindow, mullion_browser_window, MULLION, BROWSER_WINDOW, GtkApplicationWindow)

MULLION_AVAILABLE_IN_ALL
MullionBrowserWindow *mullion_browser_window_new (MullionApp *app,
                                                  JsonObject *options);
MULLION_AVAILABLE_IN_ALL
MullionBrowserWindow *mullion_browser_window_new_from_json (MullionApp  *app,
                                                            const char  *options,
                                                            GError     **error);

MULLION_AVAILABLE_IN_ALL
guint mullion_browser_window_get_id (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
MullionBrowserWindow *mullion_browser_window_from_id (guint id);
MULLION_AVAILABLE_IN_ALL
MullionBrowserWindow *mullion_browser_window_from_web_contents (MullionWebContents *contents);
MULLION_AVAILABLE_IN_ALL
GList *mullion_browser_window_get_all (void);
MULLION_AVAILABLE_IN_ALL
MullionBrowserWindow *mullion_browser_window_get_focused (void);

MULLION_AVAILABLE_IN_ALL
MullionWebContents *mullion_browser_window_get_web_contents (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_load_file (MullionBrowserWindow *self,
                                       const char           *path);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_load_uri (MullionBrowserWindow *self,
                                      const char           *uri);

MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_show (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_show_inactive (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_hide (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_visible (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_focus (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_focused (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_close (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_destroy (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_destroyed (MullionBrowserWindow *self);

MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_minimize (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_maximize (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_unmaximize (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_maximized (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_minimized (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_restore (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_full_screen (MullionBrowserWindow *self,
                                             gboolean              full_screen);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_full_screen (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_title (MullionBrowserWindow *self,
                                       const char           *title);
MULLION_AVAILABLE_IN_ALL
const char *mullion_browser_window_get_title (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_size (MullionBrowserWindow *self,
                                      int                   width,
                                      int                   height);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_get_size (MullionBrowserWindow *self,
                                      int                  *width,
                                      int                  *height);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_content_size (MullionBrowserWindow *self,
                                              int                   width,
                                              int                   height);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_get_content_size (MullionBrowserWindow *self,
                                              int                  *width,
                                              int                  *height);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_minimum_size (MullionBrowserWindow *self,
                                              int                   width,
                                              int                   height);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_get_minimum_size (MullionBrowserWindow *self,
                                              int                  *width,
                                              int                  *height);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_maximum_size (MullionBrowserWindow *self,
                                              int                   width,
                                              int                   height);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_get_maximum_size (MullionBrowserWindow *self,
                                              int                  *width,
                                              int                  *height);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_resizable (MullionBrowserWindow *self,
                                           gboolean              resizable);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_resizable (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_full_screenable (MullionBrowserWindow *self,
                                                 gboolean              full_screenable);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_full_screenable (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_set_bounds (MullionBrowserWindow  *self,
                                            const GdkRectangle    *bounds,
                                            GError               **error);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_get_bounds (MullionBrowserWindow *self,
                                        GdkRectangle         *bounds);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_set_position (MullionBrowserWindow  *self,
                                              int                    x,
                                              int                    y,
                                              GError               **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_get_position (MullionBrowserWindow *self,
                                              int                  *x,
                                              int                  *y);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_center (MullionBrowserWindow  *self,
                                        GError               **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_normal (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_get_normal_bounds (MullionBrowserWindow *self,
                                               GdkRectangle         *bounds);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_set_content_bounds (MullionBrowserWindow  *self,
                                                    const GdkRectangle    *bounds,
                                                    GError               **error);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_get_content_bounds (MullionBrowserWindow *self,
                                                GdkRectangle         *bounds);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_kiosk (MullionBrowserWindow *self,
                                       gboolean              kiosk);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_kiosk (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_set_always_on_top (MullionBrowserWindow  *self,
                                                   gboolean               always_on_top,
                                                   GError               **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_always_on_top (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_set_skip_taskbar (MullionBrowserWindow  *self,
                                                  gboolean               skip,
                                                  GError               **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_set_visible_on_all_workspaces (MullionBrowserWindow  *self,
                                                               gboolean               visible,
                                                               GError               **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_visible_on_all_workspaces (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_flash_frame (MullionBrowserWindow  *self,
                                             gboolean               flash,
                                             GError               **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_set_focusable (MullionBrowserWindow  *self,
                                               gboolean               focusable,
                                               GError               **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_focusable (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_set_opacity (MullionBrowserWindow  *self,
                                             double                 opacity,
                                             GError               **error);
MULLION_AVAILABLE_IN_ALL
double mullion_browser_window_get_opacity (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_move_top (MullionBrowserWindow  *self,
                                          GError               **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_move_above (MullionBrowserWindow  *self,
                                            MullionBrowserWindow  *other,
                                            GError               **error);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_ignore_mouse_events (MullionBrowserWindow *self,
                                                     gboolean              ignore);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_shape (MullionBrowserWindow *self,
                                       const GdkRectangle   *rects,
                                       gsize                 n_rects);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_clear_persisted_state (MullionApp *app,
                                                       const char *name);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_add_child_view (MullionBrowserWindow   *self,
                                            MullionWebContentsView *view);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_remove_child_view (MullionBrowserWindow   *self,
                                               MullionWebContentsView *view);
MULLION_AVAILABLE_IN_ALL
GList *mullion_browser_window_dup_child_views (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_menu (MullionBrowserWindow *self,
                                      MullionMenu          *menu);
MULLION_AVAILABLE_IN_ALL
MullionMenu *mullion_browser_window_get_menu (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_menu_bar_visibility (MullionBrowserWindow *self,
                                                     gboolean              visible);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_menu_bar_visible (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_parent_window (MullionBrowserWindow *self,
                                               MullionBrowserWindow *parent);
MULLION_AVAILABLE_IN_ALL
MullionBrowserWindow *mullion_browser_window_get_parent_window (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
GList *mullion_browser_window_dup_child_windows (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_is_modal (MullionBrowserWindow *self);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_set_background_color (MullionBrowserWindow *self,
                                                  const GdkRGBA        *color);
MULLION_AVAILABLE_IN_ALL
void mullion_browser_window_get_background_color (MullionBrowserWindow *self,
                                                  GdkRGBA              *color);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_browser_window_set_icon (MullionBrowserWindow  *self,
                                          const char            *icon,
                                          GError               **error);

G_END_DECLS
