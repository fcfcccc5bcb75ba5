/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-global-shortcut.h"

#include "mullion-accelerator.h"
#include "mullion-error.h"
#include "mullion-shortcut-grab.h"
#include "mullion-shortcut-portal.h"

#include <gdk/x11/gdkx.h>

/*
 * Electron's `globalShortcut`: keys that reach the app whoever has the focus.
 *
 * Main process. On an X11 display the key is grabbed. In a session of Wayland, also for a program
 * that runs in it by way of X11, a grab would be granted and never heard, so the portal is asked;
 * where that is missing there is nothing else, and who registers is told so.
 */

typedef struct
{
  char *accelerator;
  guint key;
  GdkModifierType modifiers;
  char *session; /* (nullable): the portal's; without one the key is grabbed */
  gboolean is_over; /* nothing is left to give back */

  MullionGlobalShortcutFunc func;
  gpointer func_data;
  GDestroyNotify func_destroy;
} Shortcut;

static GPtrArray *shortcuts; /* (nullable) until the first */

static void
free_shortcut (gpointer data)
{
  Shortcut *shortcut = data;

  if (shortcut->session != NULL && !shortcut->is_over)
    mullion_shortcut_portal_close (shortcut->session);
  else if (!shortcut->is_over)
    mullion_shortcut_ungrab (shortcut->key, shortcut->modifiers);
  if (shortcut->func_destroy != NULL)
    shortcut->func_destroy (shortcut->func_data);
  g_free (shortcut->session);
  g_free (shortcut->accelerator);
  g_free (shortcut);
}

static gboolean
parse (const char       *accelerator,
       guint            *key,
       GdkModifierType  *modifiers,
       GError          **error)
{
  g_autofree char *text = mullion_accelerator_to_gtk (accelerator, error);

  if (text == NULL)
    return FALSE;
  if (gtk_accelerator_parse (text, key, modifiers) && *key != 0)
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "“%s” is no accelerator", accelerator);
  return FALSE;
}

static Shortcut *
find (guint           key,
      GdkModifierType modifiers)
{
  for (guint i = 0; shortcuts != NULL && i < shortcuts->len; i++)
    {
      Shortcut *shortcut = g_ptr_array_index (shortcuts, i);

      if (shortcut->key == key && shortcut->modifiers == modifiers)
        return shortcut;
    }
  return NULL;
}

static Shortcut *
find_text (const char *accelerator)
{
  guint key = 0;
  GdkModifierType modifiers = 0;

  return parse (accelerator, &key, &modifiers, NULL) ? find (key, modifiers) : NULL;
}

/* The function may unregister what it was called for. */
static void
call (Shortcut *shortcut)
{
  g_autofree char *accelerator = g_strdup (shortcut->accelerator);

  shortcut->func (accelerator, shortcut->func_data);
}

static void
pressed_cb (guint           key,
            GdkModifierType modifiers)
{
  Shortcut *shortcut = find (key, modifiers);

  if (shortcut != NULL)
    call (shortcut);
}

static void
portal_cb (const char *session,
           gboolean    is_over)
{
  for (guint i = 0; shortcuts != NULL && i < shortcuts->len; i++)
    {
      Shortcut *shortcut = g_ptr_array_index (shortcuts, i);

      if (g_strcmp0 (shortcut->session, session) != 0)
        continue;

      shortcut->is_over = is_over;
      if (is_over)
        g_ptr_array_remove_index (shortcuts, i);
      else
        call (shortcut);
      return;
    }
}

/* What a task has until the shortcut is registered. */
static void
free_slot (gpointer data)
{
  Shortcut **slot = data;

  g_clear_pointer (slot, free_shortcut);
  g_free (slot);
}

static Shortcut *
get_shortcut (GTask *task)
{
  return *(Shortcut **) g_task_get_task_data (task);
}

static void
keep (GTask *task)
{
  Shortcut **slot = g_task_get_task_data (task);

  (*slot)->is_over = FALSE;
  if (shortcuts == NULL)
    shortcuts = g_ptr_array_new_with_free_func (free_shortcut);
  g_ptr_array_add (shortcuts, g_steal_pointer (slot));
  g_task_return_boolean (task, TRUE);
}

static gboolean
is_taken (GTask    *task,
          Shortcut *shortcut)
{
  if (find (shortcut->key, shortcut->modifiers) == NULL)
    return FALSE;

  g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                           "The app has registered %s already", shortcut->accelerator);
  return TRUE;
}

static void
bound_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Shortcut *shortcut = get_shortcut (task);
  g_autoptr(GError) error = NULL;

  shortcut->session = mullion_shortcut_portal_bind_finish (result, &error);
  if (shortcut->session == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* From here on it has something to give back. */
  shortcut->is_over = FALSE;
  if (!is_taken (task, shortcut))
    keep (task);
}

static gboolean
is_x11 (void)
{
  return gdk_display_get_default () != NULL && GDK_IS_X11_DISPLAY (gdk_display_get_default ())
         && g_getenv ("WAYLAND_DISPLAY") == NULL;
}

static void
grab (GTask    *task,
      Shortcut *shortcut)
{
  g_autoptr(GError) error = NULL;

  if (mullion_shortcut_grab (shortcut->key, shortcut->modifiers, pressed_cb, &error))
    keep (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * mullion_global_shortcut_register_async:
 * @accelerator: Electron's notation, such as `CmdOrCtrl+Shift+K`
 * @func: (scope notified) (closure func_data) (destroy func_destroy): what is called for the shortcut
 * @func_data: data for @func
 * @func_destroy: (nullable): frees @func_data
 * @cancellable: (nullable): ends the wait for the answer
 * @callback: (scope async) (closure user_data): what is called with the answer
 * @user_data: data for @callback
 *
 * Registers a shortcut that works whoever has the focus, like Electron's `globalShortcut.register`.
 *
 * On X11 the answer is there at once: %MULLION_ERROR_NOT_ALLOWED where another program has the key.
 * On Wayland the portal may ask the user, who may say no, with the same error; a desktop without
 * that portal is %MULLION_ERROR_UNAVAILABLE. A text that is no accelerator is
 * %MULLION_ERROR_INVALID_ARGUMENT.
 *
 * Since: 0.1
 */
void
mullion_global_shortcut_register_async (const char                *accelerator,
                                        MullionGlobalShortcutFunc  func,
                                        gpointer                   func_data,
                                        GDestroyNotify             func_destroy,
                                        GCancellable              *cancellable,
                                        GAsyncReadyCallback        callback,
                                        gpointer                   user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  Shortcut **slot;
  Shortcut *shortcut;

  g_return_if_fail (accelerator != NULL);
  g_return_if_fail (func != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_global_shortcut_register_async);
  shortcut = g_new0 (Shortcut, 1);
  shortcut->accelerator = g_strdup (accelerator);
  shortcut->func = func;
  shortcut->func_data = func_data;
  shortcut->func_destroy = func_destroy;
  shortcut->is_over = TRUE;
  slot = g_new (Shortcut *, 1);
  *slot = shortcut;
  g_task_set_task_data (task, slot, free_slot);

  if (!parse (accelerator, &shortcut->key, &shortcut->modifiers, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (is_taken (task, shortcut))
    return;
  else if (is_x11 ())
    grab (task, shortcut);
  else
    mullion_shortcut_portal_bind_async (shortcut->key, shortcut->modifiers, portal_cb, cancellable,
                                        bound_cb, g_object_ref (task));
}

/**
 * mullion_global_shortcut_register_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@global_shortcut_register_async] began.
 *
 * Returns: whether the shortcut will be heard; %FALSE with @error set
 *
 * Since: 0.1
 */
gboolean
mullion_global_shortcut_register_finish (GAsyncResult  *result,
                                         GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (
    g_async_result_is_tagged (result, mullion_global_shortcut_register_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- Several -- */

/* What all of them call. */
typedef struct
{
  MullionGlobalShortcutFunc func;
  gpointer func_data;
  GDestroyNotify func_destroy;
} Callee;

typedef struct
{
  GStrv accelerators;
  guint next;
  Callee *callee; /* of a reference-counted box */
  GError *error;  /* (nullable): why the first of those is not registered that are not */
} Series;

static void
clear_callee (gpointer data)
{
  Callee *callee = data;

  if (callee->func_destroy != NULL)
    callee->func_destroy (callee->func_data);
}

static void
release_callee (gpointer callee)
{
  g_rc_box_release_full (callee, clear_callee);
}

static void
free_series (Series *series)
{
  g_strfreev (series->accelerators);
  release_callee (series->callee);
  g_clear_error (&series->error);
  g_free (series);
}

static void
call_callee (const char *accelerator,
             gpointer    user_data)
{
  Callee *callee = user_data;

  callee->func (accelerator, callee->func_data);
}

static void register_next (GTask *task);

static void
next_registered_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Series *series = g_task_get_task_data (task);

  mullion_global_shortcut_register_finish (result, series->error == NULL ? &series->error : NULL);
  register_next (task);
}

/* One after the other: the portal may ask the user about each. */
static void
register_next (GTask *task)
{
  Series *series = g_task_get_task_data (task);
  const char *accelerator = series->accelerators[series->next];

  if (accelerator != NULL)
    {
      series->next++;
      mullion_global_shortcut_register_async (accelerator, call_callee,
                                              g_rc_box_acquire (series->callee), release_callee,
                                              g_task_get_cancellable (task), next_registered_cb,
                                              g_object_ref (task));
    }
  else if (series->error != NULL)
    g_task_return_error (task, g_steal_pointer (&series->error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * mullion_global_shortcut_register_all_async:
 * @accelerators: (array zero-terminated=1): Electron's notation, such as `CommandOrControl+Shift+K`
 * @func: (scope notified) (closure func_data) (destroy func_destroy): called for each press of them
 * @func_data: data for @func
 * @func_destroy: (nullable): frees @func_data, when none of them is registered any more
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when each was tried
 * @user_data: data for @callback
 *
 * Registers several global shortcuts, like Electron's `globalShortcut.registerAll`. One that cannot be
 * had does not keep the others from being registered.
 *
 * Since: 0.1
 */
void
mullion_global_shortcut_register_all_async (const char *const         *accelerators,
                                            MullionGlobalShortcutFunc  func,
                                            gpointer                   func_data,
                                            GDestroyNotify             func_destroy,
                                            GCancellable              *cancellable,
                                            GAsyncReadyCallback        callback,
                                            gpointer                   user_data)
{
  g_autoptr(GTask) task = NULL;
  Series *series;

  g_return_if_fail (accelerators != NULL);
  g_return_if_fail (func != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_global_shortcut_register_all_async);
  series = g_new0 (Series, 1);
  series->accelerators = g_strdupv ((char **) accelerators);
  series->callee = g_rc_box_new0 (Callee);
  *series->callee = (Callee) { func, func_data, func_destroy };
  g_task_set_task_data (task, series, (GDestroyNotify) free_series);
  register_next (task);
}

/**
 * mullion_global_shortcut_register_all_finish:
 * @result: what the callback got
 * @error: (nullable): why the first of those is not registered that are not
 *
 * Ends what [func@global_shortcut_register_all_async] began.
 *
 * Returns: whether all are registered; [func@global_shortcut_is_registered] tells of each
 *
 * Since: 0.1
 */
gboolean
mullion_global_shortcut_register_all_finish (GAsyncResult  *result,
                                             GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (
    g_async_result_is_tagged (result, mullion_global_shortcut_register_all_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mullion_global_shortcut_is_registered:
 * @accelerator: Electron's notation
 *
 * Asks whether this app has a shortcut, like Electron's `globalShortcut.isRegistered`.
 *
 * Returns: whether it has, in whatever notation it was registered
 *
 * Since: 0.1
 */
gboolean
mullion_global_shortcut_is_registered (const char *accelerator)
{
  g_return_val_if_fail (accelerator != NULL, FALSE);

  return find_text (accelerator) != NULL;
}

/**
 * mullion_global_shortcut_unregister:
 * @accelerator: Electron's notation
 *
 * Gives a shortcut back, like Electron's `globalShortcut.unregister`. One that is not registered is
 * no mistake.
 *
 * Since: 0.1
 */
void
mullion_global_shortcut_unregister (const char *accelerator)
{
  Shortcut *shortcut;

  g_return_if_fail (accelerator != NULL);

  shortcut = find_text (accelerator);
  if (shortcut != NULL)
    g_ptr_array_remove (shortcuts, shortcut);
}

/**
 * mullion_global_shortcut_unregister_all:
 *
 * Gives all shortcuts back, like Electron's `globalShortcut.unregisterAll`.
 *
 * Since: 0.1
 */
void
mullion_global_shortcut_unregister_all (void)
{
  if (shortcuts != NULL)
    g_ptr_array_set_size (shortcuts, 0);
}
