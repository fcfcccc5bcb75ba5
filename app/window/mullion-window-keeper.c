/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-keeper.h"

#include "mullion-window-place.h"
#include "mullion-window-state.h"

/*
 * Gives a window the size, the place and the mode that it had in the last run, and saves what
 * becomes of them: Electron's `windowStatePersistence`.
 *
 * Main process. One window owns it, from before its first frame to its end. Nobody tells of a move,
 * so the place is looked at whenever something else happens, and at the end.
 */

/* The hand on the border sends a size with every frame; the disk has to see only the last. */
#define CALM_MS 500

struct _MullionWindowKeeper
{
  MullionBrowserWindow *window; /* (unowned) */
  char *path;
  gboolean keeps_bounds;
  gboolean keeps_mode;

  MullionWindowState saved;     /* as the file has it; no width: there is none */
  MullionWindowState state;
  guint calm_id;
  guint restored_id;
};

static void
look (MullionWindowKeeper *self)
{
  GtkWindow *window = GTK_WINDOW (self->window);
  MullionWindowState *state = &self->state;
  gboolean is_normal = !gtk_window_is_maximized (window) && !gtk_window_is_fullscreen (window);

  if (!gtk_widget_get_mapped (GTK_WIDGET (window)))
    return;

  state->is_maximized = gtk_window_is_maximized (window);
  state->is_full_screen = gtk_window_is_fullscreen (window);

  /* GTK leaves the default size alone while the window is not itself. */
  gtk_window_get_default_size (window, &state->width, &state->height);
  if (is_normal && mullion_window_place_get (window, &state->x, &state->y))
    state->has_position = TRUE;
}

static void
save (MullionWindowKeeper *self)
{
  g_autoptr(GError) error = NULL;

  g_clear_handle_id (&self->calm_id, g_source_remove);
  look (self);
  if (self->state.width < 1 || mullion_window_state_equal (&self->state, &self->saved))
    return;

  if (mullion_window_state_save (&self->state, self->path, &error))
    self->saved = self->state;
  else
    g_warning ("The state of a window cannot be saved: %s", error->message);
}

static gboolean
calm_cb (gpointer user_data)
{
  MullionWindowKeeper *self = user_data;

  self->calm_id = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (MullionWindowKeeper *self)
{
  g_clear_handle_id (&self->calm_id, g_source_remove);
  self->calm_id = g_timeout_add (CALM_MS, calm_cb, self);
}

/* The code that made the window has had time to connect to the signal. */
static gboolean
restored_cb (gpointer user_data)
{
  MullionWindowKeeper *self = user_data;

  self->restored_id = 0;
  g_signal_emit_by_name (self->window, "persisted-state-restored");
  return G_SOURCE_REMOVE;
}

static void
restore_bounds (MullionWindowKeeper *self)
{
  GtkWindow *window = GTK_WINDOW (self->window);
  MullionWindowState state = self->saved;
  g_autoptr(GArray) monitors =
    mullion_window_place_list (gtk_widget_get_display (GTK_WIDGET (window)));

  mullion_window_state_fit (&state, (const GdkRectangle *) monitors->data, monitors->len);
  mullion_browser_window_set_size (self->window, state.width, state.height);
  if (state.has_position)
    mullion_browser_window_set_position (self->window, state.x, state.y, NULL);
}

static void
restore (MullionWindowKeeper *self)
{
  self->state = self->saved;
  if (self->keeps_bounds)
    restore_bounds (self);
  if (self->keeps_mode && self->saved.is_maximized)
    gtk_window_maximize (GTK_WINDOW (self->window));
  if (self->keeps_mode && self->saved.is_full_screen)
    mullion_browser_window_set_full_screen (self->window, TRUE);
  self->restored_id = g_idle_add (restored_cb, self);
}

MullionWindowKeeper *
mullion_window_keeper_new (MullionBrowserWindow       *window,
                           const MullionWindowOptions *options,
                           const char                 *application_id)
{
  static const char *const names[] = {
    "resize", "maximize", "unmaximize", "enter-full-screen", "leave-full-screen", "blur",
  };
  MullionWindowKeeper *self;
  g_autoptr(GError) error = NULL;

  if (!options->keeps_bounds && !options->keeps_mode)
    return NULL;

  self = g_new0 (MullionWindowKeeper, 1);
  self->window = window;
  self->keeps_bounds = options->keeps_bounds;
  self->keeps_mode = options->keeps_mode;
  self->path = mullion_window_state_dup_path (application_id, options->name);

  if (mullion_window_state_load (&self->saved, self->path, &error))
    restore (self);
  else if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_warning ("The state of a window is not what was saved: %s: ignored", error->message);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect_swapped (window, names[i], G_CALLBACK (changed_cb), self);
  return self;
}

void
mullion_window_keeper_free (MullionWindowKeeper *self)
{
  g_signal_handlers_disconnect_by_data (self->window, self);
  g_clear_handle_id (&self->restored_id, g_source_remove);
  save (self);
  g_free (self->path);
  g_free (self);
}
