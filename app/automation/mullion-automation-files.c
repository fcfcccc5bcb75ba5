/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-ask.h"

#include "mullion-browser-window.h"
#include "mullion-json-access.h"
#include "mullion-page-files.h"
#include "mullion-web-contents.h"

/*
 * Which files a test is about to give to an input.
 *
 * Main process. WebKit's driver puts them there and asks no dialog, so nobody here would know where
 * they lie when the preload script asks.
 */

void
mullion_automation_give_files (MullionBrowserWindow *window,
                               JsonObject           *args,
                               GTask                *task)
{
  MullionWebContents *contents = mullion_browser_window_get_web_contents (window);
  const char *text = mullion_automation_need_string (args, "text", task);
  g_auto(GStrv) paths = NULL;

  if (text == NULL)
    return;

  paths = g_strsplit (text, "\n", -1);
  mullion_page_files_give (mullion_web_contents_get_web_view (contents),
                           (const char *const *) paths);
  mullion_automation_answer (task, NULL);
}
