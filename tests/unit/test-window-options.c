/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-grants.h"
#include "mullion-web-preferences.h"
#include "mullion-window-options.h"

#include "tests/test-warnings.h"

#include <math.h>
#include <string.h>

static MullionWindowOptions *
read_options (const char *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (json, &error);
  MullionWindowOptions *options;

  g_assert_no_error (error);
  options = mullion_window_options_new (json_node_get_object (node));
  assert_warned ();
  return options;
}

static MullionWebPreferences *
read_preferences (const char *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (json, &error);
  MullionWebPreferences *preferences;

  g_assert_no_error (error);
  preferences = mullion_web_preferences_new_from_json (json_node_get_object (node));
  assert_warned ();
  return preferences;
}

static void
test_defaults (void)
{
  g_autoptr(MullionWindowOptions) options = mullion_window_options_new (NULL);

  g_assert_cmpint (options->width, ==, 800);
  g_assert_cmpint (options->height, ==, 600);
  g_assert_cmpint (options->min_width, ==, 0);
  g_assert_cmpint (options->max_height, ==, 0);
  g_assert_null (options->title);
  g_assert_null (options->preferences);
  g_assert_false (options->background.is_set);
  g_assert_true (options->show);
  g_assert_true (options->resizable);
  g_assert_true (options->frame);
  g_assert_true (options->closable);
  g_assert_true (options->full_screenable);
  g_assert_false (options->full_screen);
  g_assert_false (options->maximized);
  g_assert_false (options->modal);
  g_assert_cmpint (options->parent, ==, 0);
  g_assert_false (options->always_on_top);
  g_assert_false (options->skip_taskbar);
  g_assert_true (options->focusable);
  g_assert_cmpfloat (options->opacity, ==, 1);
}

static void
test_honoured (void)
{
  g_autoptr(MullionWindowOptions) options = read_options (
    "{ \"width\": 900, \"height\": 640.0, \"minWidth\": 100, \"minHeight\": 90,"
    "  \"maxWidth\": 1000, \"maxHeight\": 700, \"useContentSize\": true,"
    "  \"title\": \"Notes\", \"icon\": \"notes\", \"backgroundColor\": \"#102030\","
    "  \"show\": false, \"resizable\": false, \"closable\": false, \"frame\": false,"
    "  \"fullscreen\": true, \"maximized\": true, \"modal\": true, \"parent\": 3,"
    "  \"alwaysOnTop\": true, \"skipTaskbar\": true, \"focusable\": false, \"opacity\": 0.25,"
    "  \"webPreferences\": { \"preload\": \"p.js\" } }");

  g_assert_cmpint (options->width, ==, 900);
  g_assert_cmpint (options->height, ==, 640);
  g_assert_cmpint (options->min_width, ==, 100);
  g_assert_cmpint (options->min_height, ==, 90);
  g_assert_cmpint (options->max_width, ==, 1000);
  g_assert_cmpint (options->max_height, ==, 700);
  g_assert_true (options->use_content_size);
  g_assert_cmpstr (options->title, ==, "Notes");
  g_assert_cmpstr (options->icon, ==, "notes");
  g_assert_true (options->background.is_set);
  g_assert_cmpfloat_with_epsilon (options->background.rgba.green, 0x20 / 255.0, 0.001);
  g_assert_false (options->show);
  g_assert_false (options->resizable);
  g_assert_false (options->closable);
  g_assert_false (options->frame);
  g_assert_true (options->full_screen);
  g_assert_true (options->maximized);
  g_assert_true (options->modal);
  g_assert_cmpint (options->parent, ==, 3);
  g_assert_true (options->always_on_top);
  g_assert_true (options->skip_taskbar);
  g_assert_false (options->focusable);
  g_assert_cmpfloat (options->opacity, ==, 0.25);
  g_assert_cmpstr (json_object_get_string_member (options->preferences, "preload"), ==, "p.js");
}

static void
test_implied (void)
{
  g_autoptr(MullionWindowOptions) kiosk = read_options ("{ \"kiosk\": true }");
  g_autoptr(MullionWindowOptions) hidden = read_options ("{ \"titleBarStyle\": \"hidden\" }");
  g_autoptr(MullionWindowOptions) plain = read_options ("{ \"titleBarStyle\": \"default\" }");
  g_autoptr(MullionWindowOptions) nothing = read_options ("{ \"title\": null, \"x\": null }");

  g_assert_true (kiosk->full_screen);
  g_assert_false (hidden->frame);
  g_assert_true (plain->frame);
  g_assert_null (nothing->title);
}

static void
test_contradictions (void)
{
  g_autoptr(MullionWindowOptions) limits = NULL;
  g_autoptr(MullionWindowOptions) full_screen = NULL;
  g_autoptr(MullionWindowOptions) style = NULL;

  expect_warning ("Window option \"maxWidth\" (50) is below \"minWidth\" (100): ignored");
  limits = read_options ("{ \"minWidth\": 100, \"maxWidth\": 50, \"maxHeight\": 50 }");
  g_assert_cmpint (limits->max_width, ==, 0);
  g_assert_cmpint (limits->max_height, ==, 50);

  expect_warning ("Window option \"fullscreen\" is ignored: \"fullscreenable\" is false");
  full_screen = read_options ("{ \"fullscreen\": true, \"fullscreenable\": false }");
  g_assert_false (full_screen->full_screen);

  expect_warning ("Window option \"titleBarStyle\" has no style \"rounded\": ignored");
  style = read_options ("{ \"titleBarStyle\": \"rounded\" }");
  g_assert_true (style->frame);
}

static void
test_wrong_type (void)
{
  static const struct
  {
    const char *json;
    const char *warning;
  } cases[] = {
    { "{ \"width\": \"wide\" }", "Window option \"width\" must be an integer, not a string*" },
    { "{ \"width\": 800.5 }", "Window option \"width\" must be an integer, not a number*" },
    { "{ \"width\": 1e300 }", "Window option \"width\" must be an integer, not a number*" },
    { "{ \"width\": true }", "Window option \"width\" must be an integer, not a boolean*" },
    { "{ \"width\": [] }", "Window option \"width\" must be an integer, not an array*" },
    { "{ \"width\": 0 }", "Window option \"width\" must be from 1 to 32767, not 0*" },
    { "{ \"width\": 9223372036854775807 }", "Window option \"width\" must be from 1 to*" },
    { "{ \"show\": 0 }", "Window option \"show\" must be a boolean, not an integer*" },
    { "{ \"title\": {} }", "Window option \"title\" must be a string, not an object*" },
    { "{ \"parent\": -1 }", "Window option \"parent\" must be from 1 to*" },
    { "{ \"alwaysOnTop\": \"yes\" }", "*\"alwaysOnTop\" must be a boolean, not a string*" },
    { "{ \"opacity\": 2 }", "Window option \"opacity\" must be from 0 to 1, not 2*" },
    { "{ \"webPreferences\": [] }", "*\"webPreferences\" must be an object, not an array*" },
    { "{ \"backgroundColor\": \"#12\" }", "*\"backgroundColor\" is not a colour: \"#12\"*" },
    { "{ \"backgroundColor\": 0 }", "*\"backgroundColor\" must be a colour string, not an int*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(MullionWindowOptions) options = NULL;

      expect_warning (cases[i].warning);
      options = read_options (cases[i].json);
      g_assert_cmpint (options->width, ==, 800);
      g_assert_true (options->show);
      g_assert_null (options->title);
      g_assert_null (options->preferences);
      g_assert_false (options->background.is_set);
    }
}

static void
test_unknown (void)
{
  g_autofree char *name = g_strnfill (10000, 'w');
  g_autofree char *json = g_strdup_printf ("{ \"%s\": 1 }", name);
  g_autoptr(MullionWindowOptions) slip = NULL;
  g_autoptr(MullionWindowOptions) letter_case = NULL;
  g_autoptr(MullionWindowOptions) stranger = NULL;
  g_autoptr(MullionWindowOptions) monster = NULL;
  g_autoptr(MullionWindowOptions) empty = NULL;

  expect_warning ("Window option \"widht\" is unknown: did you mean \"width\"?");
  slip = read_options ("{ \"widht\": 1 }");
  expect_warning ("Window option \"fullScreen\" is unknown: did you mean \"fullscreen\"?");
  letter_case = read_options ("{ \"fullScreen\": true }");
  g_assert_false (letter_case->full_screen);
  expect_warning ("Window option \"bananas\" is unknown: ignored");
  stranger = read_options ("{ \"bananas\": 1 }");
  expect_warning ("Window option \"www*\" is unknown: ignored");
  monster = read_options (json);
  expect_warning ("Window option \"\" is unknown: ignored");
  empty = read_options ("{ \"\": 1 }");
}

static void
test_persistence (void)
{
  const struct { const char *json; const char *warning; gboolean bounds; gboolean mode; } cases[] = {
    { "{ \"name\": \"a\" }", NULL, FALSE, FALSE },
    { "{ \"name\": \"a\", \"windowStatePersistence\": true }", NULL, TRUE, TRUE },
    { "{ \"name\": \"a\", \"windowStatePersistence\": false }", NULL, FALSE, FALSE },
    { "{ \"name\": \"a\", \"windowStatePersistence\": {} }", NULL, TRUE, TRUE },
    { "{ \"name\": \"a\", \"windowStatePersistence\": { \"bounds\": false } }", NULL, FALSE, TRUE },
    { "{ \"name\": \"a\", \"windowStatePersistence\": { \"displayMode\": false } }", NULL,
      TRUE, FALSE },
    { "{ \"name\": \"a\", \"windowStatePersistence\": 1 }",
      "*\"windowStatePersistence\" must be a boolean or an object: ignored", FALSE, FALSE },
    { "{ \"name\": \"a\", \"windowStatePersistence\": { \"bound\": true } }",
      "Window state option \"bound\" is unknown: did you mean \"bounds\"?", TRUE, TRUE },
    { "{ \"windowStatePersistence\": true }", "Window option \"name\" must be set*", FALSE, FALSE },
    { "{ \"name\": \"\", \"windowStatePersistence\": true }", "*\"name\" must be 1 to 64 bytes*",
      FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(MullionWindowOptions) options = NULL;

      if (cases[i].warning != NULL)
        expect_warning (cases[i].warning);
      options = read_options (cases[i].json);
      g_assert_cmpint (options->keeps_bounds, ==, cases[i].bounds);
      g_assert_cmpint (options->keeps_mode, ==, cases[i].mode);
    }
}

static void
test_overlay (void)
{
  const struct { const char *json; const char *warning; gboolean controls; int height; } cases[] = {
    { "{ \"frame\": false }", NULL, FALSE, 0 },
    { "{ \"titleBarOverlay\": true }", NULL, FALSE, 0 },
    { "{ \"frame\": false, \"titleBarOverlay\": true }", NULL, TRUE, 0 },
    { "{ \"frame\": false, \"titleBarOverlay\": false }", NULL, FALSE, 0 },
    { "{ \"titleBarStyle\": \"hidden\", \"titleBarOverlay\": { \"height\": 50 } }", NULL, TRUE, 50 },
    { "{ \"frame\": false, \"titleBarOverlay\": { \"color\": \"red\" } }",
      "Overlay option \"color\" is ignored: *", TRUE, 0 },
    { "{ \"frame\": false, \"titleBarOverlay\": 1 }",
      "*\"titleBarOverlay\" must be a boolean or an object: ignored", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(MullionWindowOptions) options = NULL;

      if (cases[i].warning != NULL)
        expect_warning (cases[i].warning);
      options = read_options (cases[i].json);
      g_assert_cmpint (options->has_controls, ==, cases[i].controls);
      g_assert_cmpint (options->overlay_height, ==, cases[i].height);
    }
}

static void
test_transparent (void)
{
  g_autoptr(MullionWindowOptions) clear = read_options ("{ \"transparent\": true }");
  g_autoptr(MullionWindowOptions) half =
    read_options ("{ \"transparent\": true, \"backgroundColor\": \"#80ff0000\" }");
  g_autoptr(MullionWindowOptions) opaque = read_options ("{ \"backgroundColor\": \"#80ff0000\" }");

  g_assert_true (clear->background.is_set);
  g_assert_cmpfloat (clear->background.rgba.alpha, ==, 0);
  g_assert_cmpfloat_with_epsilon (half->background.rgba.alpha, 0.5, 0.01);
  g_assert_cmpfloat (opaque->background.rgba.alpha, ==, 1);
}

/* Every row that is ignored warns, says why, and changes nothing. */
static void
test_ignored (void)
{
  gsize n_rows;
  const MullionOption *table = mullion_window_options_get_table (&n_rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr(JsonObject) object = json_object_new ();
      g_autoptr(MullionWindowOptions) options = NULL;
      g_autofree char *warning = NULL;

      if (table[i].stance != MULLION_OPTION_IGNORED && table[i].stance != MULLION_OPTION_ELSEWHERE)
        continue;

      if (table[i].type == MULLION_OPTION_BOOLEAN)
        json_object_set_boolean_member (object, table[i].name, !table[i].harmless);
      else if (table[i].type == MULLION_OPTION_STRING)
        json_object_set_string_member (object, table[i].name, "text");
      else
        json_object_set_int_member (object, table[i].name, 1);

      if (table[i].stance == MULLION_OPTION_IGNORED)
        {
          g_assert_nonnull (table[i].reason);
          warning = g_strdup_printf ("Window option \"%s\" is ignored: %s",
                                     table[i].name, table[i].reason);
          expect_warning (warning);
        }
      options = mullion_window_options_new (object);
      assert_warned ();
    }
}

static void
test_harmless (void)
{
  g_autoptr(MullionWindowOptions) options = read_options (
    "{ \"alwaysOnTop\": false, \"center\": false, \"hasShadow\": true, \"focusable\": true,"
    "  \"transparent\": false, \"vibrancy\": \"menu\", \"trafficLightPosition\": { \"x\": 1 } }");
  g_autoptr(MullionWebPreferences) preferences = read_preferences (
    "{ \"nodeIntegration\": false, \"contextIsolation\": true, \"sandbox\": true,"
    "  \"webSecurity\": true, \"spellcheck\": true, \"v8CacheOptions\": \"code\" }");

  g_assert_cmpint (options->width, ==, 800);
  g_assert_true (preferences->javascript);
}

static void
test_preferences (void)
{
  g_autoptr(MullionWebPreferences) defaults = mullion_web_preferences_new_from_json (NULL);
  g_autoptr(MullionWebPreferences) preferences = read_preferences (
    "{ \"preload\": \"preload.js\", \"devTools\": false, \"zoomFactor\": 2,"
    "  \"javascript\": false, \"partition\": \"persist:a\","
    "  \"additionalArguments\": [\"--one\", \"\"], \"nodeIntegrationInSubFrames\": true,"
    "  \"enableRemoteModule\": true }");

  g_assert_null (defaults->preload);
  g_assert_null (defaults->partition);
  g_assert_null (defaults->additional_arguments);
  g_assert_true (defaults->dev_tools);
  g_assert_true (defaults->javascript);
  g_assert_cmpfloat (defaults->zoom_factor, ==, 1);
  g_assert_false (defaults->preload_in_sub_frames);
  g_assert_false (defaults->enable_remote);

  g_assert_cmpstr (preferences->preload, ==, "preload.js");
  g_assert_cmpstr (preferences->partition, ==, "persist:a");
  g_assert_cmpuint (g_strv_length (preferences->additional_arguments), ==, 2);
  g_assert_cmpstr (preferences->additional_arguments[0], ==, "--one");
  g_assert_false (preferences->dev_tools);
  g_assert_false (preferences->javascript);
  g_assert_cmpfloat (preferences->zoom_factor, ==, 2);
  g_assert_true (preferences->preload_in_sub_frames);
  g_assert_true (preferences->enable_remote);
}

static char *
dup_grants (const char *json)
{
  g_autoptr(MullionWebPreferences) preferences = read_preferences (json);
  g_autoptr(JsonNode) written =
    preferences->grants != NULL ? mullion_grants_to_json (preferences->grants) : NULL;

  return written != NULL ? json_to_string (written, FALSE) : NULL;
}

/* Security: whoever writes grants wants less than all. A slip must not give them all. */
static void
test_grants (void)
{
  const struct { const char *json; const char *warning; const char *grants; } cases[] = {
    { "{}", NULL, NULL },
    { "{ \"grants\": null }", NULL, NULL },
    { "{ \"grants\": [] }", NULL, "[]" },
    { "{ \"grants\": [\"a\"] }", NULL, "[\"a\"]" },
    { "{ \"grants\": \"a\" }", "*\"grants\" must be an array, not a string*", "[]" },
    { "{ \"grants\": [\"a\", 1] }", "*\"grants\": grant 1 is neither*: nothing is granted", "[]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *grants = NULL;

      if (cases[i].warning != NULL)
        expect_warning (cases[i].warning);
      grants = dup_grants (cases[i].json);
      g_assert_cmpstr (grants, ==, cases[i].grants);
      assert_warned ();
    }
}

/* Security: these open the isolated world, the sandbox or the same-origin policy. */
static void
test_refused (void)
{
  static const char *const unsafe[] = {
    "\"nodeIntegration\": true", "\"nodeIntegrationInWorker\": true",
    "\"contextIsolation\": false", "\"sandbox\": false", "\"webSecurity\": false",
    "\"allowRunningInsecureContent\": true", "\"webviewTag\": true",
  };

  for (guint i = 0; i < G_N_ELEMENTS (unsafe); i++)
    {
      g_autofree char *json = g_strdup_printf ("{ %s }", unsafe[i]);
      g_autoptr(MullionWebPreferences) preferences = NULL;

      expect_warning ("webPreferences option \"*\" is refused: *");
      preferences = read_preferences (json);
      g_assert_true (preferences->javascript);
    }
}

static void
test_bad_preferences (void)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(MullionWebPreferences) mixed = NULL;
  g_autoptr(MullionWebPreferences) zoom = NULL;
  g_autoptr(MullionWebPreferences) not_a_number = NULL;
  g_autoptr(MullionWebPreferences) slip = NULL;

  expect_warning ("*\"additionalArguments\" must be an array of strings, not an array*");
  mixed = read_preferences ("{ \"additionalArguments\": [\"a\", 1] }");
  g_assert_null (mixed->additional_arguments);

  expect_warning ("*\"zoomFactor\" must be from 0.25 to 5, not 0*");
  zoom = read_preferences ("{ \"zoomFactor\": 0 }");
  g_assert_cmpfloat (zoom->zoom_factor, ==, 1);

  json_object_set_double_member (object, "zoomFactor", NAN);
  expect_warning ("*\"zoomFactor\" must be from 0.25 to 5, not *nan*");
  not_a_number = mullion_web_preferences_new_from_json (object);
  assert_warned ();
  g_assert_cmpfloat (not_a_number->zoom_factor, ==, 1);

  expect_warning ("*\"preLoad\" is unknown: did you mean \"preload\"?");
  slip = read_preferences ("{ \"preLoad\": \"p.js\" }");
  g_assert_null (slip->preload);
}

static guint32
to_byte (float part)
{
  return (guint32) (part * 255 + 0.5f);
}

static void
test_colors (void)
{
  static const struct
  {
    const char *text;
    guint32 rgba;
  } colors[] = {
    { "#fff", 0xffffffff },
    { "#8f00", 0xff000088 },
    { "#102030", 0x102030ff },
    { "#80102030", 0x10203080 },
    { "rgb(1, 2, 3)", 0x010203ff },
    { "rgba(1, 2, 3, 0)", 0x01020300 },
    { "hsl(120, 100%, 50%)", 0x00ff00ff },
    { "green", 0x008000ff },
  };
  static const char *const bad[] = { "", "#", "#1", "#12345", "#1234567", "#zzz", "#123456789012",
                                     "colour", "rgb(" };
  GdkRGBA color;

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      guint32 rgba;

      g_assert_true (mullion_option_parse_color (colors[i].text, &color));
      rgba = to_byte (color.red) << 24 | to_byte (color.green) << 16 |
             to_byte (color.blue) << 8 | to_byte (color.alpha);
      g_assert_cmphex (rgba, ==, colors[i].rgba);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mullion_option_parse_color (bad[i], &color));
}

static void
check_rows (const char          *page,
            const MullionOption *table,
            gsize                n_rows)
{
  static const char *const words[] = {
    [MULLION_OPTION_HONOURED] = "honoured",
    [MULLION_OPTION_ELSEWHERE] = "elsewhere",
    [MULLION_OPTION_IGNORED] = "ignored",
    [MULLION_OPTION_REFUSED] = "refused",
  };

  for (gsize i = 0; i < n_rows; i++)
    {
      g_autofree char *row = g_strdup_printf ("\n| `%s` | %s |", table[i].name,
                                              words[table[i].stance]);

      g_test_message ("%s", row + 1);
      g_assert_nonnull (g_strstr_len (page, -1, row));
    }
}

/* The page and the tables must name the same options, and say the same of them. */
static void
test_documentation (void)
{
  g_autofree char *page = NULL;
  g_autoptr(GError) error = NULL;
  const MullionOption *options, *preferences;
  gsize n_options, n_preferences;
  guint n_rows = 0;

  g_file_get_contents (WINDOW_OPTIONS_PAGE, &page, NULL, &error);
  g_assert_no_error (error);

  options = mullion_window_options_get_table (&n_options);
  preferences = mullion_web_preferences_get_table (&n_preferences);
  check_rows (page, options, n_options);
  check_rows (page, preferences, n_preferences);

  for (const char *row = strstr (page, "\n| `"); row != NULL; row = strstr (row + 1, "\n| `"))
    n_rows++;
  g_assert_cmpuint (n_rows, ==, n_options + n_preferences);
}

int
main (int    argc,
      char **argv)
{
  watch_warnings ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/window-options/defaults", test_defaults);
  g_test_add_func ("/window-options/honoured", test_honoured);
  g_test_add_func ("/window-options/implied", test_implied);
  g_test_add_func ("/window-options/contradictions", test_contradictions);
  g_test_add_func ("/window-options/wrong-type", test_wrong_type);
  g_test_add_func ("/window-options/unknown", test_unknown);
  g_test_add_func ("/window-options/persistence", test_persistence);
  g_test_add_func ("/window-options/overlay", test_overlay);
  g_test_add_func ("/window-options/transparent", test_transparent);
  g_test_add_func ("/window-options/ignored", test_ignored);
  g_test_add_func ("/window-options/harmless", test_harmless);
  g_test_add_func ("/window-options/colors", test_colors);
  g_test_add_func ("/window-options/documentation", test_documentation);
  g_test_add_func ("/web-preferences/honoured", test_preferences);
  g_test_add_func ("/web-preferences/grants", test_grants);
  g_test_add_func ("/web-preferences/refused", test_refused);
  g_test_add_func ("/web-preferences/bad", test_bad_preferences);

  return g_test_run ();
}
