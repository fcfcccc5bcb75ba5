/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "action-cases.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"
#include "user-hand.h"

/*
 * Actions that an app shares with its pages: C, the menu, the keys and the page have the same one.
 */

#define OPTIONS "{ \"webPreferences\": { \"preload\": \"menus/preload.js\" } }"

static IpcWindow *
open_page (void)
{
  IpcWindow *window = ipc_window_new (OPTIONS);

  ipc_window_load (window, "menus/index.html");
  return window;
}

/* (transfer full) */
static GSimpleAction *
add_action (gpointer    map,
            const char *name,
            const char *parameter_type,
            const char *state)
{
  const GVariantType *type = parameter_type != NULL ? G_VARIANT_TYPE (parameter_type) : NULL;
  GSimpleAction *action;

  action = state != NULL
             ? g_simple_action_new_stateful (name, type, g_variant_new_parsed (state))
             : g_simple_action_new (name, type);
  g_action_map_add_action (G_ACTION_MAP (map), G_ACTION (action));
  return action;
}

static gboolean
is_on (GSimpleAction *action)
{
  g_autoptr(GVariant) state = g_action_get_state (G_ACTION (action));

  return g_variant_get_boolean (state);
}

/* The page notes the states that it is told of; null where the action is gone. */
static void
listen (IpcWindow  *window,
        const char *name)
{
  g_autofree char *code = g_strdup_printf (
    "window.told = []; actions.on('%s', (now) => told.push(now && `${now.state} ${now.enabled}`))"
    "  .then((stop) => { window.stop = stop; return 'listens'; })", name);

  ipc_assert_run (window, code, "\"listens\"");
}

/* Waits for as many as are expected, and forgets them. */
static void
assert_told (IpcWindow  *window,
             const char *expected)
{
  g_autofree char *code = g_strdup_printf (
    "new Promise((done) => { const look = () => told.length < %s.length"
    "  ? setTimeout(look, 5) : done(told.splice(0)); look(); })", expected);

  ipc_assert_run (window, code, expected);
}

/* What a call comes to: its answer, or the error without the words that all begin with. */
static void
assert_call (IpcWindow  *window,
             const char *call,
             const char *expected)
{
  g_autofree char *code = g_strdup_printf (
    "actions.%s.then((answer) => answer ?? 'done', (error) => [error.code ?? -1, error.message"
    "  .replace(/^Error invoking remote method '[^']*': Error: /, '')].join(' '))", call);

  ipc_assert_run (window, code, expected);
}

static void
finish (const char *name)
{
  mullion_app_unshare_action (ipc_app_get (), name);
  g_action_map_remove_action (G_ACTION_MAP (ipc_app_get ()), strchr (name, '.') + 1);
}

/* -- Cases -- */

/* One action of the app, in the menu, on a key and in the page. */
static void
test_of_app (void)
{
  g_autoptr(IpcWindow) window = open_page ();
  g_autoptr(MullionMenu) menu = mullion_menu_new_from_json (
    "[ { \"label\": \"Wrap\", \"action\": \"app.wrap\", \"accelerator\": \"CmdOrCtrl+Shift+K\" } ]",
    NULL);
  GSimpleAction *wrap;

  assert_call (window, "getState('app.wrap')",
               "\"-1 No handler registered for 'mullion:action.app.wrap'\"");
  mullion_app_share_action (ipc_app_get (), "app.wrap");
  mullion_app_share_action (ipc_app_get (), "app.wrap");
  assert_call (window, "getState('app.wrap')", "\"2 there is no action “app.wrap”\"");

  wrap = add_action (ipc_app_get (), "wrap", NULL, "false");
  mullion_browser_window_set_menu (window->window, menu);
  assert_call (window, "getState('app.wrap')",
               "{\"enabled\":true,\"state\":false,\"parameterType\":null}");
  listen (window, "app.wrap");

  assert_call (window, "activate('app.wrap')", "\"done\"");
  g_assert_true (is_on (wrap));
  assert_told (window, "[\"true true\"]");
  assert_call (window, "setState('app.wrap', false)", "\"done\"");
  g_assert_false (is_on (wrap));
  assert_told (window, "[\"false true\"]");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window->window), "app.wrap", NULL));
  assert_told (window, "[\"true true\"]");

  /* Once a turn, and only what is new. */
  for (guint i = 0; i < 3; i++)
    g_action_activate (G_ACTION (wrap), NULL);
  ipc_settle ();
  g_action_activate (G_ACTION (wrap), NULL);
  g_action_activate (G_ACTION (wrap), NULL);
  ipc_settle ();
  g_simple_action_set_enabled (wrap, FALSE);
  assert_told (window, "[\"false true\",\"false false\"]");
  assert_call (window, "activate('app.wrap')", "\"3 the action “app.wrap” is not enabled\"");
  assert_call (window, "setState('app.wrap', true)", "\"3 the action “app.wrap” is not enabled\"");
  g_simple_action_set_enabled (wrap, TRUE);
  assert_told (window, "[\"false true\"]");

  if (user_hand_is_there ())
    {
      user_hand_click (GTK_WIDGET (mullion_web_contents_get_web_view (window->contents)),
                       300, 400, 1);
      user_hand_press ("ctrl+shift+k");
      assert_told (window, "[\"true true\"]");
      g_assert_true (is_on (wrap));
    }

  g_object_unref (wrap);
  finish ("app.wrap");
}

/* The items of the window's menu, whichever it has. */
static void
test_of_menu (void)
{
  static const char template[] =
    "[ { \"label\": \"Bold\", \"id\": \"bold\", \"type\": \"checkbox\" },"
    "  { \"label\": \"Left\", \"id\": \"left\", \"type\": \"radio\", \"checked\": true },"
    "  { \"label\": \"Right\", \"id\": \"right\", \"type\": \"radio\" } ]";
  g_autoptr(IpcWindow) window = open_page ();
  g_autoptr(MullionMenu) menu = mullion_menu_new_from_json (template, NULL);
  g_autoptr(MullionMenu) other = mullion_menu_new_from_json (template, NULL);
  MullionMenuItem *bold = mullion_menu_get_menu_item_by_id (menu, "bold");
  MullionMenuItem *right = mullion_menu_get_menu_item_by_id (menu, "right");

  mullion_app_share_action (ipc_app_get (), "menu.bold");
  mullion_app_share_action (ipc_app_get (), "menu.right");
  assert_call (window, "on('menu.bold', () => {})", "\"2 there is no action “menu.bold”\"");
  mullion_browser_window_set_menu (window->window, menu);
  listen (window, "menu.bold");

  assert_call (window, "activate('menu.bold')", "\"done\"");
  g_assert_true (mullion_menu_item_get_checked (bold));
  assert_told (window, "[\"true true\"]");
  assert_call (window, "setState('menu.bold', false)", "\"done\"");
  g_assert_false (mullion_menu_item_get_checked (bold));
  assert_told (window, "[\"false true\"]");
  mullion_menu_item_click (bold, window->window);
  assert_told (window, "[\"true true\"]");
  mullion_menu_item_set_enabled (bold, FALSE);
  assert_told (window, "[\"true false\"]");

  assert_call (window, "getState('menu.right')",
               "{\"enabled\":true,\"state\":\"\",\"parameterType\":\"s\"}");
  assert_call (window, "setState('menu.right', 'on')", "\"done\"");
  g_assert_true (mullion_menu_item_get_checked (right));
  assert_call (window, "setState('menu.right', '')", "\"done\"");
  g_assert_true (mullion_menu_item_get_checked (right));

  mullion_browser_window_set_menu (window->window, other);
  assert_told (window, "[\"false true\"]");
  mullion_browser_window_set_menu (window->window, NULL);
  assert_told (window, "[null]");
  assert_call (window, "activate('menu.bold')", "\"2 there is no action “menu.bold”\"");
  mullion_app_unshare_action (ipc_app_get (), "menu.bold");
  mullion_app_unshare_action (ipc_app_get (), "menu.right");
}

static void
count_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  (*(guint *) user_data)++;
}

/* Each page has the actions of its own window, under the same name. */
static void
test_of_windows (void)
{
  g_autoptr(IpcWindow) first = open_page ();
  g_autoptr(IpcWindow) second = open_page ();
  GSimpleAction *actions[2];
  guint counts[2] = { 0 };

  mullion_app_share_action (ipc_app_get (), "win.zoom");
  actions[0] = add_action (first->window, "zoom", NULL, "1");
  listen (first, "win.zoom");
  assert_call (second, "activate('win.zoom')", "\"2 there is no action “win.zoom”\"");
  actions[1] = add_action (second->window, "zoom", NULL, "2");
  listen (second, "win.zoom");
  for (guint i = 0; i < 2; i++)
    g_signal_connect (actions[i], "activate", G_CALLBACK (count_cb), &counts[i]);

  assert_call (second, "activate('win.zoom')", "\"done\"");
  g_assert_cmpuint (counts[0], ==, 0);
  g_assert_cmpuint (counts[1], ==, 1);
  assert_call (first, "setState('win.zoom', 5)", "\"done\"");
  assert_told (first, "[\"5 true\"]");
  assert_call (second, "getState('win.zoom').then((now) => now.state)", "2");
  assert_told (second, "[]");

  for (guint i = 0; i < 2; i++)
    g_object_unref (actions[i]);
  mullion_app_unshare_action (ipc_app_get (), "win.zoom");
}

/* What a page gives has the type of the action, or nothing happens. */
static void
test_values (void)
{
  static const struct
  {
    const char *state;
    const char *value;
    const char *expected; /* what C has then, or the error */
  } cases[] = {
    { "false", "true", "true" },
    { "false", "1", "!state: expected a boolean" },
    { "byte 0x00", "255", "byte 0xff" },
    { "byte 0x00", "256", "!state: expected" },
    { "0", "'1'", "!state: expected an integer" },
    { "0", "1.5", "!state: expected an integer" },
    { "0", "2147483648", "!state: expected" },
    { "uint64 0", "-1", "!state: expected" },
    { "int64 0", "-9007199254740991", "int64 -9007199254740991" },
    { "0.5", "2", "2.0" },
    { "0.5", "NaN", "!state: expected a number" },
    { "''", "'x'.repeat(5000).slice(4995)", "'xxxxx'" },
    { "''", "null", "!state: expected a string" },
    { "''", "new Date(0)", "!state: expected a string" },
    { "''", "undefined", "!needs a state" },
    { "['']", "['a', 'b']", "['a', 'b']" },
    { "['']", "['a', 2]", "!state[1]: expected a string" },
    { "(0, '')", "[3, 'c']", "(3, 'c')" },
    { "(0, '')", "[3]", "!state: expected" },
    { "@ms nothing", "null", "@ms nothing" },
    { "@ms nothing", "'m'", "@ms 'm'" },
    { "{'a': 1}", "{ b: 2 }", "{'b': 2}" },
    { "{'a': 1}", "{ b: 'x' }", "!state.b: expected an integer" },
    { "{'a': <1>}", "{ $mullion: true }", "!state: expected an object" },
    { "{'a': <1>}", "{ b: { $mullion: true } }", "{'b': <{'$mullion': <true>}>}" },
    { "{'a': <1>}", "new Map([['b', 1]])", "!state: expected an object" },
    { "{'a': <1>}", "(() => { const own = {}; own.own = own; return own; })()", "!" },
    { "<1>", "(() => { let deep = 1; for (let i = 0; i < 100; i += 1) deep = [deep];"
             " return deep; })()", "!state: nested deeper than 32" },
    { "<1>", "10n", "!" },
    { "objectpath '/a'", "'no path'", "!state: no page has values of the type “o”" },
    { "{1: 'a'}", "{ 1: 'b' }", "!state: no page has values of the type “a{is}”" },
  };
  g_autoptr(IpcWindow) window = open_page ();

  mullion_app_share_action (ipc_app_get (), "app.value");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GSimpleAction) action = add_action (ipc_app_get (), "value", NULL, cases[i].state);
      g_autofree char *code = g_strdup_printf (
        "actions.setState('app.value', %s).then(() => 'done', (error) => error.message)",
        cases[i].value);
      g_autofree char *answer = ipc_window_run (window, code);
      g_autoptr(GVariant) state = g_action_get_state (G_ACTION (action));
      g_autofree char *text = g_variant_print (state, TRUE);
      gboolean fails = cases[i].expected[0] == '!';

      g_test_message ("%s: %s, %s", cases[i].state, answer, text);
      g_assert_cmpstr (text, ==, fails ? cases[i].state : cases[i].expected);
      if (fails)
        g_assert_nonnull (strstr (answer, cases[i].expected + 1));
      else
        g_assert_cmpstr (answer, ==, "\"done\"");
    }
  finish ("app.value");
}

/* Parameters, and calls that no `actions` makes. */
static void
test_hostile (void)
{
  g_autoptr(IpcWindow) window = open_page ();
  g_autoptr(GSimpleAction) with = add_action (ipc_app_get (), "with", "s", NULL);
  g_autoptr(GSimpleAction) without = add_action (ipc_app_get (), "without", NULL, NULL);
  guint count = 0;

  g_signal_connect (with, "activate", G_CALLBACK (count_cb), &count);
  g_signal_connect (without, "activate", G_CALLBACK (count_cb), &count);
  mullion_app_share_action (ipc_app_get (), "app.with");
  mullion_app_share_action (ipc_app_get (), "app.without");

  assert_call (window, "activate('app.with')", "\"1 the action “app.with” needs a parameter\"");
  assert_call (window, "activate('app.with', 1)",
               "\"1 parameter: expected a string, not an integer\"");
  assert_call (window, "activate('app.without', 'x')",
               "\"1 the action “app.without” has no parameter\"");
  assert_call (window, "setState('app.without', 1)", "\"1 the action “app.without” has no state\"");
  assert_call (window, "setState('app.without')", "\"1 the action “app.without” has no state\"");
  assert_call (window, "on('app.with').then(() => 1)",
               "\"-1 The \\\"listener\\\" argument must be of type function\"");
  g_assert_cmpuint (count, ==, 0);
  assert_call (window, "activate('app.with', 'x')", "\"done\"");
  g_assert_cmpuint (count, ==, 1);

  expect_warning ("*was denied ipcRenderer.invoke(): Invalid arguments for*");
  ipc_assert_run (window, "invoke('mullion:action.app.with', 'explode').catch(() => 'no')",
                  "\"no\"");
  expect_warning ("*was denied ipcRenderer.invoke(): Invalid arguments for*");
  ipc_assert_run (window, "invoke('mullion:action.app.with').catch(() => 'no')", "\"no\"");
  expect_warning ("*was denied ipcRenderer.invoke(): Invalid arguments for*");
  ipc_assert_run (window, "invoke('mullion:action.app.with', 'activate', 'x', 1).catch(() => 'no')",
                  "\"no\"");
  assert_warned ();
  assert_call (window, "getState('app.nothing')",
               "\"-1 No handler registered for 'mullion:action.app.nothing'\"");
  g_assert_cmpuint (count, ==, 1);
  finish ("app.with");
  finish ("app.without");
}

static void
test_grants (void)
{
  g_autoptr(IpcWindow) window = open_page ();
  g_autoptr(GSimpleAction) yes = add_action (ipc_app_get (), "yes", NULL, "0");
  g_autoptr(GSimpleAction) no = add_action (ipc_app_get (), "no", NULL, "0");
  g_autoptr(JsonNode) json = json_from_string ("[ \"mullion:action.app.yes\" ]", NULL);
  g_autoptr(MullionGrants) grants = mullion_grants_new_from_json (json, NULL);

  mullion_app_share_action (ipc_app_get (), "app.yes");
  mullion_app_share_action (ipc_app_get (), "app.no");
  mullion_web_contents_set_grants (window->contents, grants);
  assert_call (window, "setState('app.yes', 1)", "\"done\"");
  expect_warning ("*'mullion:action.app.no' is not granted*");
  ipc_assert_run (window, "actions.setState('app.no', 1).then(() => 'done', (error) =>"
                          "  error.message.includes('is not granted'))", "true");
  assert_warned ();
  finish ("app.yes");
  finish ("app.no");
}

static gboolean
is_watched (const char *action)
{
  guint signal = g_signal_lookup ("action-state-changed", G_TYPE_ACTION_GROUP);

  return g_signal_has_handler_pending (ipc_app_get (), signal, g_quark_from_string (action), TRUE);
}

static void
unshare_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  mullion_app_unshare_action (ipc_app_get (), "app.end");
}

/* Who listens hears until it stops, until its document goes, or until the action is not shared. */
static void
test_ends (void)
{
  g_autoptr(IpcWindow) window = open_page ();
  g_autoptr(GSimpleAction) action = add_action (ipc_app_get (), "end", NULL, "0");

  g_assert_false (is_watched ("end"));
  mullion_app_share_action (ipc_app_get (), "app.end");
  listen (window, "app.end");
  g_assert_true (is_watched ("end"));
  ipc_assert_run (window, "stop().then(() => 'stopped')", "\"stopped\"");
  g_assert_false (is_watched ("end"));

  listen (window, "app.end");
  listen (window, "app.end");
  g_simple_action_set_state (action, g_variant_new_int32 (1));
  assert_told (window, "[\"1 true\",\"1 true\"]");
  g_simple_action_set_state (action, g_variant_new_int32 (2));
  mullion_web_contents_reload (window->contents);
  g_free (ipc_window_wait (window, "did-finish-load"));
  ipc_wait_until (!is_watched ("end"));

  listen (window, "app.end");
  g_signal_connect (action, "activate", G_CALLBACK (unshare_cb), NULL);
  assert_call (window, "activate('app.end')", "\"done\"");
  g_assert_false (is_watched ("end"));
  assert_told (window, "[null]");
  ipc_assert_run (window, "stop().then(() => 'stopped')", "\"stopped\"");
  finish ("app.end");
}

void
action_cases_add (void)
{
  watch_warnings ();
  g_test_add_func ("/actions/of-app", test_of_app);
  g_test_add_func ("/actions/of-menu", test_of_menu);
  g_test_add_func ("/actions/of-windows", test_of_windows);
  g_test_add_func ("/actions/values", test_values);
  g_test_add_func ("/actions/hostile", test_hostile);
  g_test_add_func ("/actions/grants", test_grants);
  g_test_add_func ("/actions/ends", test_ends);
}
