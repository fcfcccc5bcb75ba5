/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

#include "desktop/mullion-desktop-holds.h"

/*
 * The module `globalShortcut`: keys that reach the app wherever the focus is. Main process.
 *
 * Pages take away only what pages have registered, and there are a few at a time: with all keys a page
 * would hear all that the user types elsewhere, so a key needs a modifier, or must be none that types.
 * A key is given back with the document that registered it: the next one could not have it otherwise.
 */

#define MAX_REGISTERED 32

/* Counted: a registration may still be under way when the module goes. */
typedef struct
{
  MullionDesktop *desktop; /* (unowned); NULL once the module is gone */
  MullionDesktopHolds *accelerators; /* NULL with it */
  guint n_registering;
} Shortcuts;

typedef struct
{
  Shortcuts *shortcuts;
  MullionIpcMainInvokeEvent *event;
  char *accelerator;
} Registration;

static void
pressed_cb (const char *accelerator,
            gpointer    user_data)
{
  Shortcuts *self = user_data;
  JsonArray *details;

  if (self->desktop == NULL)
    return;
  details = json_array_new ();
  json_array_add_string_element (details, accelerator);
  mullion_desktop_tell (self->desktop, NULL, "pressed", details);
}

static void
registered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree Registration *registration = user_data;
  g_autofree char *accelerator = registration->accelerator;
  g_autoptr(MullionIpcMainInvokeEvent) event = registration->event;
  Shortcuts *self = registration->shortcuts;
  GError *error = NULL;

  self->n_registering--;
  if (mullion_global_shortcut_register_finish (result, &error) && self->desktop != NULL)
    mullion_desktop_holds_add (self->accelerators,
                               mullion_ipc_main_invoke_event_get_sender_frame (event), accelerator);
  else if (error == NULL)
    mullion_global_shortcut_unregister (accelerator);
  mullion_desktop_answer (event, error);
  g_rc_box_release (self);
}

/* Security: a letter without a modifier is what the user types into other programs, and so is one with
 * Shift or AltGr. Accelerators are read in any case of letters. */
static gboolean
check_accelerator (const char  *accelerator,
                   GError     **error)
{
  g_autofree char *folded = g_utf8_strdown (accelerator, -1);
  const char *last = strrchr (folded, '+');

  if (last != NULL && last != folded && !g_str_has_prefix (folded, "shift+")
      && !g_str_has_prefix (folded, "altgr+"))
    return TRUE;
  if (g_regex_match_simple ("^(shift\\+)?(f[0-9]{1,2}|media[a-z]+|volume[a-z]+|printscreen)$", folded,
                            G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
               "'%.64s' is what the user types: a global shortcut of a page begins with a modifier "
               "other than Shift", accelerator);
  return FALSE;
}

static gboolean
check_room (Shortcuts  *self,
            GError    **error)
{
  if (mullion_desktop_holds_count (self->accelerators) + self->n_registering < MAX_REGISTERED)
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED, "%u are registered already",
               MAX_REGISTERED);
  return FALSE;
}

static void
register_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  Shortcuts *self = user_data;
  const char *accelerator = json_array_get_string_element (args, 0);
  Registration *registration;
  GError *error = NULL;

  if (!check_accelerator (accelerator, &error) || !check_room (self, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  registration = g_new0 (Registration, 1);
  registration->shortcuts = g_rc_box_acquire (self);
  registration->event = g_object_ref (event);
  registration->accelerator = g_strdup (accelerator);
  self->n_registering++;
  mullion_global_shortcut_register_async (accelerator, pressed_cb, g_rc_box_acquire (self),
                                          g_rc_box_release, NULL, registered_cb, registration);
}

static void
unregister_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  Shortcuts *self = user_data;

  mullion_desktop_holds_remove (self->accelerators, json_array_get_string_element (args, 0));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
unregister_all_cb (MullionIpcMainInvokeEvent *event,
                   JsonArray                 *args,
                   gpointer                   user_data)
{
  Shortcuts *self = user_data;

  mullion_desktop_holds_clear (self->accelerators);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
is_registered_cb (MullionIpcMainInvokeEvent *event,
                  JsonArray                 *args,
                  gpointer                   user_data)
{
  Shortcuts *self = user_data;

  mullion_desktop_answer_boolean (
    event, mullion_desktop_holds_has (self->accelerators, json_array_get_string_element (args, 0)));
}

static gpointer
open_module (MullionDesktop *desktop)
{
  Shortcuts *self = g_rc_box_new0 (Shortcuts);

  self->desktop = desktop;
  self->accelerators = mullion_desktop_holds_new (mullion_global_shortcut_unregister);

  return self;
}

static void
close_module (gpointer data)
{
  Shortcuts *self = data;

  self->desktop = NULL;
  g_clear_pointer (&self->accelerators, mullion_desktop_holds_free);
  g_rc_box_release (self);
}

#define ACCELERATOR "[{\"type\":\"string\",\"minLength\":1,\"maxLength\":128}]"

static const MullionDesktopMethod methods[] = {
  { "isRegistered", is_registered_cb, ACCELERATOR },
  { "register", register_cb, ACCELERATOR },
  { "unregister", unregister_cb, ACCELERATOR },
  { "unregisterAll", unregister_all_cb, MULLION_DESKTOP_NOTHING },
  { NULL },
};

static const char *const events[] = { "pressed", NULL };

const MullionDesktopModule mullion_desktop_global_shortcut = {
  .name = "globalShortcut",
  .methods = methods,
  .events = events,
  .open = open_module,
  .close = close_module,
};
