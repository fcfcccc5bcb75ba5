/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-web-preferences.h"

#include "mullion-grants.h"
#include "mullion-option-table.h"

/* Electron's webPreferences, as a table.
 *
 * They live in the main process, which reads them from what the developer of
 * the app wrote. A page can never reach them.
 *
 * Security: an option that Electron keeps for old apps and that would open the
 * isolated world, the sandbox or the same-origin policy is refused. There is no
 * member for it in the struct, so that no later code can obey it by mistake.
 */

#define HONOURED(name, type, member)                                    \
  { name, MULLION_OPTION_##type, MULLION_OPTION_HONOURED,               \
    G_STRUCT_OFFSET (MullionWebPreferences, member) }
#define REFUSED(name, safe, why)                                        \
  { name, MULLION_OPTION_BOOLEAN, MULLION_OPTION_REFUSED,               \
    .harmless = safe, .reason = why }
#define IGNORED(name, type, why)                                        \
  { name, MULLION_OPTION_##type, MULLION_OPTION_IGNORED, .reason = why }
#define IGNORED_UNLESS(name, value, why)                                \
  { name, MULLION_OPTION_BOOLEAN, MULLION_OPTION_IGNORED,               \
    .harmless = value, .reason = why }
#define ELSEWHERE(name)                                                 \
  { name, MULLION_OPTION_ANY, MULLION_OPTION_ELSEWHERE }

#define NO_NODE "there is no Node.js in the pages of Mullion, use the preload script"
#define ON_THE_VIEW "set it on the WebKitSettings of the web view"
#define NO_BLINK "WebKit has other features than Chromium"

static const MullionOption table[] = {
  HONOURED ("preload", STRING, preload),
  HONOURED ("devTools", BOOLEAN, dev_tools),
  { "zoomFactor", MULLION_OPTION_NUMBER, MULLION_OPTION_HONOURED,
    G_STRUCT_OFFSET (MullionWebPreferences, zoom_factor), 0.25, 5 },
  HONOURED ("javascript", BOOLEAN, javascript),
  HONOURED ("partition", STRING, partition),
  HONOURED ("additionalArguments", STRINGS, additional_arguments),
  HONOURED ("nodeIntegrationInSubFrames", BOOLEAN, preload_in_sub_frames),
  HONOURED ("enableRemoteModule", BOOLEAN, enable_remote),
  HONOURED ("grants", ARRAY, grants_option),
  HONOURED ("reloadAfterCrash", BOOLEAN, reload_after_crash),

  REFUSED ("nodeIntegration", FALSE, NO_NODE),
  REFUSED ("nodeIntegrationInWorker", FALSE, NO_NODE),
  REFUSED ("contextIsolation", TRUE, "the preload script always has a world of its own"),
  REFUSED ("sandbox", TRUE, "pages always run in a sandboxed process"),
  REFUSED ("webSecurity", TRUE, "the same-origin policy always holds"),
  REFUSED ("allowRunningInsecureContent", FALSE, "an https page never runs http content"),
  REFUSED ("allowDisplayingInsecureContent", FALSE, "an https page never shows http content"),
  REFUSED ("webviewTag", FALSE, "a page cannot make privileged views, use an iframe"),
  REFUSED ("navigateOnDragDrop", FALSE, "a dropped file must not replace the page"),
  REFUSED ("plugins", FALSE, "WebKit has no plugins"),
  REFUSED ("experimentalFeatures", FALSE, NO_BLINK),

  IGNORED ("session", ANY, "use \"partition\""),
  IGNORED ("enableBlinkFeatures", STRING, NO_BLINK),
  IGNORED ("disableBlinkFeatures", STRING, NO_BLINK),
  IGNORED_UNLESS ("images", TRUE, ON_THE_VIEW),
  IGNORED ("imageAnimationPolicy", STRING, "WebKit has no such policy"),
  IGNORED_UNLESS ("textAreasAreResizable", TRUE, ON_THE_VIEW),
  IGNORED_UNLESS ("webgl", TRUE, ON_THE_VIEW),
  IGNORED ("defaultFontFamily", OBJECT, ON_THE_VIEW),
  IGNORED ("defaultFontSize", INTEGER, ON_THE_VIEW),
  IGNORED ("defaultMonospaceFontSize", INTEGER, ON_THE_VIEW),
  IGNORED ("minimumFontSize", INTEGER, ON_THE_VIEW),
  IGNORED ("defaultEncoding", STRING, ON_THE_VIEW),
  IGNORED ("autoplayPolicy", STRING, "WebKit decides which pages may play by themselves"),
  IGNORED_UNLESS ("spellcheck", TRUE, "spelling is set on the WebKitWebContext of the web view"),
  IGNORED_UNLESS ("backgroundThrottling", TRUE, "WebKit always slows hidden pages down"),
  IGNORED ("offscreen", ANY, "a window cannot be rendered off the screen, use capture_page"),
  IGNORED_UNLESS ("safeDialogs", FALSE, "the dialogs of a page are WebKit's own"),
  IGNORED ("safeDialogsMessage", STRING, "the dialogs of a page are WebKit's own"),
  IGNORED_UNLESS ("disableDialogs", FALSE, "connect to WebKitWebView::script-dialog"),
  IGNORED_UNLESS ("disableHtmlFullscreenWindowResize", FALSE,
                  "a page in full screen takes the whole window along"),
  IGNORED ("accessibleTitle", STRING, "assistive technology reads the title of the window"),
  IGNORED_UNLESS ("enableWebSQL", FALSE, "WebKit has no WebSQL any more, use IndexedDB"),
  IGNORED_UNLESS ("enablePreferredSizeMode", FALSE, "there is no preferred-size-changed event"),
  IGNORED_UNLESS ("transparent", FALSE, "pages are painted on an opaque background"),
  IGNORED_UNLESS ("enableDeprecatedPaste", FALSE, "WebKit asks for each access to the clipboard"),
  IGNORED_UNLESS ("focusOnNavigation", TRUE, "a navigation never moves the focus"),

  ELSEWHERE ("scrollBounce"),
  ELSEWHERE ("v8CacheOptions"),
};

const MullionOption *
mullion_web_preferences_get_table (gsize *n_rows)
{
  *n_rows = G_N_ELEMENTS (table);
  return table;
}

MullionWebPreferences *
mullion_web_preferences_new (void)
{
  MullionWebPreferences *self = g_new0 (MullionWebPreferences, 1);

  self->dev_tools = TRUE;
  self->zoom_factor = 1.0;
  self->javascript = TRUE;
  return self;
}

void
mullion_web_preferences_free (MullionWebPreferences *self)
{
  g_free (self->preload);
  g_free (self->partition);
  g_strfreev (self->additional_arguments);
  g_clear_pointer (&self->grants_option, json_array_unref);
  g_clear_object (&self->grants);
  g_free (self);
}

/* Security: whoever writes grants means less than the default. What cannot be read grants nothing. */
static void
read_grants (MullionWebPreferences *self,
             JsonObject            *object)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  if (object == NULL || !json_object_has_member (object, "grants") ||
      json_object_get_null_member (object, "grants"))
    return;

  if (self->grants_option != NULL)
    {
      node = json_node_init_array (json_node_alloc (), self->grants_option);
      self->grants = mullion_grants_new_from_json (node, &error);
    }
  if (error != NULL)
    g_warning ("webPreferences option \"grants\": %s: nothing is granted", error->message);
  if (self->grants == NULL)
    self->grants = mullion_grants_new ();
}

/* Reads @object (nullable), Electron's webPreferences. */
MullionWebPreferences *
mullion_web_preferences_new_from_json (JsonObject *object)
{
  MullionWebPreferences *self = mullion_web_preferences_new ();

  mullion_option_table_read (table, G_N_ELEMENTS (table), "webPreferences option", object, self);
  read_grants (self, object);
  return self;
}
