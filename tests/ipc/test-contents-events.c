/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "user-hand.h"

/* What web contents tell of what the user does in their page. A hand on the keyboard and the pointer of
 * the display does what a user does. */

typedef struct
{
  IpcWindow *window;
  MullionWebContents *contents; /* unowned */
  GtkWidget *view;              /* unowned */
  GString *told;                /* a line a signal */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->window = ipc_window_new ("{}");
  fixture->contents = fixture->window->contents;
  fixture->view = GTK_WIDGET (mullion_web_contents_get_web_view (fixture->contents));
  fixture->told = g_string_new (NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ipc_window_free (fixture->window);
  g_string_free (fixture->told, TRUE);
}

/* -- Keys -- */

static gboolean
skip_without_hand (void)
{
  if (user_hand_is_there ())
    return FALSE;

  g_test_skip ("xdotool is not there");
  return TRUE;
}

/* WebKit takes no notice of the user before the first frame. */
static void
open_page (Fixture *fixture)
{
  ipc_window_load (fixture->window, "contents/index.html");
  ipc_assert_run (fixture->window,
                  "new Promise((done) => requestAnimationFrame("
                  "  () => requestAnimationFrame(() => done(true))))", "true");
  user_hand_click (fixture->view, 300, 300, 1);
  ipc_wait_until (mullion_web_contents_get_focused () == fixture->contents);
}

static const char *
say (JsonObject *input,
     const char *member)
{
  return json_object_get_boolean_member (input, member) ? "true" : "false";
}

/* A line has all that a page is told, too. To WebKit a modifier does not hold itself down. */
static void
note_key (GString    *told,
          JsonObject *input)
{
  int location = (int) json_object_get_int_member (input, "location");

  g_string_append_printf (told, "%s %s %s %d %s %s", json_object_get_string_member (input, "type"),
                          json_object_get_string_member (input, "key"),
                          json_object_get_string_member (input, "code"), location,
                          say (input, "isAutoRepeat"), say (input, "isComposing"));
  if (location != 1 && location != 2)
    g_string_append_printf (told, " %s %s %s %s", say (input, "shift"), say (input, "control"),
                            say (input, "alt"), say (input, "meta"));
  g_string_append_c (told, '\n');
}

static gboolean
has_modifier (JsonObject *input,
              const char *modifier)
{
  JsonArray *modifiers = json_object_get_array_member (input, "modifiers");

  for (guint i = 0; i < json_array_get_length (modifiers); i++)
    if (g_str_equal (json_array_get_string_element (modifiers, i), modifier))
      return TRUE;

  return FALSE;
}

static gboolean
key_cb (MullionWebContents *contents,
        JsonObject         *input,
        Fixture            *fixture)
{
  const char *const places[] = { NULL, "left", "right", "iskeypad" };
  const char *place = places[json_object_get_int_member (input, "location")];

  g_assert_true (place == NULL || has_modifier (input, place));
  g_assert_true (has_modifier (input, "shift") == json_object_get_boolean_member (input, "shift"));
  g_assert_true (has_modifier (input, "isautorepeat") ==
                 json_object_get_boolean_member (input, "isAutoRepeat"));
  note_key (fixture->told, input);

  return FALSE;
}

static gboolean
modifiers_cb (MullionWebContents *contents,
              JsonObject         *input,
              Fixture            *fixture)
{
  JsonArray *modifiers = json_object_get_array_member (input, "modifiers");

  g_string_append_printf (fixture->told, "%s %s", json_object_get_string_member (input, "type"),
                          json_object_get_string_member (input, "key"));
  for (guint i = 0; i < json_array_get_length (modifiers); i++)
    {
      const char *modifier = json_array_get_string_element (modifiers, i);

      /* Whether numbers are locked is the display's own matter. */
      if (!g_str_equal (modifier, "numlock"))
        g_string_append_printf (fixture->told, " %s", modifier);
    }
  g_string_append_c (fixture->told, '\n');

  return TRUE;
}

static char *
dup_heard (Fixture *fixture)
{
  g_autofree char *json = ipc_window_run (fixture->window, "heard.map((one) => one + '\\n').join('')");
  g_autoptr(JsonNode) node = json_from_string (json, NULL);

  return json_node_dup_string (node);
}

/* A key that the page has no use for comes by a second time, for the menus: so the last line is the
 * last one when the page has heard it, and nothing came twice. */
static void
wait_for_key (Fixture    *fixture,
              const char *line)
{
  guint limit = ipc_limit_begin (line);
  gboolean is_there = FALSE;

  while (!is_there)
    {
      g_autofree char *heard = dup_heard (fixture);
      is_there = g_str_has_suffix (heard, line);
    }
  g_source_remove (limit);
}

static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  const char *const keys[] = {
    "a", "shift+b", "ctrl+Left", "alt+Up", "Shift_R", "Control_L", "space", "Tab",
    "Escape", "KP_Add", "KP_1", "End", "F9", "slash", "minus", "Caps_Lock", "Caps_Lock",
  };
  g_autofree char *heard = NULL;

  if (skip_without_hand ())
    return;

  open_page (fixture);
  g_signal_connect (fixture->contents, "before-input-event", G_CALLBACK (key_cb), fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    user_hand_press (keys[i]);
  user_hand_press ("z");
  wait_for_key (fixture, "keyUp z KeyZ 0 false false false false false false\n");
  heard = dup_heard (fixture);
  g_assert_cmpstr (fixture->told->str, ==, heard);
}

/* As in Electron, a modifier counts while it is down, from its own press on. */
static void
test_modifiers (Fixture       *fixture,
                gconstpointer  data)
{
  if (skip_without_hand ())
    return;

  open_page (fixture);
  g_signal_connect (fixture->contents, "before-input-event", G_CALLBACK (modifiers_cb), fixture);
  user_hand_hold ("Control_L");
  user_hand_hold ("Shift_L");
  user_hand_press ("Tab");
  user_hand_release ("Control_L");
  user_hand_release ("Shift_L");
  ipc_wait_until (g_str_has_suffix (fixture->told->str, "keyUp Shift left\n"));
  g_assert_cmpstr (fixture->told->str, ==,
                   "keyDown Control control left\n"
                   "keyDown Shift shift control left\n"
                   "keyDown Tab shift control\n"
                   "keyUp Tab shift control\n"
                   "keyUp Control shift left\n"
                   "keyUp Shift left\n");
}

static void
test_repeat (Fixture       *fixture,
             gconstpointer  data)
{
  const char *const repeated = "keyDown q KeyQ 0 true false false false false false\n";
  g_autofree char *heard = NULL;

  if (skip_without_hand ())
    return;

  open_page (fixture);
  g_signal_connect (fixture->contents, "before-input-event", G_CALLBACK (key_cb), fixture);
  user_hand_hold ("q");
  ipc_wait_until (strstr (fixture->told->str, repeated) != NULL);
  user_hand_release ("q");
  user_hand_press ("q");
  ipc_wait_until (g_str_has_suffix (fixture->told->str, "false\nkeyUp q KeyQ 0 false false false "
                                    "false false false\n"));
  user_hand_press ("z");
  wait_for_key (fixture, "keyUp z KeyZ 0 false false false false false false\n");
  g_assert_true (g_str_has_prefix (fixture->told->str, "keyDown q KeyQ 0 false "));
  g_assert_nonnull (strstr (fixture->told->str, "keyDown z KeyZ 0 false "));
}

static gboolean
prevent_key_cb (MullionWebContents *contents,
                JsonObject         *input,
                Fixture            *fixture)
{
  const char *key = json_object_get_string_member (input, "key");

  note_key (fixture->told, input);
  return g_str_equal (key, "k") || g_str_equal (key, "b");
}

static void
clicked_cb (MullionMenuItem      *item,
            MullionBrowserWindow *window,
            GString              *clicked)
{
  g_string_append (clicked, mullion_menu_item_get_id (item));
}

static void
test_prevented_keys (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionMenu) menu = mullion_menu_new_from_json (
    "[ { \"id\": \"k\", \"label\": \"K\", \"accelerator\": \"CmdOrCtrl+K\" },"
    "  { \"id\": \"f\", \"label\": \"F\", \"accelerator\": \"F6\" } ]", &error);
  g_autoptr(GString) clicked = g_string_new (NULL);
  g_autofree char *heard = NULL;

  if (skip_without_hand ())
    return;

  g_assert_no_error (error);
  open_page (fixture);
  mullion_browser_window_set_menu (fixture->window->window, menu);
  g_signal_connect (mullion_menu_get_menu_item_by_id (menu, "k"), "click", G_CALLBACK (clicked_cb),
                    clicked);
  g_signal_connect (mullion_menu_get_menu_item_by_id (menu, "f"), "click", G_CALLBACK (clicked_cb),
                    clicked);
  g_signal_connect (fixture->contents, "before-input-event", G_CALLBACK (prevent_key_cb), fixture);

  user_hand_press ("b");
  user_hand_press ("ctrl+k");
  user_hand_press ("F6");
  ipc_wait_until (clicked->len > 0);
  user_hand_press ("z");
  wait_for_key (fixture, "keyUp z KeyZ 0 false false false false false false\n");
  heard = dup_heard (fixture);
  g_assert_cmpstr (clicked->str, ==, "f");
  g_assert_null (strstr (heard, "KeyB"));
  g_assert_null (strstr (heard, "KeyK"));
  g_assert_nonnull (strstr (heard, "F6"));
  g_assert_nonnull (strstr (fixture->told->str, "keyUp k KeyK 0 false false false "));
}

static gboolean
count_cb (GSignalInvocationHint *hint,
          guint                  n_values,
          const GValue          *values,
          gpointer               user_data)
{
  guint *n_hidden = user_data;

  *n_hidden += !gtk_text_view_get_cursor_visible (g_value_get_object (values));
  return TRUE;
}

/* GTK ends a program whose text view shall blink with a caret that is hidden. */
static void
test_caret_key (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *text_view = g_object_ref_sink (gtk_text_view_new ());
  guint n_hidden = 0;
  guint signal = g_signal_lookup ("toggle-cursor-visible", GTK_TYPE_TEXT_VIEW);
  gulong hook;

  /* Those of the app are as they were. */
  g_signal_emit (text_view, signal, 0);
  g_assert_false (gtk_text_view_get_cursor_visible (GTK_TEXT_VIEW (text_view)));
  g_object_unref (text_view);
  if (skip_without_hand ())
    return;

  ipc_window_load (fixture->window, "contents/field.html");
  ipc_assert_run (fixture->window, "painted", "true");
  user_hand_click (fixture->view, 150, 150, 1);
  ipc_assert_run (fixture->window, "focused", "true");
  hook = g_signal_add_emission_hook (signal, 0, count_cb, &n_hidden, NULL);
  for (guint i = 0; i < 2; i++)
    user_hand_press ("F7");
  user_hand_press ("z");
  ipc_assert_run (fixture->window, "typed", "\"z\"");
  g_assert_cmpuint (n_hidden, ==, 0);
  g_signal_remove_emission_hook (signal, hook);
}

/* -- The pointer, the focus, the sound -- */

static void
target_cb (MullionWebContents *contents,
           const char         *url,
           Fixture            *fixture)
{
  g_string_append_printf (fixture->told, "[%s]", url);
}

static void
test_target_url (Fixture       *fixture,
                 gconstpointer  data)
{
  const char *const link =
    "[app://io.github.mullion.testcontentsevents/contents/second.html#part]";

  if (skip_without_hand ())
    return;

  open_page (fixture);
  g_signal_connect (fixture->contents, "update-target-url", G_CALLBACK (target_cb), fixture);
  user_hand_pull (-280, -275);
  ipc_wait_until (g_str_equal (fixture->told->str, link));
  user_hand_pull (280, 275);
  ipc_wait_until (g_str_has_suffix (fixture->told->str, "[]"));
}

static void
test_focus (Fixture       *fixture,
            gconstpointer  data)
{
  if (skip_without_hand ())
    return;

  open_page (fixture);
  g_assert_true (mullion_web_contents_is_focused (fixture->contents));
  gtk_window_set_focus (GTK_WINDOW (fixture->window->window), NULL);
  g_assert_false (mullion_web_contents_is_focused (fixture->contents));
  g_assert_null (mullion_web_contents_get_focused ());
  mullion_web_contents_focus (fixture->contents);
  g_assert_true (mullion_web_contents_is_focused (fixture->contents));
  mullion_browser_window_destroy (fixture->window->window);
  g_assert_false (mullion_web_contents_is_focused (fixture->contents));
  mullion_web_contents_focus (fixture->contents);
}

static void
wait_for_scroll (Fixture    *fixture,
                 const char *code)
{
  guint limit = ipc_limit_begin (code);
  gboolean is_there = FALSE;

  while (!is_there)
    {
      g_autofree char *value = ipc_window_run (fixture->window, code);

      is_there = g_str_equal (value, "true");
    }
  g_source_remove (limit);
}

static void
test_scroll (Fixture       *fixture,
             gconstpointer  data)
{
  ipc_window_load (fixture->window, "contents/index.html");
  mullion_web_contents_scroll_to_bottom (fixture->contents);
  wait_for_scroll (fixture, "scrollY + innerHeight >= 5000");
  mullion_web_contents_scroll_to_top (fixture->contents);
  wait_for_scroll (fixture, "scrollY === 0");
}

static void
audio_cb (MullionWebContents *contents,
          gboolean            is_audible,
          Fixture            *fixture)
{
  g_assert_true (mullion_web_contents_is_currently_audible (contents) == is_audible);
  g_string_append (fixture->told, is_audible ? "audible " : "silent ");
}

static void
started_cb (MullionWebContents *contents,
            Fixture            *fixture)
{
  g_string_append (fixture->told, "started ");
}

static void
paused_cb (MullionWebContents *contents,
           Fixture            *fixture)
{
  g_string_append (fixture->told, "paused ");
}

static void
test_sound (Fixture       *fixture,
            gconstpointer  data)
{
  if (skip_without_hand ())
    return;

  g_signal_connect (fixture->contents, "audio-state-changed", G_CALLBACK (audio_cb), fixture);
  g_signal_connect (fixture->contents, "media-started-playing", G_CALLBACK (started_cb), fixture);
  g_signal_connect (fixture->contents, "media-paused", G_CALLBACK (paused_cb), fixture);
  open_page (fixture);
  g_assert_false (mullion_web_contents_is_currently_audible (fixture->contents));
  user_hand_press ("p");
  ipc_wait_until (g_str_equal (fixture->told->str, "started audible "));
  g_assert_true (mullion_web_contents_is_currently_audible (fixture->contents));
  user_hand_press ("s");
  ipc_wait_until (g_str_equal (fixture->told->str, "started audible paused silent "));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/contents-events/keys", test_keys },
    { "/contents-events/keys/modifiers", test_modifiers },
    { "/contents-events/keys/repeat", test_repeat },
    { "/contents-events/keys/prevented", test_prevented_keys },
    { "/contents-events/keys/caret", test_caret_key },
    { "/contents-events/target-url", test_target_url },
    { "/contents-events/focus", test_focus },
    { "/contents-events/scroll", test_scroll },
    { "/contents-events/sound", test_sound },
  };
  MullionApp *app;
  int status;

  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestContentsEvents");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
