/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery-fixture.h"

#include "gallery.h"

#include <glib/gstdio.h>

/*
 * Runs the Gallery in this process, and scenarios in its pages.
 *
 * A scenario is JavaScript that acts as a user of the page would, and throws when the page does
 * not show what it should. Afterwards a picture of each window goes to the folder of artefacts,
 * and an empty picture fails the test.
 */

#define WIDE 1280
#define HEIGHT 800
#define FEWEST_COLOURS 40
#define TIMEOUT_SECONDS 120

static MullionApp *app = NULL;
static MullionBrowserWindow *window = NULL;
static char *home = NULL;

/* One script in one page. */
typedef struct
{
  MullionWebContents *contents;
  char *code;
  JsonNode *result;
  GError *error;
} Script;

/* The scripts of the windows that the running scenario opened. */
static const GalleryScenario *running = NULL;
static GPtrArray *peer_scripts = NULL;

static char *
load_script (const char *name,
             const char *suffix)
{
  g_autofree char *file_name = g_strconcat (name, suffix, ".js", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "ui", "gallery", file_name, NULL);
  g_autofree char *library_path = g_test_build_filename (G_TEST_DIST, "ui", "gallery", "lib.js",
                                                         NULL);
  g_autofree char *script = NULL;
  g_autofree char *library = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &script, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (library_path, &library, NULL, &error);
  g_assert_no_error (error);

  return g_strdup_printf ("(async () => {\n%s\n"
                          "try { return { ok: true, detail: await (async () => {\n%s\n})() }; }\n"
                          "catch (error) { return { ok: false, detail: `${error}` }; }\n})()",
                          library, script);
}

static Script *
script_new (MullionWebContents *contents,
            const char         *name,
            const char         *suffix)
{
  Script *script = g_new0 (Script, 1);

  script->contents = g_object_ref (contents);
  script->code = load_script (name, suffix);
  return script;
}

static void
script_free (gpointer data)
{
  Script *script = data;

  g_clear_object (&script->contents);
  g_clear_pointer (&script->result, json_node_unref);
  g_clear_error (&script->error);
  g_free (script->code);
  g_free (script);
}

static gboolean
script_is_done (Script *script)
{
  return script->result != NULL || script->error != NULL;
}

static void
script_done_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Script *script = user_data;

  script->result = mullion_web_contents_execute_javascript_finish (MULLION_WEB_CONTENTS (source),
                                                                   result, &script->error);
}

static void
script_start (Script *script)
{
  mullion_web_contents_execute_javascript_async (script->contents, script->code, NULL,
                                                 script_done_cb, script);
}

static void
script_check (Script     *script,
              const char *name)
{
  JsonObject *object = NULL;
  const char *detail = NULL;

  g_assert_no_error (script->error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (script->result));
  object = json_node_get_object (script->result);
  detail = json_object_get_string_member_with_default (object, "detail", "");
  g_test_message ("%s: %s", name, detail);
  if (!json_object_get_boolean_member_with_default (object, "ok", FALSE))
    g_test_fail_printf ("%s: %s", name, detail);
}

static void
peer_loaded_cb (MullionWebContents *contents,
                gpointer            user_data)
{
  Script *script = NULL;

  if (running == NULL)
    return;

  script = script_new (contents, running->name, "-peer");
  g_ptr_array_add (peer_scripts, script);
  script_start (script);
}

static void
contents_created_cb (MullionApp         *source,
                     MullionWebContents *contents)
{
  if (running != NULL && running->peers > 0)
    g_signal_connect (contents, "did-finish-load", G_CALLBACK (peer_loaded_cb), NULL);
}

static gboolean
set_flag_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
set_flag_on_signal_cb (gboolean *flag)
{
  *flag = TRUE;
}

static gboolean
peers_are_done (guint expected)
{
  if (peer_scripts->len < expected)
    return FALSE;
  for (guint i = 0; i < peer_scripts->len; i++)
    if (!script_is_done (g_ptr_array_index (peer_scripts, i)))
      return FALSE;
  return TRUE;
}

static void
wait_for_scripts (Script *script)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (TIMEOUT_SECONDS, set_flag_cb, &late);

  while (!late && !(script_is_done (script) && peers_are_done (running->peers)))
    {
      g_main_context_iteration (NULL, TRUE);
      if (running->assist != NULL)
        running->assist ();
    }

  g_assert_false (late);
  g_source_remove (source);
}

static guint
count_colours (GBytes *png)
{
  g_autoptr(GHashTable) colours = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = gdk_texture_new_from_bytes (png, &error);
  g_autofree guchar *pixels = NULL;
  gsize count = 0;

  g_assert_no_error (error);
  count = (gsize) gdk_texture_get_width (texture) * gdk_texture_get_height (texture);
  pixels = g_malloc (count * 4);
  gdk_texture_download (texture, pixels, (gsize) gdk_texture_get_width (texture) * 4);
  for (gsize i = 0; i < count; i++)
    {
      guint32 pixel = 0;

      memcpy (&pixel, pixels + i * 4, sizeof pixel);
      g_hash_table_add (colours, GUINT_TO_POINTER (pixel));
    }

  return g_hash_table_size (colours);
}

static void
store_result_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
capture (MullionWebContents *contents,
         const char         *name,
         const char         *suffix)
{
  const char *folder = g_getenv ("MULLION_ARTEFACTS");
  g_autofree char *file_name = g_strconcat (name, suffix, ".png", NULL);
  g_autofree char *path = g_build_filename (folder != NULL ? folder : home, file_name, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) png = NULL;

  mullion_web_contents_capture_page_async (contents, NULL, store_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  png = mullion_web_contents_capture_page_finish (contents, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_colours (png), >, FEWEST_COLOURS);

  g_file_set_contents (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png), &error);
  g_assert_no_error (error);
  g_test_message ("Picture: %s", path);
}

/* Waits till the page has the width and the colours that the scenario asks for. */
static void
shape_window (const GalleryScenario *scenario)
{
  MullionWebContents *contents = mullion_browser_window_get_web_contents (window);
  int width = scenario->width != 0 ? scenario->width : WIDE;
  g_autofree char *code = g_strdup_printf (
    "(async () => { for (let i = 0; i < 200; i += 1) {"
    " const { matches } = matchMedia('(prefers-color-scheme: dark)');"
    " if (innerWidth === %d && matches === %s) return true;"
    " await new Promise((resolve) => setTimeout(resolve, 25)); } return `${innerWidth}`; })()",
    width, scenario->dark ? "true" : "false");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) answer = NULL;

  g_object_set (gtk_settings_get_default (),
                "gtk-application-prefer-dark-theme", scenario->dark, NULL);
  mullion_browser_window_set_size (window, width, HEIGHT);
  mullion_web_contents_execute_javascript_async (contents, code, NULL, store_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  answer = mullion_web_contents_execute_javascript_finish (contents, result, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_get_value_type (answer) == G_TYPE_BOOLEAN);
}

/* The page of @script has died, and comes back. */
static Script *
begin_again (Script                *script,
             const GalleryScenario *scenario)
{
  Script *again = script_new (script->contents, scenario->name, "-again");

  g_assert_error (script->error, MULLION_ERROR, MULLION_ERROR_GONE);
  script_free (script);
  script_start (again);
  wait_for_scripts (again);

  return again;
}

static void
close_peers (void)
{
  g_autoptr(GList) all = mullion_browser_window_get_all ();

  for (GList *at = all; at != NULL; at = at->next)
    if (at->data != window)
      mullion_browser_window_destroy (at->data);
}

void
gallery_fixture_run (const GalleryScenario *scenario)
{
  MullionWebContents *contents = mullion_browser_window_get_web_contents (window);
  const char *picture = scenario->picture != NULL ? scenario->picture : scenario->name;
  Script *script = script_new (contents, scenario->name, "");

  peer_scripts = g_ptr_array_new_with_free_func (script_free);
  running = scenario;
  shape_window (scenario);
  script_start (script);
  wait_for_scripts (script);
  if (scenario->again)
    script = begin_again (script, scenario);
  running = NULL;

  script_check (script, scenario->name);
  capture (contents, picture, "");
  for (guint i = 0; i < peer_scripts->len; i++)
    {
      Script *peer = g_ptr_array_index (peer_scripts, i);
      g_autofree char *suffix = g_strdup_printf ("-window-%u", i + 2);

      script_check (peer, scenario->name);
      capture (peer->contents, picture, suffix);
    }

  close_peers ();
  g_clear_pointer (&peer_scripts, g_ptr_array_unref);
  script_free (script);
}

static void
ready_cb (MullionApp *source)
{
  g_autoptr(GList) all = NULL;

  mullion_gallery_open (source, NULL);
  all = mullion_browser_window_get_all ();
  g_assert_cmpuint (g_list_length (all), ==, 1);
  window = all->data;
}

/* Nothing of the user's own may be read or written by a test. */
static void
isolate (void)
{
  static const char *const names[] = { "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                                       "XDG_CACHE_HOME", "XDG_STATE_HOME" };
  g_autoptr(GError) error = NULL;

  home = g_dir_make_tmp ("mullion-gallery-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], home, TRUE);
  if (g_getenv ("MULLION_ARTEFACTS") != NULL)
    g_mkdir_with_parents (g_getenv ("MULLION_ARTEFACTS"), 0755);
}

void
gallery_fixture_start (void)
{
  g_autoptr(GError) error = NULL;
  gboolean loaded = FALSE;

  isolate ();
  app = mullion_app_new ("io.github.mullion.Gallery", G_APPLICATION_NON_UNIQUE);
  mullion_gallery_register (app);
  g_signal_connect (app, "ready", G_CALLBACK (ready_cb), NULL);
  g_signal_connect (app, "web-contents-created", G_CALLBACK (contents_created_cb), NULL);
  g_application_register (G_APPLICATION (app), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (app));

  while (window == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect_swapped (mullion_browser_window_get_web_contents (window), "did-finish-load",
                            G_CALLBACK (set_flag_on_signal_cb), &loaded);
  while (!loaded || !mullion_browser_window_is_visible (window))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (mullion_browser_window_get_web_contents (window), &loaded);
}

void
gallery_fixture_stop (void)
{
  mullion_browser_window_destroy (window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&app);
  g_clear_pointer (&home, g_free);
}

MullionBrowserWindow *
gallery_fixture_get_window (void)
{
  return window;
}
