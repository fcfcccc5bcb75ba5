/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery-fixture.h"

/*
 * The Gallery, driven page by page.
 *
 * Each page has a scenario in gallery/. What a page cannot do itself, answering the native dialog
 * and choosing from the native menu, is done here, through the widgets that a user would press.
 */

static guint questions = 0;
static guint menus = 0;
static guint bars = 0;
static gboolean has_bar = FALSE;

static GtkWidget *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (!MULLION_IS_BROWSER_WINDOW (toplevel) && gtk_widget_get_mapped (toplevel)
          && gtk_window_get_modal (GTK_WINDOW (toplevel)))
        return toplevel;
    }

  return NULL;
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Confirms the first question, and cancels the second. */
static void
answer_question (void)
{
  GtkWidget *dialog = find_dialog ();
  GtkWidget *button = NULL;

  if (dialog == NULL)
    return;

  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (dialog))
                 == GTK_WINDOW (gallery_fixture_get_window ()));
  button = find_button (dialog, questions++ == 0 ? "C_onfirm" : "_Cancel");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
find_menu (void)
{
  MullionBrowserWindow *window = gallery_fixture_get_window ();
  MullionWebContents *contents = mullion_browser_window_get_web_contents (window);
  GtkWidget *view = GTK_WIDGET (mullion_web_contents_get_web_view (contents));

  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER_MENU (child) && gtk_widget_get_mapped (child))
      return child;

  return NULL;
}

/* Checks an item of the first menu bar, and a radio item of the second. */
static void
use_menu_bar (void)
{
  MullionBrowserWindow *window = gallery_fixture_get_window ();
  gboolean was_there = has_bar;

  has_bar = mullion_browser_window_is_menu_bar_visible (window);
  if (!has_bar || was_there)
    return;

  if (bars++ == 0)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "menu.frame", NULL));
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "app.glass", NULL));
    }
  else
    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "menu.stone", "s", "on"));
}

/* Chooses Copy in the first menu, and closes the second without a choice. */
static void
answer_menu (void)
{
  GtkWidget *menu = find_menu ();

  use_menu_bar ();

  if (menu == NULL)
    return;

  if (menus++ == 0)
    g_assert_true (gtk_widget_activate_action (menu, "menu.copy", NULL));
  gtk_popover_popdown (GTK_POPOVER (menu));
}

/* The answers of a user, before the questions. */
static void
answer_dialogs (void)
{
  static const char *const answers[] = {
    "{ \"filePaths\": [\"/one.png\", \"/two.png\"] }",
    "{ \"filePath\": \"/there.png\" }",
    "{ \"canceled\": true }",
    "{ \"response\": 1, \"checkboxChecked\": true }",
    "{ \"canceled\": true }",
  };
  static gboolean is_answered = FALSE;

  for (gsize i = 0; !is_answered && i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr(JsonNode) answer = json_from_string (answers[i], NULL);
      g_autoptr(GError) error = NULL;

      g_assert_true (mullion_dialog_answer_next (json_node_dup_object (answer), &error));
      g_assert_no_error (error);
    }
  is_answered = TRUE;
}

static const GalleryScenario scenarios[] = {
  { .name = "welcome" },
  { .name = "notes" },
  { .name = "messages" },
  { .name = "invoke", .assist = answer_question },
  { .name = "cancel" },
  { .name = "streams" },
  { .name = "sync" },
  { .name = "binary" },
  { .name = "push" },
  { .name = "ask" },
  { .name = "system" },
  { .name = "menu", .assist = answer_menu },
  { .name = "dialogs", .assist = answer_dialogs },
  { .name = "notification" },
  { .name = "clipboard" },
  { .name = "power" },
  { .name = "print" },
  { .name = "session" },
  { .name = "appearance" },
  { .name = "shared", .peers = 1 },
  { .name = "chat", .peers = 1 },
  { .name = "ports", .peers = 1 },
  { .name = "legacy", .peers = 2 },
  { .name = "errors" },
  { .name = "crash", .again = TRUE },
  { .name = "hostile" },
  { .name = "layout", .picture = "layout-wide", .width = 1100 },
  { .name = "layout", .picture = "layout-narrow", .width = 400 },
  { .name = "keyboard", .picture = "keyboard-narrow", .width = 400, .dark = TRUE },
  { .name = "notes", .picture = "notes-dark", .dark = TRUE },
  { .name = "devtools" },
};

static void
run_scenario (gconstpointer data)
{
  gallery_fixture_run (data);
}

int
main (int   argc,
      char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  /* A page that talks nonsense is warned about, and that is right. A critical never is. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  gallery_fixture_start ();

  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      const GalleryScenario *scenario = &scenarios[i];
      const char *name = scenario->picture != NULL ? scenario->picture : scenario->name;
      g_autofree char *path = g_strconcat ("/gallery/", name, NULL);

      g_test_add_data_func (path, scenario, run_scenario);
    }

  status = g_test_run ();
  gallery_fixture_stop ();
  return status;
}
