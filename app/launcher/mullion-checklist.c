/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-checklist.h"

#include "mullion-app-texts.h"

#include <string.h>

/*
 * `mullion --doctor FOLDER`: Electron's security checklist, item by item, held against an app.
 *
 * Main process, without a window: the manifest and the texts of the app are read, and nothing of it
 * runs. Much of the list is no choice of the app's here, and the report says so; what is left is the
 * author's to look at. What a text is searched for is a hint and no proof.
 */

#define N_ITEMS 20

struct _MullionChecklist
{
  MullionManifest *manifest;
  MullionAppTexts *texts;
  JsonObject *preferences;       /* webPreferences as they stand in the manifest */
  GPtrArray *findings[N_ITEMS];  /* of char *: what there is to look at */
};

typedef void (*Look) (MullionChecklist *self,
                      GPtrArray        *findings);

typedef struct
{
  const char *title;    /* Electron's words */
  const char *enforced; /* what Mullion does about it */
  const char *advice;   /* what the author does where something was found */
  const char *option;   /* (nullable): of webPreferences, which asks for less */
  gboolean harmless;    /* what the option says where it does not */
  Look look;            /* (nullable) */
} Item;

G_GNUC_PRINTF (2, 3)
static void
find (GPtrArray  *findings,
      const char *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (findings, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* -- What is looked for -- */

/* The manifest lists no origin of http: but this machine's: it would not load. */
static void
look_at_addresses (MullionChecklist *self,
                   GPtrArray        *findings)
{
  mullion_app_texts_find (self->texts, "(src|href|action)\\s*=\\s*[\"']http://", findings);
}

static void
look_at_policy (MullionChecklist *self,
                GPtrArray        *findings)
{
  const char *policy = mullion_manifest_get_policy (self->manifest);
  g_auto(GStrv) weaknesses = policy != NULL ? mullion_doctor_examine_policy (policy) : NULL;

  for (gsize i = 0; weaknesses != NULL && weaknesses[i] != NULL; i++)
    find (findings, "%s", weaknesses[i]);
}

static void
look_at_listed_origins (MullionChecklist *self,
                        GPtrArray        *findings)
{
  const char *const *origins = mullion_manifest_get_origins (self->manifest);
  const char *const *elsewhere = mullion_manifest_get_navigation (self->manifest);

  for (gsize i = 0; origins != NULL && origins[i] != NULL; i++)
    find (findings, "pages may go to %s, and get the preload script there", origins[i]);
  for (gsize i = 0; elsewhere[i] != NULL; i++)
    find (findings, "pages may go to %s", elsewhere[i]);
}

static void
look_at_views (MullionChecklist *self,
               GPtrArray        *findings)
{
  JsonObject *options = mullion_manifest_get_capability_options (self->manifest, "views");
  JsonArray *origins = options != NULL && json_object_has_member (options, "origins")
                         ? json_object_get_array_member (options, "origins") : NULL;

  for (guint i = 0; origins != NULL && i < json_array_get_length (origins); i++)
    find (findings, "pages may show %s in views", json_array_get_string_element (origins, i));
}

/* @options: (nullable): of the capability shell */
static void
look_at_schemes (JsonObject *options,
                 GPtrArray  *findings)
{
  JsonArray *schemes = options != NULL && json_object_has_member (options, "schemes")
                         ? json_object_get_array_member (options, "schemes") : NULL;

  if (schemes == NULL)
    find (findings, "pages may have https: links opened, by the capability shell");
  for (guint i = 0; schemes != NULL && i < json_array_get_length (schemes); i++)
    find (findings, "pages may have %s: links opened, by the capability shell",
          json_array_get_string_element (schemes, i));
}

static void
look_at_links (MullionChecklist *self,
               GPtrArray        *findings)
{
  const char *const *capabilities = mullion_manifest_get_capabilities (self->manifest);

  if (capabilities != NULL && g_strv_contains (capabilities, "open-external"))
    find (findings, "pages may have https: links opened, by the capability open-external");
  if (capabilities != NULL && g_strv_contains (capabilities, "shell"))
    look_at_schemes (mullion_manifest_get_capability_options (self->manifest, "shell"), findings);
}

/* Electron's list has no item for downloads; what lands on the user's disk is theirs, too. */
static void
look_at_permissions (MullionChecklist *self,
                     GPtrArray        *findings)
{
  MullionPermissionRules *permissions = mullion_manifest_get_permissions (self->manifest);
  MullionDownloadRules *downloads = mullion_manifest_get_downloads (self->manifest);

  if (permissions != NULL)
    mullion_permission_rules_describe (permissions, findings);
  if (downloads != NULL)
    mullion_download_rules_describe (downloads, findings);
}

static void
look_at_windows (MullionChecklist *self,
                 GPtrArray        *findings)
{
  MullionWindowRules *windows = mullion_manifest_get_windows (self->manifest);

  if (windows != NULL)
    mullion_window_rules_describe (windows, findings);
}

static gboolean
is_on (MullionChecklist *self,
       const char       *option,
       gboolean          otherwise)
{
  JsonNode *node = json_object_get_member (self->preferences, option);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node)
                                                           : otherwise;
}

static void
look_at_senders (MullionChecklist *self,
                 GPtrArray        *findings)
{
  if (mullion_manifest_get_grants (self->manifest) == NULL &&
      !json_object_has_member (self->preferences, "grants"))
    find (findings, "there are no grants: the pages of the app may use all its channels");
  if (is_on (self, "nodeIntegrationInSubFrames", FALSE))
    find (findings, "nodeIntegrationInSubFrames gives frames the preload script");
}

static void
look_at_files (MullionChecklist *self,
               GPtrArray        *findings)
{
  mullion_app_texts_find (self->texts, "[\"'(]file://", findings);
}

static void
look_at_fuses (MullionChecklist *self,
               GPtrArray        *findings)
{
  if (is_on (self, "devTools", FALSE))
    find (findings, "the developer tools are on for everybody");
  if (mullion_manifest_get_module (self->manifest) != NULL)
    find (findings, "the module %s runs with the user's rights",
          mullion_manifest_get_module (self->manifest));
}

/* A channel that is no text there and then may be one that the page chooses. */
static void
look_at_bridge (MullionChecklist *self,
                GPtrArray        *findings)
{
  mullion_app_texts_find (self->texts,
                          "exposeInMainWorld\\s*\\([^,]*,\\s*(ipcRenderer|electron|require)\\b",
                          findings);
  mullion_app_texts_find (self->texts,
                          "ipcRenderer\\s*\\.\\s*"
                          "(invoke|send|sendSync|on|once|postMessage)\\s*\\(\\s*"
                          "([a-z_$][\\w$]*(?=\\s*[,)])|\\.\\.\\.)", findings);
}

/* -- The list -- */

#define KEPT "Mullion has no such thing, and refuses the option with a warning."
#define REMOVE "Remove the option: it has no effect."

static const Item items[N_ITEMS] = {
  { "Only load secure content",
    "A page of https: loads nothing by http:, and no server whose certificate nobody vouches for.",
    "Use https: addresses.", .look = look_at_addresses },
  { "Do not enable Node.js integration for remote content", "There is no Node.js in pages.",
    REMOVE, "nodeIntegration", FALSE },
  { "Enable Context Isolation", "The preload script always has a world of its own.",
    REMOVE, "contextIsolation", TRUE },
  { "Enable process sandboxing", "Pages always run in WebKit's sandbox.",
    REMOVE, "sandbox", TRUE },
  { "Handle session permission requests from remote content",
    "Every permission is denied unless the manifest or a handler of the session allows it.",
    "List what the app needs, for the origin that needs it.", .look = look_at_permissions },
  { "Do not disable webSecurity", "The same-origin policy always holds.",
    REMOVE, "webSecurity", TRUE },
  { "Define a Content Security Policy", "The pages of the app have a strict policy by default.",
    "Leave \"contentSecurityPolicy\" out, or list the sources that you need.",
    .look = look_at_policy },
  { "Do not enable allowRunningInsecureContent", KEPT,
    REMOVE, "allowRunningInsecureContent", FALSE },
  { "Do not enable experimental features", KEPT, REMOVE, "experimentalFeatures", FALSE },
  { "Do not use enableBlinkFeatures", "WebKit has no Blink, and the option is ignored.",
    REMOVE, "enableBlinkFeatures", FALSE },
  { "Do not use allowpopups for WebViews", KEPT, REMOVE, "webviewTag", FALSE },
  { "Verify WebView options before creation",
    "A page gives a view no options, and shows in it what the capability views lists.",
    "List only origins that shall be seen in the window of the app.", .look = look_at_views },
  { "Disable or limit navigation",
    "A page stays with the app's origins unless the manifest or a handler of will-navigate allows "
    "more.",
    "List only origins that you run yourself.", .look = look_at_listed_origins },
  { "Disable or limit creation of new windows",
    "A page opens no window unless the manifest or a window open handler allows it.",
    "Open what is not yours in the user's browser: its page shares a process with yours.",
    .look = look_at_windows },
  { "Do not use shell.openExternal with untrusted content",
    "Only https:, http: and mailto: are opened, from pages https: alone.",
    "Let the preload script open addresses of yours, and not any that a page names.",
    .look = look_at_links },
  { "Use a current version of Electron",
    "WebKitGTK is the distribution's, and is kept current by it.", NULL },
  { "Validate the sender of all IPC messages",
    "WebKit says who sends. Grants are checked before any handler runs.",
    "Run mullion --audit, and put the grants that it prints into the manifest.",
    .look = look_at_senders },
  { "Avoid usage of the file:// protocol and prefer usage of custom protocols",
    "Pages come from app://, and reach no file:// address.",
    "Use addresses relative to the page.", .look = look_at_files },
  { "Check which fuses you can change",
    "There are none: what Electron's fuses turn off is not there.",
    "Leave \"devTools\" out of what you ship, and look after the module as after any program.",
    .look = look_at_fuses },
  { "Do not expose Electron APIs to untrusted web content",
    "Only what the preload script exposes reaches the page.",
    "Expose one function for one purpose, with the channel's name in the preload script.",
    .look = look_at_bridge },
};

static void
look_at_option (MullionChecklist *self,
                const Item       *item,
                GPtrArray        *findings)
{
  JsonNode *node = item->option != NULL
    ? json_object_get_member (self->preferences, item->option) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;

  if (is_on (self, item->option, !item->harmless) != item->harmless)
    find (findings, "\"webPreferences\" asks for %s", item->option);
}

gboolean
mullion_checklist_is_clean (const MullionChecklist *self)
{
  for (gsize i = 0; i < N_ITEMS; i++)
    if (self->findings[i]->len > 0)
      return FALSE;

  return TRUE;
}

/* -- What is said -- */

static void
report_item (const MullionChecklist *self,
             gsize                   i,
             GString                *report)
{
  const GPtrArray *findings = self->findings[i];

  g_string_append_printf (report, "%-5s %2" G_GSIZE_FORMAT ". %s\n", findings->len > 0 ? "look" : "ok",
                          i + 1, items[i].title);
  g_string_append_printf (report, "          %s\n", items[i].enforced);
  for (guint j = 0; j < findings->len; j++)
    g_string_append_printf (report, "        - %s\n", (char *) findings->pdata[j]);
  if (findings->len > 0)
    g_string_append_printf (report, "        → %s\n", items[i].advice);
}

char *
mullion_checklist_dup_report (const MullionChecklist *self)
{
  GString *report = g_string_new (NULL);

  for (gsize i = 0; i < N_ITEMS; i++)
    report_item (self, i, report);

  return g_string_free (report, FALSE);
}

static JsonObject *
describe_item (const MullionChecklist *self,
               gsize                   i)
{
  JsonObject *object = json_object_new ();
  JsonArray *findings = json_array_new ();

  for (guint j = 0; j < self->findings[i]->len; j++)
    json_array_add_string_element (findings, self->findings[i]->pdata[j]);
  json_object_set_int_member (object, "number", (gint64) i + 1);
  json_object_set_string_member (object, "title", items[i].title);
  json_object_set_string_member (object, "state", self->findings[i]->len > 0 ? "look" : "ok");
  json_object_set_string_member (object, "enforced", items[i].enforced);
  if (self->findings[i]->len > 0)
    json_object_set_string_member (object, "advice", items[i].advice);
  json_object_set_array_member (object, "findings", findings);

  return object;
}

char *
mullion_checklist_dup_json (const MullionChecklist *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  JsonArray *list = json_array_new ();

  for (gsize i = 0; i < N_ITEMS; i++)
    json_array_add_object_element (list, describe_item (self, i));
  json_object_set_string_member (object, "app", mullion_manifest_get_name (self->manifest));
  json_object_set_array_member (object, "checklist", list);

  return json_to_string (node, TRUE);
}

/* -- Its beginning and its end -- */

void
mullion_checklist_free (MullionChecklist *self)
{
  for (gsize i = 0; i < N_ITEMS; i++)
    g_ptr_array_unref (self->findings[i]);
  mullion_app_texts_free (self->texts);
  json_object_unref (self->preferences);
  g_object_unref (self->manifest);
  g_free (self);
}

MullionChecklist *
mullion_checklist_new (MullionManifest *manifest)
{
  MullionChecklist *self = g_new0 (MullionChecklist, 1);
  g_autoptr(JsonObject) options = mullion_manifest_create_window_options (manifest, NULL);

  self->manifest = g_object_ref (manifest);
  self->texts = mullion_app_texts_new (mullion_manifest_get_folder (manifest));
  self->preferences = json_object_ref (json_object_get_object_member (options, "webPreferences"));
  for (gsize i = 0; i < N_ITEMS; i++)
    {
      self->findings[i] = g_ptr_array_new_with_free_func (g_free);
      look_at_option (self, &items[i], self->findings[i]);
      if (items[i].look != NULL)
        items[i].look (self, self->findings[i]);
    }

  return self;
}
