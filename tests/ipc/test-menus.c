/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "action-cases.h"
#include "ipc-fixture.h"
#include "user-hand.h"

/*
 * Menus in real windows: bars, accelerators, popups and context menus. A hand on the keyboard and
 * the pointer of the display does what a user does.
 */

#define OPTIONS "{ \"webPreferences\": { \"preload\": \"menus/preload.js\" } }"

static MullionMenu *
create_menu (const char *json)
{
  g_autoptr(GError) error = NULL;
  MullionMenu *menu = mullion_menu_new_from_json (json, &error);

  g_assert_no_error (error);
  return menu;
}

static IpcWindow *
open_page (const char *options)
{
  IpcWindow *window = ipc_window_new (options);

  ipc_window_load (window, "menus/index.html");

  /* WebKit takes no notice of a click before the first frame. */
  ipc_assert_run (window,
                  "new Promise((done) => requestAnimationFrame("
                  "  () => requestAnimationFrame(() => done(true))))", "true");
  return window;
}

/* What was clicked, and where. */
typedef struct
{
  guint n_clicks;
  MullionBrowserWindow *window;
} Clicks;

static void
clicked_cb (MullionMenuItem      *item,
            MullionBrowserWindow *window,
            gpointer              user_data)
{
  Clicks *clicks = user_data;

  clicks->n_clicks++;
  clicks->window = window;
}

static void
listen (MullionMenu *menu,
        const char  *id,
        Clicks      *clicks)
{
  g_signal_connect (mullion_menu_get_menu_item_by_id (menu, id), "click",
                    G_CALLBACK (clicked_cb), clicks);
}

static gboolean
activate (gpointer    widget,
          const char *action)
{
  return gtk_widget_activate_action (widget, action, NULL);
}

static void
test_bar (void)
{
  g_autoptr(IpcWindow) window = open_page (OPTIONS);
  g_autoptr(MullionMenu) menu = create_menu (
    "[ { \"label\": \"&File\", \"submenu\": [ { \"label\": \"&Save\", \"id\": \"save\" },"
    "    { \"label\": \"&Wrap\", \"id\": \"wrap\", \"type\": \"checkbox\" } ] } ]");
  MullionMenuItem *save = mullion_menu_get_menu_item_by_id (menu, "save");
  g_autofree char *action = mullion_menu_item_dup_action_name (save);
  Clicks clicks = { 0 };

  g_assert_false (mullion_browser_window_is_menu_bar_visible (window->window));
  g_assert_false (activate (window->window, "menu.save"));
  mullion_browser_window_set_menu (window->window, menu);
  g_assert_true (mullion_browser_window_get_menu (window->window) == menu);
  g_assert_true (mullion_browser_window_is_menu_bar_visible (window->window));

  listen (menu, "save", &clicks);
  g_assert_true (activate (window->window, "menu.save"));
  g_assert_cmpuint (clicks.n_clicks, ==, 1);
  g_assert_true (clicks.window == window->window);
  g_assert_true (activate (window->window, action));
  g_assert_cmpuint (clicks.n_clicks, ==, 2);

  mullion_menu_item_set_enabled (save, FALSE);
  activate (window->window, "menu.save");
  g_assert_cmpuint (clicks.n_clicks, ==, 2);
  mullion_menu_item_set_enabled (save, TRUE);
  mullion_menu_item_set_label (save, "Store");
  activate (window->window, "menu.save");
  g_assert_cmpuint (clicks.n_clicks, ==, 3);

  activate (window->window, "menu.wrap");
  g_assert_true (mullion_menu_item_get_checked (mullion_menu_get_menu_item_by_id (menu, "wrap")));

  mullion_browser_window_set_menu_bar_visibility (window->window, FALSE);
  g_assert_false (mullion_browser_window_is_menu_bar_visible (window->window));
  mullion_browser_window_set_menu (window->window, NULL);
  g_assert_null (mullion_browser_window_get_menu (window->window));
  g_assert_false (activate (window->window, "menu.save"));
}

/* The channel of a click leads to the page of the window. */
static void
test_channel (void)
{
  g_autoptr(IpcWindow) window = open_page (OPTIONS);
  g_autoptr(MullionMenu) menu = create_menu (
    "[ { \"label\": \"Bold\", \"id\": \"bold\", \"type\": \"checkbox\","
    "    \"click\": \"menu:click\" } ]");

  mullion_browser_window_set_menu (window->window, menu);
  g_assert_true (activate (window->window, "menu.bold"));
  g_free (ipc_window_wait (window,
                           "text clicked {\"id\":\"bold\",\"label\":\"Bold\",\"checked\":true}"));
}

static void
test_application_menu (void)
{
  g_autoptr(IpcWindow) first = ipc_window_new ("{}");
  g_autoptr(IpcWindow) second = NULL;
  g_autoptr(IpcWindow) frameless = NULL;
  g_autoptr(MullionMenu) menu = create_menu ("[ { \"role\": \"editMenu\" } ]");

  mullion_app_set_application_menu (ipc_app_get (), menu);
  g_assert_true (mullion_app_get_application_menu (ipc_app_get ()) == menu);
  second = ipc_window_new ("{}");
  frameless = ipc_window_new ("{ \"frame\": false }");
  g_assert_true (mullion_browser_window_get_menu (first->window) == menu);
  g_assert_true (mullion_browser_window_get_menu (second->window) == menu);
  g_assert_true (mullion_browser_window_get_menu (frameless->window) == menu);
  g_assert_true (mullion_browser_window_is_menu_bar_visible (second->window));
  g_assert_false (mullion_browser_window_is_menu_bar_visible (frameless->window));

  mullion_browser_window_set_menu (second->window, NULL);
  g_assert_true (mullion_browser_window_get_menu (first->window) == menu);
  mullion_app_set_application_menu (ipc_app_get (), NULL);
  g_assert_null (mullion_browser_window_get_menu (first->window));
}

static void
test_roles (void)
{
  g_autoptr(IpcWindow) window = open_page (OPTIONS);
  g_autoptr(MullionMenu) menu = create_menu (
    "[ { \"role\": \"zoomIn\", \"id\": \"in\" }, { \"role\": \"resetZoom\", \"id\": \"reset\" },"
    "  { \"role\": \"selectAll\", \"id\": \"all\", \"click\": \"menu:click\" },"
    "  { \"role\": \"reload\", \"id\": \"reload\" }, { \"role\": \"close\", \"id\": \"close\" } ]");
  Clicks clicks = { 0 };

  mullion_browser_window_set_menu (window->window, menu);
  activate (window->window, "menu.in");
  g_assert_cmpfloat_with_epsilon (mullion_web_contents_get_zoom_factor (window->contents),
                                  1.2, 0.001);
  activate (window->window, "menu.reset");
  g_assert_cmpfloat (mullion_web_contents_get_zoom_factor (window->contents), ==, 1.0);

  listen (menu, "all", &clicks);
  activate (window->window, "menu.all");
  ipc_assert_run (window,
                  "new Promise((done) => { const look = () => {"
                  "  if (String(getSelection()).includes('Chosen')) done(true);"
                  "  else setTimeout(look, 10); }; look(); })", "true");
  /* As in Electron, a role leaves nothing to do for a click. */
  g_assert_cmpuint (clicks.n_clicks, ==, 0);

  activate (window->window, "menu.reload");
  g_free (ipc_window_wait (window, "did-finish-load"));
  activate (window->window, "menu.close");
  ipc_wait_until (mullion_browser_window_is_destroyed (window->window));
}

static void
test_keys (void)
{
  g_autoptr(IpcWindow) window = NULL;
  g_autoptr(MullionMenu) menu = create_menu (
    "[ { \"label\": \"a\", \"id\": \"a\", \"accelerator\": \"CmdOrCtrl+Shift+K\" },"
    "  { \"label\": \"b\", \"id\": \"b\", \"accelerator\": \"CmdOrCtrl+J\" },"
    "  { \"label\": \"c\", \"id\": \"c\", \"accelerator\": \"F6\", \"visible\": false },"
    "  { \"label\": \"d\", \"id\": \"d\", \"accelerator\": \"F8\","
    "    \"registerAccelerator\": false } ]");
  Clicks clicks[4] = { 0 };

  if (!user_hand_is_there ())
    {
      g_test_skip ("no xdotool here");
      return;
    }

  window = open_page (OPTIONS);
  mullion_browser_window_set_menu (window->window, menu);
  for (guint i = 0; i < G_N_ELEMENTS (clicks); i++)
    listen (menu, (const char []) { 'a' + i, '\0' }, &clicks[i]);

  user_hand_click (GTK_WIDGET (mullion_web_contents_get_web_view (window->contents)), 300, 400, 1);
  user_hand_press ("ctrl+shift+k");
  ipc_wait_until (clicks[0].n_clicks == 1);
  g_assert_true (clicks[0].window == window->window);

  /* Keys come in order: when the last one has done its work, the others have had their chance. */
  user_hand_press ("ctrl+j");
  g_free (ipc_window_wait (window, "text the page has the key"));
  user_hand_press ("F8");
  user_hand_press ("F6");
  ipc_wait_until (clicks[2].n_clicks == 1);
  g_assert_cmpuint (clicks[0].n_clicks, ==, 1);
  g_assert_cmpuint (clicks[1].n_clicks, ==, 0);
  g_assert_cmpuint (clicks[3].n_clicks, ==, 0);
}

/* -- Popups -- */

typedef struct
{
  gboolean is_done;
  MullionMenuItem *item; /* owned */
  GError *error;
} Answer;

static void
closed_cb (GObject      *menu,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;

  answer->is_done = TRUE;
  answer->item = mullion_menu_popup_finish (MULLION_MENU (menu), result, &answer->error);
}

static GtkWidget *
find_popup (IpcWindow *window)
{
  GtkWidget *view = GTK_WIDGET (mullion_web_contents_get_web_view (window->contents));

  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER_MENU (child) && gtk_widget_get_mapped (child))
      return child;

  return NULL;
}

static GtkWidget *
open_popup (MullionMenu  *menu,
            IpcWindow    *window,
            GCancellable *cancellable,
            Answer       *answer)
{
  mullion_menu_popup_async (menu, window->window, 30, 40, cancellable, closed_cb, answer);
  ipc_wait_until (find_popup (window) != NULL);
  return find_popup (window);
}

static void
note_cb (GString    *notes,
         const char *name)
{
  g_string_append (notes, "x");
}

static void
test_popup (void)
{
  g_autoptr(IpcWindow) window = open_page (OPTIONS);
  g_autoptr(MullionMenu) menu = create_menu (
    "[ { \"label\": \"One\", \"id\": \"one\" }, { \"label\": \"More\", \"submenu\":"
    "  [ { \"label\": \"Two\", \"id\": \"two\" } ] } ]");
  g_autoptr(GString) shown = g_string_new (NULL);
  g_autoptr(GString) closed = g_string_new (NULL);
  Answer chosen = { 0 };
  Answer dismissed = { 0 };
  Clicks clicks = { 0 };
  GtkWidget *popup;
  GdkRectangle area;

  g_signal_connect_swapped (menu, "menu-will-show", G_CALLBACK (note_cb), shown);
  g_signal_connect_swapped (menu, "menu-will-close", G_CALLBACK (note_cb), closed);
  listen (menu, "two", &clicks);
  mullion_web_contents_set_zoom_factor (window->contents, 2.0);
  popup = open_popup (menu, window, NULL, &chosen);
  g_assert_true (gtk_popover_get_pointing_to (GTK_POPOVER (popup), &area));
  g_assert_cmpint (area.x, ==, 60);
  g_assert_cmpint (area.y, ==, 80);

  /* The order of GTK: it closes, then it acts. */
  g_object_ref (popup);
  gtk_popover_popdown (GTK_POPOVER (popup));
  g_assert_true (activate (popup, "menu.two"));
  g_object_unref (popup);
  ipc_wait_until (chosen.is_done);
  g_assert_no_error (chosen.error);
  g_assert_cmpstr (mullion_menu_item_get_id (chosen.item), ==, "two");
  g_assert_cmpuint (clicks.n_clicks, ==, 1);
  g_assert_true (clicks.window == window->window);
  g_object_unref (chosen.item);

  open_popup (menu, window, NULL, &dismissed);
  mullion_menu_close_popup (menu);
  ipc_wait_until (dismissed.is_done);
  g_assert_null (dismissed.item);
  g_assert_no_error (dismissed.error);
  g_assert_cmpstr (shown->str, ==, "xx");
  g_assert_cmpstr (closed->str, ==, "xx");
}

static void
test_popup_ends (void)
{
  g_autoptr(IpcWindow) window = open_page (OPTIONS);
  g_autoptr(MullionMenu) menu = create_menu ("[ { \"label\": \"One\" } ]");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Answer first = { 0 };
  Answer second = { 0 };
  Answer third = { 0 };

  open_popup (menu, window, cancellable, &first);
  g_cancellable_cancel (cancellable);
  ipc_wait_until (first.is_done);
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_error_free (first.error);

  open_popup (menu, window, NULL, &second);
  mullion_browser_window_destroy (window->window);
  ipc_wait_until (second.is_done);
  g_assert_no_error (second.error);
  g_assert_null (second.item);

  mullion_menu_popup_async (menu, window->window, 0, 0, NULL, closed_cb, &third);
  ipc_wait_until (third.is_done);
  g_assert_error (third.error, MULLION_ERROR, MULLION_ERROR_GONE);
  g_error_free (third.error);
}

static void
hello_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* A model of the app's own, and an item of a template, have the app's actions. */
static void
test_actions_of_app (void)
{
  g_autoptr(IpcWindow) window = open_page (OPTIONS);
  g_autoptr(GMenu) model = g_menu_new ();
  g_autoptr(MullionMenu) menu = mullion_menu_new_from_model (G_MENU_MODEL (model));
  g_autoptr(MullionMenu) other = create_menu (
    "[ { \"label\": \"Hello\", \"id\": \"hello\", \"action\": \"app.hello\" } ]");
  g_autoptr(GSimpleAction) action = g_simple_action_new ("hello", NULL);
  g_autofree char *name = NULL;
  gboolean is_greeted = FALSE;
  Answer answer = { 0 };
  GtkWidget *popup;

  g_menu_append (model, "Hello", "app.hello");
  g_signal_connect (action, "activate", G_CALLBACK (hello_cb), &is_greeted);
  g_action_map_add_action (G_ACTION_MAP (ipc_app_get ()), G_ACTION (action));
  popup = open_popup (menu, window, NULL, &answer);
  g_assert_true (activate (popup, "app.hello"));
  g_assert_true (is_greeted);
  mullion_menu_close_popup (menu);
  ipc_wait_until (answer.is_done);
  g_assert_null (answer.item);

  name = mullion_menu_item_dup_action_name (mullion_menu_get_menu_item_by_id (other, "hello"));
  g_assert_cmpstr (name, ==, "app.hello");
  g_action_map_remove_action (G_ACTION_MAP (ipc_app_get ()), "hello");
}

/* -- Context menus -- */

static gboolean
context_menu_cb (MullionWebContents *contents,
                 JsonObject         *params,
                 gpointer            user_data)
{
  JsonObject **copy = user_data;

  g_clear_pointer (copy, json_object_unref);
  *copy = json_object_ref (params);
  return TRUE;
}

static void
assert_param (JsonObject *params,
              const char *name,
              const char *expected)
{
  g_assert_cmpstr (json_object_get_string_member (params, name), ==, expected);
}

static void
right_click (IpcWindow   *window,
             int          x,
             int          y,
             JsonObject **params)
{
  g_clear_pointer (params, json_object_unref);
  user_hand_click (GTK_WIDGET (mullion_web_contents_get_web_view (window->contents)), x, y, 3);
  ipc_wait_until (*params != NULL);
  g_assert_cmpint (json_object_get_int_member (*params, "x"), ==, x);
  g_assert_cmpint (json_object_get_int_member (*params, "y"), ==, y);
  assert_param (*params, "menuSourceType", "mouse");
  assert_param (*params, "pageURL", mullion_web_contents_get_uri (window->contents));
  assert_param (*params, "frameURL", mullion_web_contents_get_uri (window->contents));
}

static void
test_context_menu (void)
{
  g_autoptr(IpcWindow) window = NULL;
  g_autoptr(JsonObject) params = NULL;
  g_autofree char *target = NULL;
  GtkWidget *view;

  if (!user_hand_is_there ())
    {
      g_test_skip ("no xdotool here");
      return;
    }

  window = open_page (OPTIONS);
  g_signal_connect (window->contents, "context-menu", G_CALLBACK (context_menu_cb), &params);
  target = g_strconcat (mullion_app_get_origin (ipc_app_get ()), "/menus/second.html", NULL);

  right_click (window, 20, 25, &params);
  assert_param (params, "linkURL", target);
  assert_param (params, "linkText", "A link");
  assert_param (params, "titleText", "A tip");
  assert_param (params, "mediaType", "none");

  /* A double click selects a word. */
  view = GTK_WIDGET (mullion_web_contents_get_web_view (window->contents));
  user_hand_click (view, 60, 125, 1);
  user_hand_click (view, 60, 125, 1);
  right_click (window, 60, 125, &params);
  assert_param (params, "selectionText", "Chosen");
  assert_param (params, "linkURL", "");
  g_assert_true (json_object_get_boolean_member (
    json_object_get_object_member (params, "editFlags"), "canCopy"));

  right_click (window, 20, 220, &params);
  g_assert_true (json_object_get_boolean_member (params, "isEditable"));
  assert_param (params, "formControlType", "text");
  g_assert_true (json_object_get_boolean_member (
    json_object_get_object_member (params, "editFlags"), "canSelectAll"));

  right_click (window, 20, 320, &params);
  assert_param (params, "mediaType", "image");
  assert_param (params, "altText", "A bar");
  g_assert_true (json_object_get_boolean_member (params, "hasImageContents"));
  g_assert_true (g_str_has_prefix (json_object_get_string_member (params, "srcURL"), "data:"));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(MullionApp) app = NULL;

  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestMenus");

  g_test_add_func ("/menus/bar", test_bar);
  g_test_add_func ("/menus/channel", test_channel);
  g_test_add_func ("/menus/application-menu", test_application_menu);
  g_test_add_func ("/menus/roles", test_roles);
  g_test_add_func ("/menus/keys", test_keys);
  g_test_add_func ("/menus/popup", test_popup);
  g_test_add_func ("/menus/popup-ends", test_popup_ends);
  g_test_add_func ("/menus/actions-of-app", test_actions_of_app);
  g_test_add_func ("/menus/context-menu", test_context_menu);
  action_cases_add ();

  return g_test_run ();
}
