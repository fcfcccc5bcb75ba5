/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-remote-session.h"

/*
 * DriverRemoteSession: the hands that Mutter, GNOME's compositor, lends to programs on the session bus.
 *
 * Its interface is for remote desktops; desktops with other compositors do not have it. The session
 * ends with the connection, whatever becomes of the driver.
 */

#define NAME "org.gnome.Mutter.RemoteDesktop"
#define OBJECT_PATH "/org/gnome/Mutter/RemoteDesktop"
#define INTERFACE NAME
#define SESSION_INTERFACE NAME ".Session"
#define CALL_TIMEOUT_MSEC 5000

struct _DriverRemoteSession
{
  GDBusConnection *bus;
  char *path; /* (nullable) */
  GError *error; /* (nullable): the first */
};

static GDBusConnection *
connect_to_bus (GError **error)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, error);

  if (address == NULL)
    return NULL;

  return g_dbus_connection_new_for_address_sync (
    address,
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, error);
}

static GVariant *
call (DriverRemoteSession  *self,
      const char           *path,
      const char           *interface,
      const char           *method,
      GVariant             *args,
      GError              **error)
{
  GVariant *answer =
    g_dbus_connection_call_sync (self->bus, NAME, path, interface, method, args, NULL,
                                 G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_TIMEOUT_MSEC, NULL, error);

  if (answer == NULL)
    g_dbus_error_strip_remote_error (*error);

  return answer;
}

static gboolean
start (DriverRemoteSession  *self,
       GError              **error)
{
  g_autoptr(GVariant) session = NULL;
  g_autoptr(GVariant) started = NULL;

  self->bus = connect_to_bus (error);
  if (self->bus == NULL)
    return FALSE;

  session = call (self, OBJECT_PATH, INTERFACE, "CreateSession", NULL, error);
  if (session == NULL)
    return FALSE;

  g_variant_get (session, "(o)", &self->path);
  started = call (self, self->path, SESSION_INTERFACE, "Start", NULL, error);
  return started != NULL;
}

DriverRemoteSession *
driver_remote_session_open (GError **error)
{
  DriverRemoteSession *self = g_new0 (DriverRemoteSession, 1);

  if (start (self, error))
    return self;

  driver_remote_session_close (self);
  g_prefix_error (error, "No Wayland compositor on the session bus takes input: ");
  return NULL;
}

void
driver_remote_session_close (DriverRemoteSession *self)
{
  if (self->bus != NULL)
    g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  g_clear_error (&self->error);
  g_free (self->path);
  g_free (self);
}

static void
notify (DriverRemoteSession *self,
        const char          *method,
        GVariant            *args)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = call (self, self->path, SESSION_INTERFACE, method, args, &error);

  if (answer == NULL && self->error == NULL)
    self->error = g_steal_pointer (&error);
}

void
driver_remote_session_move (DriverRemoteSession *self,
                            double               x,
                            double               y)
{
  notify (self, "NotifyPointerMotionRelative", g_variant_new ("(dd)", x, y));
}

void
driver_remote_session_button (DriverRemoteSession *self,
                              guint                button,
                              gboolean             is_down)
{
  notify (self, "NotifyPointerButton", g_variant_new ("(ib)", (int) button, is_down));
}

void
driver_remote_session_turn_wheel (DriverRemoteSession *self,
                                  gboolean             is_horizontal,
                                  int                  n_notches)
{
  notify (self, "NotifyPointerAxisDiscrete",
          g_variant_new ("(ui)", is_horizontal ? 1 : 0, n_notches));
}

void
driver_remote_session_keycode (DriverRemoteSession *self,
                               guint                keycode,
                               gboolean             is_down)
{
  notify (self, "NotifyKeyboardKeycode", g_variant_new ("(ub)", keycode, is_down));
}

void
driver_remote_session_keysym (DriverRemoteSession *self,
                              gulong               keysym,
                              gboolean             is_down)
{
  notify (self, "NotifyKeyboardKeysym", g_variant_new ("(ub)", (guint) keysym, is_down));
}

gboolean
driver_remote_session_check (DriverRemoteSession  *self,
                             GError              **error)
{
  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}
