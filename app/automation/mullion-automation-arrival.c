/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-arrival.h"

#include "mullion-web-contents.h"

#include <math.h>

/*
 * MullionAutomationArrival: what of the input that a driver asks its display for has come to the app.
 *
 * A Wayland compositor passes input on in its own time, and tells nobody where windows are. So the
 * app says what has come to its windows and where, and the driver waits for that. Lives in the main
 * process, where a driver has started it.
 */

/* When nothing has come for so long, the rest went to another program, or nowhere. */
#define TIME_LIMIT_MSEC 2000
/* A pointer that is not where it shall be by then is on its way to elsewhere. */
#define POINTER_TIME_LIMIT_MSEC 1000
/* More than a driver asks for at once. */
#define LOG_LENGTH 16384

typedef struct _Wait Wait;

struct _Wait
{
  gboolean (*is_over) (MullionAutomationArrival *self,
                       Wait                     *wait);
  guint timeout;
  guint limit_msec;
  MullionAutomationArrived arrived;
  gpointer user_data;

  GArray *expected; /* (nullable) (owned) of guint32 */
  guint n_found;    /* of them */
  guint64 next;     /* what was not compared with them yet */
  guint window;
  double x;
  double y;
};

struct _MullionAutomationArrival
{
  GObject parent_instance;

  GArray *log;       /* of guint32: the latest */
  guint64 n_dropped; /* before them */
  guint layout;
  gboolean hides;
  GPtrArray *waits; /* of (owned) Wait */
};

G_DEFINE_FINAL_TYPE (MullionAutomationArrival, mullion_automation_arrival, G_TYPE_OBJECT)

/* -- Waiting -- */

static void
finish (MullionAutomationArrival *self,
        Wait                     *wait,
        gboolean                  has_arrived)
{
  g_ptr_array_remove (self->waits, wait);
  g_clear_handle_id (&wait->timeout, g_source_remove);
  wait->arrived (has_arrived, wait->user_data);
  g_clear_pointer (&wait->expected, g_array_unref);
  g_free (wait);
}

typedef struct
{
  MullionAutomationArrival *arrival;
  Wait *wait;
} Limit;

static gboolean
give_up_cb (gpointer user_data)
{
  Limit *limit = user_data;

  limit->wait->timeout = 0;
  finish (limit->arrival, limit->wait, FALSE);
  return G_SOURCE_REMOVE;
}

static void
check (MullionAutomationArrival *self,
       Wait                     *wait)
{
  Limit *limit;

  if (wait->is_over (self, wait))
    {
      finish (self, wait, TRUE);
      return;
    }

  limit = g_new (Limit, 1);
  limit->arrival = self;
  limit->wait = wait;
  g_clear_handle_id (&wait->timeout, g_source_remove);
  wait->timeout = g_timeout_add_full (G_PRIORITY_DEFAULT, wait->limit_msec, give_up_cb, limit,
                                      g_free);
}

static void
check_waits (MullionAutomationArrival *self)
{
  for (guint i = self->waits->len; i > 0; i--)
    check (self, self->waits->pdata[i - 1]);
}

static void
begin (MullionAutomationArrival *self,
       Wait                     *wait,
       guint                     limit_msec,
       MullionAutomationArrived  arrived,
       gpointer                  user_data)
{
  wait->limit_msec = limit_msec;
  wait->arrived = arrived;
  wait->user_data = user_data;
  g_ptr_array_add (self->waits, wait);
  check (self, wait);
}

/* -- What comes -- */

static void
note (MullionAutomationArrival *self,
      guint32                   what)
{
  g_array_append_val (self->log, what);
  if (self->log->len > LOG_LENGTH)
    {
      g_array_remove_range (self->log, 0, LOG_LENGTH / 2);
      self->n_dropped += LOG_LENGTH / 2;
    }
}

static guint32
name_notch (GdkScrollDirection direction)
{
  static const guint32 buttons[] = {
    [GDK_SCROLL_UP] = 4, [GDK_SCROLL_DOWN] = 5, [GDK_SCROLL_LEFT] = 6, [GDK_SCROLL_RIGHT] = 7,
  };

  return direction < G_N_ELEMENTS (buttons) ? MULLION_AUTOMATION_BUTTON | buttons[direction] : 0;
}

/* 0 is nothing that is waited for. */
static guint32
name_event (GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);
  guint32 release = type == GDK_KEY_RELEASE || type == GDK_BUTTON_RELEASE
                      ? MULLION_AUTOMATION_RELEASE : 0;

  if (type == GDK_KEY_PRESS || type == GDK_KEY_RELEASE)
    return gdk_key_event_get_keycode (event) | release;
  if (type == GDK_BUTTON_PRESS || type == GDK_BUTTON_RELEASE)
    return gdk_button_event_get_button (event) | MULLION_AUTOMATION_BUTTON | release;
  if (type == GDK_SCROLL)
    return name_notch (gdk_scroll_event_get_direction (event));

  return 0;
}

static gboolean
event_cb (MullionAutomationArrival *self,
          GdkEvent                 *event)
{
  GdkEventType type = gdk_event_get_event_type (event);
  guint32 what = name_event (event);

  if (type == GDK_KEY_PRESS || type == GDK_KEY_RELEASE)
    self->layout = gdk_key_event_get_layout (event);
  if (what != 0)
    note (self, what);
  check_waits (self);

  /* Windows have to know that they have got the focus, whoever else does not. */
  return self->hides && type != GDK_FOCUS_CHANGE ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
set_targeted (MullionBrowserWindow *window,
              gboolean              is_targeted)
{
  MullionWebContents *contents = mullion_browser_window_get_web_contents (window);

  if (contents != NULL)
    gtk_widget_set_can_target (GTK_WIDGET (mullion_web_contents_get_web_view (contents)),
                               is_targeted);
}

void
mullion_automation_arrival_watch (MullionAutomationArrival *self,
                                  MullionBrowserWindow     *window)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (check_waits), self,
                           G_CONNECT_SWAPPED);
}

/* A widget that is no target does not hear either that the pointer comes in. When it is one again, GTK
 * knows of that once the pointer moves. */
void
mullion_automation_arrival_hide (MullionAutomationArrival *self,
                                 gboolean                  hides_keys,
                                 gboolean                  hides_pointer)
{
  g_autoptr(GList) windows = mullion_browser_window_get_all ();

  self->hides = hides_keys;
  for (GList *l = windows; l != NULL; l = l->next)
    set_targeted (l->data, !hides_pointer);
}

/* -- What has come -- */

guint64
mullion_automation_arrival_count (MullionAutomationArrival *self)
{
  return self->n_dropped + self->log->len;
}

guint
mullion_automation_arrival_get_layout (MullionAutomationArrival *self)
{
  return self->layout;
}

/* In the surface of the window that a menu belongs to. */
static GdkSurface *
leave_popups (GdkSurface *surface,
              double     *x,
              double     *y)
{
  while (GDK_IS_POPUP (surface))
    {
      *x += gdk_popup_get_position_x (GDK_POPUP (surface));
      *y += gdk_popup_get_position_y (GDK_POPUP (surface));
      surface = gdk_popup_get_parent (GDK_POPUP (surface));
    }

  return surface;
}

MullionBrowserWindow *
mullion_automation_arrival_find (MullionAutomationArrival *self,
                                 double                   *x,
                                 double                   *y)
{
  GdkDisplay *display = gdk_display_get_default ();
  GdkDevice *pointer = gdk_seat_get_pointer (gdk_display_get_default_seat (display));
  GdkSurface *surface;
  GtkNative *native;

  *x = 0;
  *y = 0;
  if (pointer == NULL)
    return NULL;

  gdk_display_sync (display);
  surface = gdk_device_get_surface_at_position (pointer, x, y);
  native = surface != NULL ? gtk_native_get_for_surface (leave_popups (surface, x, y)) : NULL;
  return MULLION_IS_BROWSER_WINDOW (native) ? MULLION_BROWSER_WINDOW (native) : NULL;
}

MullionBrowserWindow *
mullion_automation_arrival_find_active (MullionAutomationArrival *self)
{
  g_autoptr(GList) windows = mullion_browser_window_get_all ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_is_active (GTK_WINDOW (l->data)))
      return l->data;

  return NULL;
}

/* -- What is waited for -- */

static gboolean
has_input (MullionAutomationArrival *self,
           Wait                     *wait)
{
  guint64 end = mullion_automation_arrival_count (self);

  for (wait->next = MAX (wait->next, self->n_dropped); wait->next < end; wait->next++)
    if (wait->n_found < wait->expected->len &&
        g_array_index (wait->expected, guint32, wait->n_found) ==
        g_array_index (self->log, guint32, wait->next - self->n_dropped))
      wait->n_found++;

  return wait->n_found == wait->expected->len;
}

void
mullion_automation_arrival_await_input (MullionAutomationArrival *self,
                                        guint64                   since,
                                        GArray                   *expected,
                                        MullionAutomationArrived  arrived,
                                        gpointer                  user_data)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->is_over = has_input;
  wait->next = since;
  wait->expected = g_array_ref (expected);
  begin (self, wait, TIME_LIMIT_MSEC, arrived, user_data);
}

static gboolean
has_pointer (MullionAutomationArrival *self,
             Wait                     *wait)
{
  double x, y;
  MullionBrowserWindow *window = mullion_automation_arrival_find (self, &x, &y);

  return window != NULL && mullion_browser_window_get_id (window) == wait->window &&
         fabs (x - wait->x) < 0.5 && fabs (y - wait->y) < 0.5;
}

void
mullion_automation_arrival_await_pointer (MullionAutomationArrival *self,
                                          MullionBrowserWindow     *window,
                                          double                    x,
                                          double                    y,
                                          MullionAutomationArrived  arrived,
                                          gpointer                  user_data)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->is_over = has_pointer;
  wait->window = mullion_browser_window_get_id (window);
  wait->x = x;
  wait->y = y;
  begin (self, wait, POINTER_TIME_LIMIT_MSEC, arrived, user_data);
}

static gboolean
has_focus (MullionAutomationArrival *self,
           Wait                     *wait)
{
  MullionBrowserWindow *window = mullion_automation_arrival_find_active (self);

  return window != NULL && mullion_browser_window_get_id (window) != wait->window;
}

void
mullion_automation_arrival_await_focus (MullionAutomationArrival *self,
                                        guint                     previous,
                                        MullionAutomationArrived  arrived,
                                        gpointer                  user_data)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->is_over = has_focus;
  wait->window = previous;
  begin (self, wait, TIME_LIMIT_MSEC, arrived, user_data);
}

/* -- The class -- */

static void
mullion_automation_arrival_dispose (GObject *object)
{
  MullionAutomationArrival *self = MULLION_AUTOMATION_ARRIVAL (object);

  while (self->waits->len > 0)
    finish (self, self->waits->pdata[0], FALSE);

  G_OBJECT_CLASS (mullion_automation_arrival_parent_class)->dispose (object);
}

static void
mullion_automation_arrival_finalize (GObject *object)
{
  MullionAutomationArrival *self = MULLION_AUTOMATION_ARRIVAL (object);

  g_ptr_array_unref (self->waits);
  g_array_unref (self->log);

  G_OBJECT_CLASS (mullion_automation_arrival_parent_class)->finalize (object);
}

static void
mullion_automation_arrival_class_init (MullionAutomationArrivalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_automation_arrival_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_automation_arrival_finalize;
}

static void
mullion_automation_arrival_init (MullionAutomationArrival *self)
{
  self->log = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->waits = g_ptr_array_new ();
}

MullionAutomationArrival *
mullion_automation_arrival_new (void)
{
  return g_object_new (MULLION_TYPE_AUTOMATION_ARRIVAL, NULL);
}
