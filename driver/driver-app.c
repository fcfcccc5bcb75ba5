/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-app.h"

#include "driver-error.h"
#include "mullion-json-writer.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * DriverApp: the app under test, and what its main process does for the driver.
 *
 * The app gets one end of a socket pair, on which it serves D-Bus: nobody else can reach it, and
 * when the driver dies the app sees the end of the connection and ends as well.
 */

#define OBJECT_PATH "/io/github/mullion/Automation"
#define INTERFACE "io.github.mullion.Automation1"
#define INPUT_INTERFACE "io.github.mullion.AutomationInput1"
#define APP_FD 3
#define CALL_TIMEOUT_MSEC 5000
/* It waits for windows that are about to be shown. */
#define ACTIVATE_TIMEOUT_MSEC 20000
#define GREETING_TIMEOUT_MSEC 20000
/* The app waits for a page for half of that. */
#define SETTLE_TIMEOUT_MSEC 10000
#define QUIT_TIMEOUT_MSEC 2000

struct _DriverApp
{
  GObject parent_instance;

  DriverProcess *process;
  GDBusConnection *connection; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (DriverApp, driver_app, G_TYPE_OBJECT)

static void
driver_app_finalize (GObject *object)
{
  DriverApp *self = DRIVER_APP (object);

  driver_app_end (self);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->process, driver_process_free);

  G_OBJECT_CLASS (driver_app_parent_class)->finalize (object);
}

static void
driver_app_class_init (DriverAppClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = driver_app_finalize;
}

static void
driver_app_init (DriverApp *self)
{
}

/* -- The beginning -- */

static gboolean
stop_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* (transfer full): in the main loop, for this thread is about to block */
static GSource *
limit_time (GCancellable *cancellable,
            guint         msec)
{
  GSource *source = g_timeout_source_new (msec);

  g_source_set_callback (source, stop_cb, g_object_ref (cancellable), g_object_unref);
  g_source_attach (source, NULL);
  return source;
}

/* Whoever is no Mullion app never greets, and one that ends at once closes its end. */
static GDBusConnection *
connect_to_app (int      fd,
                GError **error)
{
  g_autoptr(GSocket) socket = g_socket_new_from_fd (fd, error);
  g_autoptr(GSocketConnection) connection = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GSource) limit = NULL;
  GDBusConnection *bus;

  if (socket == NULL)
    {
      close (fd);
      return NULL;
    }

  connection = g_socket_connection_factory_create_connection (socket);
  limit = limit_time (cancellable, GREETING_TIMEOUT_MSEC);
  bus = g_dbus_connection_new_sync (G_IO_STREAM (connection), NULL,
                                    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL,
                                    cancellable, error);
  g_source_destroy (limit);
  return bus;
}

static gboolean
make_socket_pair (int      fds[2],
                  GError **error)
{
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "socketpair: %s",
               g_strerror (errno));
  return FALSE;
}

DriverApp *
driver_app_launch (const char * const  *argv,
                   const char * const  *environ,
                   const char          *folder,
                   const char          *recording,
                   guint                inspector_port,
                   GError             **error)
{
  g_autoptr(DriverApp) self = g_object_new (DRIVER_TYPE_APP, NULL);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", inspector_port);
  g_autofree char *fd_text = g_strdup_printf ("%d", APP_FD);
  g_auto(GStrv) environment = g_get_environ ();
  int fds[2];

  if (!make_socket_pair (fds, error))
    return NULL;

  for (gsize i = 0; environ != NULL && environ[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (environ[i], "=", 2);

      environment = g_environ_setenv (environment, parts[0], parts[1], TRUE);
    }
  environment = g_environ_setenv (environment, "WEBKIT_INSPECTOR_SERVER", address, TRUE);
  environment = g_environ_setenv (environment, "MULLION_AUTOMATION_FD", fd_text, TRUE);
  environment = g_environ_setenv (environment, "MULLION_RECORD", recording, FALSE);

  self->process = driver_process_spawn (argv, (const char * const *) environment, folder, fds[1],
                                        APP_FD, error);
  if (self->process != NULL)
    self->connection = connect_to_app (fds[0], error);
  else
    close (fds[0]);

  if (self->connection != NULL)
    return g_steal_pointer (&self);

  g_prefix_error (error, "%s is no Mullion app, or has ended: ", argv[0]);
  return NULL;
}

/* -- What it is asked -- */

static GVariant *
call (DriverApp           *self,
      const char          *method,
      GVariant            *args,
      const GVariantType  *type,
      int                  timeout_msec,
      GError             **error)
{
  GVariant *answer =
    g_dbus_connection_call_sync (self->connection, NULL, OBJECT_PATH, INTERFACE, method, args, type,
                                 G_DBUS_CALL_FLAGS_NONE, timeout_msec, NULL, error);

  if (answer == NULL)
    g_dbus_error_strip_remote_error (*error);

  return answer;
}

GVariant *
driver_app_call_input (DriverApp           *self,
                       const char          *method,
                       GVariant            *args,
                       const GVariantType  *type,
                       GError             **error)
{
  GVariant *answer =
    g_dbus_connection_call_sync (self->connection, NULL, OBJECT_PATH, INPUT_INTERFACE, method, args,
                                 type, G_DBUS_CALL_FLAGS_NONE, SETTLE_TIMEOUT_MSEC, NULL, error);

  if (answer == NULL)
    g_dbus_error_strip_remote_error (*error);

  return answer;
}

static gboolean
call_for_window (DriverApp   *self,
                 const char  *method,
                 guint        window,
                 int          timeout_msec,
                 GError     **error)
{
  g_autoptr(GVariant) answer = call (self, method, g_variant_new ("(u)", window), NULL,
                                     timeout_msec, error);

  return answer != NULL;
}

guint
driver_app_wait_for_window (DriverApp  *self,
                            guint       timeout_msec,
                            GError    **error)
{
  g_autoptr(GVariant) answer = call (self, "WaitForWindow", NULL, G_VARIANT_TYPE ("(u)"),
                                     (int) timeout_msec, error);
  guint window = 0;

  if (answer != NULL)
    g_variant_get (answer, "(u)", &window);

  return window;
}

/* (transfer full): of guint */
GArray *
driver_app_list_windows (DriverApp  *self,
                         GError    **error)
{
  g_autoptr(GVariant) answer = call (self, "ListWindows", NULL, G_VARIANT_TYPE ("(au)"),
                                     CALL_TIMEOUT_MSEC, error);
  g_autoptr(GVariantIter) iter = NULL;
  GArray *windows = NULL;
  guint window;

  if (answer == NULL)
    return NULL;

  windows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_variant_get (answer, "(au)", &iter);
  while (g_variant_iter_next (iter, "u", &window))
    g_array_append_val (windows, window);
  return windows;
}

gboolean
driver_app_offer (DriverApp  *self,
                  guint       window,
                  GError    **error)
{
  return call_for_window (self, "Offer", window, CALL_TIMEOUT_MSEC, error);
}

gboolean
driver_app_activate (DriverApp  *self,
                     guint       window,
                     GError    **error)
{
  return call_for_window (self, "Activate", window, ACTIVATE_TIMEOUT_MSEC, error);
}

gboolean
driver_app_get_place (DriverApp    *self,
                      guint         window,
                      DriverPlace  *place,
                      GError      **error)
{
  g_autoptr(GVariant) answer = call (self, "GetPlace", g_variant_new ("(u)", window),
                                     G_VARIANT_TYPE ("((tiiiii))"), CALL_TIMEOUT_MSEC, error);
  guint64 id = 0;

  if (answer == NULL)
    return FALSE;

  g_variant_get (answer, "((tiiiii))", &id, &place->x, &place->y, &place->width, &place->height,
                 &place->scale);
  place->id = window;
  place->window = (gulong) id;
  return TRUE;
}

gboolean
driver_app_settle (DriverApp  *self,
                   guint       window,
                   guint       n_events,
                   guint       n_motions,
                   GError    **error)
{
  g_autoptr(GVariant) answer = call (self, "Settle",
                                     g_variant_new ("(uuu)", window, n_events, n_motions), NULL,
                                     SETTLE_TIMEOUT_MSEC, error);

  return answer != NULL;
}

char *
driver_app_get_clipboard (DriverApp  *self,
                          GError    **error)
{
  g_autoptr(GVariant) answer = call (self, "GetClipboard", NULL, G_VARIANT_TYPE ("(s)"),
                                     CALL_TIMEOUT_MSEC, error);
  char *text = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(s)", &text);

  return text;
}

gboolean
driver_app_set_clipboard (DriverApp   *self,
                          const char  *text,
                          GError     **error)
{
  g_autoptr(GVariant) answer = call (self, "SetClipboard", g_variant_new ("(s)", text), NULL,
                                     CALL_TIMEOUT_MSEC, error);

  return answer != NULL;
}

/* The names are those of mullion-automation.c. */
static DriverError
get_driver_error (const GError *error)
{
  static const struct
  {
    const char *name;
    DriverError code;
  } errors[] = {
    { INTERFACE ".InvalidArgument", DRIVER_ERROR_INVALID_ARGUMENT },
    { INTERFACE ".JavascriptError", DRIVER_ERROR_JAVASCRIPT },
    { INTERFACE ".Timeout", DRIVER_ERROR_TIMEOUT },
  };
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    if (g_strcmp0 (name, errors[i].name) == 0)
      return errors[i].code;

  return DRIVER_ERROR_UNKNOWN;
}

/* The app has limits of its own for what may take long, and answers when one is reached. */
JsonNode *
driver_app_ask (DriverApp   *self,
                guint        window,
                const char  *command,
                JsonNode    *args,
                GError     **error)
{
  g_autofree char *text = mullion_json_to_string (args);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GVariant) answer =
    g_dbus_connection_call_sync (self->connection, NULL, OBJECT_PATH, INTERFACE, "Ask",
                                 g_variant_new ("(uss)", window, command, text),
                                 G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL,
                                 &local_error);
  const char *value = NULL;

  if (answer == NULL)
    {
      DriverError code = get_driver_error (local_error);

      g_dbus_error_strip_remote_error (local_error);
      g_set_error_literal (error, DRIVER_ERROR, code, local_error->message);
      return NULL;
    }

  g_variant_get (answer, "(&s)", &value);
  return json_from_string (value, error);
}

char *
driver_app_take_log (DriverApp *self)
{
  return driver_process_take_log (self->process);
}

void
driver_app_kill (DriverApp *self,
                 int        signal_number)
{
  driver_process_kill (self->process, signal_number);
}

void
driver_app_take_along (DriverApp     *self,
                       DriverProcess *process)
{
  driver_process_take_along (self->process, process);
}

int
driver_app_get_pid (DriverApp *self)
{
  return driver_process_get_pid (self->process);
}

gboolean
driver_app_has_ended (DriverApp *self,
                      guint      patience_msec)
{
  return driver_process_has_ended (self->process, patience_msec);
}

/* -- The end -- */

void
driver_app_end (DriverApp *self)
{
  g_autoptr(GVariant) answer = NULL;

  if (self->process == NULL)
    return;

  if (self->connection != NULL && !driver_app_has_ended (self, 0))
    answer = g_dbus_connection_call_sync (self->connection, NULL, OBJECT_PATH, INTERFACE, "Quit",
                                          NULL, NULL, G_DBUS_CALL_FLAGS_NONE, QUIT_TIMEOUT_MSEC,
                                          NULL, NULL);
  driver_process_end (self->process, answer != NULL ? QUIT_TIMEOUT_MSEC : 0);
}
