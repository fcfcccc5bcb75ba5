/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

#include "desktop/mullion-desktop-holds.h"

/*
 * The module `powerSaveBlocker`: keeps the machine awake, or its display on. Main process.
 *
 * Pages end only what pages have begun, and there are a few at a time. Each ends with the document that
 * began it, for nobody else knows its number.
 */

#define MAX_STARTED 8

/* Counted: a start may still be under way when the module goes. */
typedef struct
{
  MullionDesktopHolds *holds; /* NULL once the module is gone */
  guint n_starting;
} Blockers;

typedef struct
{
  Blockers *blockers;
  MullionIpcMainInvokeEvent *event;
} Start;

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Start *start = user_data;
  g_autoptr(MullionIpcMainInvokeEvent) event = start->event;
  Blockers *self = start->blockers;
  GError *error = NULL;
  guint id = mullion_power_save_blocker_start_finish (result, &error);

  self->n_starting--;
  if (error != NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else if (self->holds == NULL)
    mullion_power_save_blocker_stop (id);
  else
    {
      g_autofree char *name = g_strdup_printf ("%u", id);

      mullion_desktop_holds_add (self->holds, mullion_ipc_main_invoke_event_get_sender_frame (event),
                                 name);
      mullion_desktop_answer_number (event, id);
    }
  g_rc_box_release (self);
}

static void
start_cb (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  Blockers *self = user_data;
  gboolean is_display = g_str_equal (json_array_get_string_element (args, 0),
                                     "prevent-display-sleep");
  Start *start;

  if (mullion_desktop_holds_count (self->holds) + self->n_starting >= MAX_STARTED)
    {
      mullion_ipc_main_invoke_event_return_new_error (
        event, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED, "%u are started already", MAX_STARTED);
      return;
    }

  start = g_new0 (Start, 1);
  start->blockers = g_rc_box_acquire (self);
  start->event = g_object_ref (event);
  self->n_starting++;
  mullion_power_save_blocker_start_async (is_display
                                            ? MULLION_POWER_SAVE_BLOCKER_PREVENT_DISPLAY_SLEEP
                                            : MULLION_POWER_SAVE_BLOCKER_PREVENT_APP_SUSPENSION,
                                          mullion_app_get_name (mullion_app_get_default ()),
                                          NULL, started_cb, start);
}

/* (transfer full): the number that is the argument, as text */
static char *
dup_name (JsonArray *args)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, json_array_get_int_element (args, 0));
}

static void
stop_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  Blockers *self = user_data;
  g_autofree char *name = dup_name (args);

  mullion_desktop_answer_boolean (event, mullion_desktop_holds_remove (self->holds, name));
}

static void
is_started_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  Blockers *self = user_data;
  g_autofree char *name = dup_name (args);

  mullion_desktop_answer_boolean (event, mullion_desktop_holds_has (self->holds, name));
}

static void
release (const char *name)
{
  mullion_power_save_blocker_stop ((guint) g_ascii_strtoull (name, NULL, 10));
}

static gpointer
open_module (MullionDesktop *desktop)
{
  Blockers *self = g_rc_box_new0 (Blockers);

  self->holds = mullion_desktop_holds_new (release);

  return self;
}

static void
close_module (gpointer data)
{
  Blockers *self = data;

  g_clear_pointer (&self->holds, mullion_desktop_holds_free);
  g_rc_box_release (self);
}

#define ID "[{\"type\":\"integer\",\"minimum\":0,\"maximum\":2147483647}]"

static const MullionDesktopMethod methods[] = {
  { "isStarted", is_started_cb, ID },
  { "start", start_cb, "[{\"enum\":[\"prevent-app-suspension\",\"prevent-display-sleep\"]}]" },
  { "stop", stop_cb, ID },
  { NULL },
};

const MullionDesktopModule mullion_desktop_power_save_blocker = {
  .name = "powerSaveBlocker",
  .methods = methods,
  .open = open_module,
  .close = close_module,
};
