/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-session-private.h"

#include "driver-error.h"
#include "driver-port.h"
#include "driver-remote-desktop.h"
#include "driver-xtest.h"
#include "mullion-json-access.h"

#include <string.h>

/*
 * DriverSession: an app that was started for a test, and what drives it.
 *
 * A session is used by one thread, its own, and so each command of it may simply wait: it reads
 * from top to bottom. Commands that WebKit's driver knows go there unread.
 */

#define WINDOW_TIMEOUT_MSEC 20000

/* -- The beginning and the end -- */

static void
end_app (DriverSession *self)
{
  g_clear_object (&self->webkit);
  if (self->app != NULL)
    driver_app_end (self->app);
  g_clear_pointer (&self->input, driver_input_free);
  g_clear_error (&self->no_input);
  g_clear_object (&self->app);
  g_clear_pointer (&self->recording, driver_recording_free);
  g_clear_pointer (&self->capabilities, json_object_unref);
  g_hash_table_remove_all (self->windows);
}

void
driver_session_free (DriverSession *self)
{
  end_app (self);
  g_clear_pointer (&self->plan, driver_plan_free);
  g_clear_pointer (&self->windows, g_hash_table_unref);
  g_free (self->webkit_driver);
  g_free (self->id);
  g_free (self);
}

/* Every failure before the session is there has one name for the client. */
static void
make_not_created (GError **error)
{
  if ((*error)->domain == DRIVER_ERROR && (*error)->code == DRIVER_ERROR_INVALID_ARGUMENT)
    return;

  (*error)->domain = DRIVER_ERROR;
  (*error)->code = DRIVER_ERROR_SESSION_NOT_CREATED;
}

static guint
wait_for_window (DriverSession  *self,
                 GError        **error)
{
  guint window = driver_app_wait_for_window (self->app, WINDOW_TIMEOUT_MSEC, error);

  if (window != 0)
    return window;

  if (driver_app_has_ended (self->app, 0))
    g_prefix_error (error, "The app ended before it opened a window: ");
  else
    g_prefix_error (error, "The app opened no window: ");
  return 0;
}

/* WebKit's driver begins with a window that shows its page. */
static gboolean
begin_with_window (DriverSession  *self,
                   GError        **error)
{
  guint window = wait_for_window (self, error);

  /* The first frame takes longest, and no click is heard before it. */
  if (window == 0 || !driver_app_settle (self->app, window, 1, 1, error) ||
      !driver_app_offer (self->app, window, error))
    return FALSE;

  g_clear_pointer (&self->capabilities, json_object_unref);
  self->capabilities = driver_webkit_begin (self->webkit, self->plan->for_webkit, error);
  return self->capabilities != NULL;
}

static gboolean
launch (DriverSession  *self,
        GError        **error)
{
  guint inspector_port = driver_port_find_free (error);

  self->recording = inspector_port != 0 ? driver_recording_new (error) : NULL;
  if (self->recording == NULL)
    return FALSE;

  self->app = driver_app_launch ((const char * const *) self->plan->argv,
                                 (const char * const *) self->plan->environ, self->plan->folder,
                                 driver_recording_get_path (self->recording), inspector_port,
                                 error);
  if (self->app == NULL)
    return FALSE;

  self->webkit = driver_webkit_start (self->webkit_driver, inspector_port, error);
  if (self->webkit == NULL)
    return FALSE;
  driver_app_take_along (self->app, driver_webkit_get_process (self->webkit));

  return begin_with_window (self, error);
}

static void
describe_capabilities (DriverSession *self)
{
  json_object_set_string_member (self->capabilities, "browserName", "mullion");
  json_object_set_string_member (self->capabilities, "browserVersion", MULLION_VERSION);
  json_object_set_int_member (self->capabilities, "mullion:processId",
                              driver_app_get_pid (self->app));
  json_object_set_string_member (self->capabilities, "mullion:input",
                                 self->input != NULL ? driver_input_get_name (self->input)
                                                     : "script");
}

/* Looks at where the app shows its windows: there may be another display besides. */
static DriverInput *
open_input (DriverSession  *self,
            GError        **error)
{
  g_autoptr(GArray) windows = driver_app_list_windows (self->app, error);
  DriverDisplay *display;
  DriverPlace place = { 0 };

  if (windows == NULL ||
      (windows->len > 0 &&
       !driver_app_get_place (self->app, g_array_index (windows, guint, 0), &place, error)))
    return NULL;

  display = place.id != 0 && place.window == 0
              ? driver_remote_desktop_open (self->app, &place, error)
              : driver_xtest_open (g_getenv ("DISPLAY"), error);
  return display != NULL ? driver_input_new (self->app, display) : NULL;
}

/* An app that does not start leaves nothing of itself. */
static gboolean
start (DriverSession  *self,
       GError        **error)
{
  if (!launch (self, error))
    {
      make_not_created (error);
      end_app (self);
      return FALSE;
    }

  self->input = open_input (self, &self->no_input);
  describe_capabilities (self);
  return TRUE;
}

DriverSession *
driver_session_begin (DriverPlan  *plan,
                      const char  *webkit_driver,
                      GError     **error)
{
  g_autoptr(DriverSession) self = g_new0 (DriverSession, 1);

  self->id = g_uuid_string_random ();
  self->plan = plan;
  self->webkit_driver = g_strdup (webkit_driver);
  self->windows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return start (self, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
driver_session_start_anew (DriverSession  *self,
                           GError        **error)
{
  end_app (self);
  return start (self, error);
}

gboolean
driver_session_check_pages (DriverSession  *self,
                            GError        **error)
{
  g_autoptr(GError) failure = NULL;

  if (!driver_webkit_has_lost_session (self->webkit))
    return TRUE;

  g_hash_table_remove_all (self->windows);
  if (begin_with_window (self, &failure))
    g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_NO_SUCH_WINDOW,
                 "The web process of a page has died: windows have new handles, timeouts are as they "
                 "were at first");
  else
    g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_NO_SUCH_WINDOW,
                 "The web process of a page has died, and no page has come since: %s",
                 failure->message);
  return FALSE;
}

gboolean
driver_session_check_input (DriverSession  *self,
                            GError        **error)
{
  if (self->input != NULL)
    return TRUE;

  g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_UNSUPPORTED,
               "There is no display to press keys on: %s", self->no_input->message);
  return FALSE;
}

const char *
driver_session_get_id (DriverSession *self)
{
  return self->id;
}

gboolean
driver_session_has_ended (DriverSession *self,
                          guint          patience_msec)
{
  return self->app == NULL || driver_app_has_ended (self->app, patience_msec);
}

JsonNode *
driver_session_describe (DriverSession *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "sessionId", self->id);
  json_object_set_object_member (object, "capabilities", json_object_ref (self->capabilities));
  json_node_take_object (node, object);
  return node;
}

/* -- Commands that go to WebKit's driver -- */

DriverAnswer *
driver_session_forward (DriverSession        *self,
                        const DriverCommand  *command,
                        GError              **error)
{
  return driver_webkit_forward (self->webkit, command->method, command->path, command->bytes,
                                error);
}

/* (transfer full): a command of our own to WebKit's driver, whose answer must be text */
static char *
call_for_text (DriverSession  *self,
               const char     *method,
               const char     *path,
               JsonNode       *body,
               const char     *member,
               GError        **error)
{
  g_autoptr(DriverAnswer) failure = NULL;
  g_autoptr(JsonNode) value = driver_webkit_call (self->webkit, method, path, body, &failure,
                                                  error);

  if (failure != NULL)
    g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_NO_SUCH_WINDOW, "There is no window any more");
  if (value == NULL)
    return NULL;

  if (member == NULL && JSON_NODE_HOLDS_VALUE (value))
    return json_node_dup_string (value);
  if (member != NULL && JSON_NODE_HOLDS_OBJECT (value))
    return g_strdup (mullion_json_get_string (json_node_get_object (value), member));

  return NULL;
}

/* -- Windows -- */

/* WebKit's driver asks the app for a window when it is told to open one. The app offers one that it
 * has already, and so its handle becomes known. */
static char *
find_handle (DriverSession  *self,
             guint           window,
             GError        **error)
{
  g_autoptr(JsonNode) body = json_from_string ("{\"type\":\"window\"}", NULL);

  if (!driver_app_offer (self->app, window, error))
    return NULL;

  return call_for_text (self, "POST", "/window/new", body, "handle", error);
}

static gboolean
learn_windows (DriverSession  *self,
               GError        **error)
{
  g_autoptr(GArray) windows = driver_app_list_windows (self->app, error);

  g_hash_table_remove_all (self->windows);
  for (guint i = 0; windows != NULL && i < windows->len; i++)
    {
      guint window = g_array_index (windows, guint, i);
      char *handle = find_handle (self, window, error);

      if (handle == NULL)
        return FALSE;
      g_hash_table_insert (self->windows, handle, GUINT_TO_POINTER (window));
    }

  return windows != NULL;
}

guint
driver_session_get_window (DriverSession  *self,
                           GError        **error)
{
  g_autofree char *handle = call_for_text (self, "GET", "/window", NULL, NULL, error);
  guint window;

  if (handle == NULL)
    return 0;

  window = GPOINTER_TO_UINT (g_hash_table_lookup (self->windows, handle));
  if (window == 0 && learn_windows (self, error))
    window = GPOINTER_TO_UINT (g_hash_table_lookup (self->windows, handle));
  if (window == 0 && *error == NULL)
    g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_NO_SUCH_WINDOW, "The window is not the app's");
  return window;
}

/* WebKit's driver would wait for a page that nobody loads. */
DriverAnswer *
driver_session_navigate (DriverSession        *self,
                         const DriverCommand  *command,
                         GError              **error)
{
  const char *url = mullion_json_get_string (command->body, "url");

  if (url != NULL && g_uri_is_valid (url, G_URI_FLAGS_PARSE_RELAXED, NULL))
    return driver_session_forward (self, command, error);

  g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_INVALID_ARGUMENT, "url must be an absolute address");
  return NULL;
}

/* (nullable) */
static const char *
get_cookie_domain (JsonObject *body)
{
  JsonNode *cookie = json_object_get_member (body, "cookie");

  return cookie != NULL && JSON_NODE_HOLDS_OBJECT (cookie)
           ? mullion_json_get_string (json_node_get_object (cookie), "domain") : NULL;
}

static gboolean
is_domain_of (const char *domain,
              const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *name = *domain == '.' ? domain + 1 : domain;
  gssize rest = host != NULL ? (gssize) strlen (host) - (gssize) strlen (name) : -1;

  return rest >= 0 && *name != '\0' && g_ascii_strcasecmp (host + rest, name) == 0 &&
         (rest == 0 || host[rest - 1] == '.');
}

/* WebKit's driver takes a cookie for any host, and the standard only one for the page's. */
DriverAnswer *
driver_session_add_cookie (DriverSession        *self,
                           const DriverCommand  *command,
                           GError              **error)
{
  const char *domain = get_cookie_domain (command->body);
  g_autoptr(DriverAnswer) failure = NULL;
  g_autoptr(JsonNode) url = NULL;

  if (domain == NULL)
    return driver_session_forward (self, command, error);

  url = driver_webkit_call (self->webkit, "GET", "/url", NULL, &failure, error);
  if (url == NULL)
    return g_steal_pointer (&failure);
  if (JSON_NODE_HOLDS_VALUE (url) && is_domain_of (domain, json_node_get_string (url)))
    return driver_session_forward (self, command, error);

  g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_INVALID_COOKIE_DOMAIN,
               "The page is not of the domain %s", domain);
  return NULL;
}

DriverAnswer *
driver_session_new_window (DriverSession        *self,
                           const DriverCommand  *command,
                           GError              **error)
{
  g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_UNSUPPORTED,
               "The app decides which windows there are");
  return NULL;
}
