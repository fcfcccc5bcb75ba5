/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-menu-role.h"

#include "mullion-app.h"
#include "mullion-browser-window.h"
#include "mullion-web-contents.h"

#include <math.h>

/*
 * Electron's roles of menu items: a table of what they are called and what they do.
 *
 * Main process. A role acts on the page of the window in which the item was chosen. Labels and
 * accelerators are those that Electron has on Linux.
 */

/* Electron's zoom goes in levels, of which one is a factor of 1.2. */
#define ZOOM_STEP 1.2
#define LEAST_ZOOM pow (ZOOM_STEP, -8)
#define MOST_ZOOM pow (ZOOM_STEP, 9)

static MullionWebContents *
get_contents (MullionBrowserWindow *window)
{
  return mullion_browser_window_get_web_contents (window);
}

static void
edit (MullionBrowserWindow *window,
      const char           *command)
{
  webkit_web_view_execute_editing_command (
    mullion_web_contents_get_web_view (get_contents (window)), command);
}

static void
reload (MullionBrowserWindow *window,
        const char           *argument)
{
  mullion_web_contents_reload (get_contents (window));
}

static void
reload_forcibly (MullionBrowserWindow *window,
                 const char           *argument)
{
  mullion_web_contents_reload_ignoring_cache (get_contents (window));
}

static void
toggle_dev_tools (MullionBrowserWindow *window,
                  const char           *argument)
{
  mullion_web_contents_toggle_dev_tools (get_contents (window));
}

static void
reset_zoom (MullionBrowserWindow *window,
            const char           *argument)
{
  mullion_web_contents_set_zoom_factor (get_contents (window), 1.0);
}

static void
zoom_in (MullionBrowserWindow *window,
         const char           *argument)
{
  double factor = mullion_web_contents_get_zoom_factor (get_contents (window)) * ZOOM_STEP;

  mullion_web_contents_set_zoom_factor (get_contents (window), MIN (factor, MOST_ZOOM));
}

static void
zoom_out (MullionBrowserWindow *window,
          const char           *argument)
{
  double factor = mullion_web_contents_get_zoom_factor (get_contents (window)) / ZOOM_STEP;

  mullion_web_contents_set_zoom_factor (get_contents (window), MAX (factor, LEAST_ZOOM));
}

static void
toggle_full_screen (MullionBrowserWindow *window,
                    const char           *argument)
{
  mullion_browser_window_set_full_screen (window, !mullion_browser_window_is_full_screen (window));
}

static void
minimize (MullionBrowserWindow *window,
          const char           *argument)
{
  mullion_browser_window_minimize (window);
}

static void
toggle_maximized (MullionBrowserWindow *window,
                  const char           *argument)
{
  if (mullion_browser_window_is_maximized (window))
    mullion_browser_window_unmaximize (window);
  else
    mullion_browser_window_maximize (window);
}

static void
close_window (MullionBrowserWindow *window,
              const char           *argument)
{
  mullion_browser_window_close (window);
}

static void
quit (MullionBrowserWindow *window,
      const char           *argument)
{
  if (mullion_app_get_default () != NULL)
    mullion_app_quit (mullion_app_get_default ());
}

static void
show_about (MullionBrowserWindow *window,
            const char           *argument)
{
  if (mullion_app_get_default () != NULL)
    mullion_app_show_about_panel (mullion_app_get_default ());
}

#define EDIT(name, label, accelerator, command) \
  { name, label, accelerator, NULL, edit, command }
#define EDIT_OF_PAGE(name, label, accelerator, command) \
  { name, label, accelerator, NULL, edit, command, TRUE }
#define DO(name, label, accelerator, function) \
  { name, label, accelerator, NULL, function }
#define MENU(name, label, roles) \
  { name, label, NULL, roles }
#define ELSEWHERE(name, label) \
  { name, label, .is_elsewhere = TRUE }

static const MullionMenuRole roles[] = {
  EDIT ("undo", "Undo", "CommandOrControl+Z", WEBKIT_EDITING_COMMAND_UNDO),
  EDIT ("redo", "Redo", "Shift+CommandOrControl+Z", WEBKIT_EDITING_COMMAND_REDO),
  EDIT_OF_PAGE ("cut", "Cut", "CommandOrControl+X", WEBKIT_EDITING_COMMAND_CUT),
  EDIT_OF_PAGE ("copy", "Copy", "CommandOrControl+C", WEBKIT_EDITING_COMMAND_COPY),
  EDIT_OF_PAGE ("paste", "Paste", "CommandOrControl+V", WEBKIT_EDITING_COMMAND_PASTE),
  EDIT_OF_PAGE ("pasteAndMatchStyle", "Paste and Match Style", "Shift+CommandOrControl+V",
                WEBKIT_EDITING_COMMAND_PASTE_AS_PLAIN_TEXT),
  EDIT ("delete", "Delete", NULL, "Delete"),
  EDIT ("selectAll", "Select All", "CommandOrControl+A", WEBKIT_EDITING_COMMAND_SELECT_ALL),

  DO ("reload", "Reload", "CmdOrCtrl+R", reload),
  DO ("forceReload", "Force Reload", "Shift+CmdOrCtrl+R", reload_forcibly),
  DO ("toggleDevTools", "Toggle Developer Tools", "Ctrl+Shift+I", toggle_dev_tools),
  DO ("resetZoom", "Actual Size", "CommandOrControl+0", reset_zoom),
  DO ("zoomIn", "Zoom In", "CommandOrControl+Plus", zoom_in),
  DO ("zoomOut", "Zoom Out", "CommandOrControl+-", zoom_out),
  DO ("togglefullscreen", "Toggle Full Screen", "F11", toggle_full_screen),

  DO ("minimize", "Minimize", "CommandOrControl+M", minimize),
  DO ("zoom", "Zoom", NULL, toggle_maximized),
  DO ("close", "Close", "CommandOrControl+W", close_window),
  DO ("quit", "Quit", "CommandOrControl+Q", quit),
  DO ("about", "About", NULL, show_about),

  MENU ("fileMenu", "File", "quit"),
  MENU ("editMenu", "Edit", "undo redo - cut copy paste delete - selectAll"),
  MENU ("viewMenu", "View",
        "reload forceReload toggleDevTools - resetZoom zoomIn zoomOut - togglefullscreen"),
  MENU ("windowMenu", "Window", "minimize zoom close"),

  /* Menus that the template fills: the role is but their usual name. */
  MENU ("window", "Window", NULL),
  MENU ("help", "Help", NULL),

  ELSEWHERE ("appMenu", ""),
  ELSEWHERE ("services", "Services"),
  ELSEWHERE ("hide", "Hide"),
  ELSEWHERE ("hideOthers", "Hide Others"),
  ELSEWHERE ("unhide", "Show All"),
  ELSEWHERE ("front", "Bring All to Front"),
  ELSEWHERE ("startSpeaking", "Start Speaking"),
  ELSEWHERE ("stopSpeaking", "Stop Speaking"),
  ELSEWHERE ("showSubstitutions", "Show Substitutions"),
  ELSEWHERE ("toggleSmartQuotes", "Smart Quotes"),
  ELSEWHERE ("toggleSmartDashes", "Smart Dashes"),
  ELSEWHERE ("toggleTextReplacement", "Text Replacement"),
  ELSEWHERE ("recentDocuments", "Open Recent"),
  ELSEWHERE ("clearRecentDocuments", "Clear Menu"),
  ELSEWHERE ("shareMenu", "Share"),
  ELSEWHERE ("selectNextTab", "Show Next Tab"),
  ELSEWHERE ("selectPreviousTab", "Show Previous Tab"),
  ELSEWHERE ("mergeAllWindows", "Merge All Windows"),
  ELSEWHERE ("moveTabToNewWindow", "Move Tab to New Window"),
  ELSEWHERE ("toggleTabBar", "Toggle Tab Bar"),
  ELSEWHERE ("showAllTabs", "Show All Tabs"),
};

const MullionMenuRole *
mullion_menu_role_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_ascii_strcasecmp (roles[i].name, name) == 0)
      return &roles[i];

  return NULL;
}

gboolean
mullion_menu_role_run (const MullionMenuRole *self,
                       MullionBrowserWindow  *window)
{
  gboolean needs_window = self->run != quit && self->run != show_about;

  if (self->run == NULL)
    return FALSE;
  if (needs_window && (window == NULL || mullion_browser_window_is_destroyed (window)))
    return TRUE;

  self->run (window, self->argument);
  return TRUE;
}
