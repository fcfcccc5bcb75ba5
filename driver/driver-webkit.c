/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-webkit.h"

#include "driver-error.h"
#include "driver-port.h"
#include "driver-process.h"
#include "mullion-json-access.h"
#include "mullion-json-reader.h"
#include "mullion-json-writer.h"

#include <libsoup/soup.h>

/*
 * DriverWebKit: WebKit's own driver, which knows what is in a page: elements, scripts, cookies,
 * alerts and frames. It cannot press a key or a button in GTK 4; that is what ours is for.
 *
 * It drives one app at a time, so each session has one of its own. Used by one thread.
 */

#define START_TIMEOUT_MSEC 5000

struct _DriverWebKit
{
  GObject parent_instance;

  DriverProcess *process;
  SoupSession *http;
  guint port;
  char *session; /* (nullable) before it has begun */
  gboolean has_lost_session;
};

G_DEFINE_FINAL_TYPE (DriverWebKit, driver_webkit, G_TYPE_OBJECT)

static void
driver_webkit_finalize (GObject *object)
{
  DriverWebKit *self = DRIVER_WEBKIT (object);

  g_clear_object (&self->http);
  g_clear_pointer (&self->process, driver_process_free);
  g_free (self->session);

  G_OBJECT_CLASS (driver_webkit_parent_class)->finalize (object);
}

static void
driver_webkit_class_init (DriverWebKitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = driver_webkit_finalize;
}

static void
driver_webkit_init (DriverWebKit *self)
{
}

DriverWebKit *
driver_webkit_start (const char  *program,
                     guint        inspector_port,
                     GError     **error)
{
  g_autoptr(DriverWebKit) self = g_object_new (DRIVER_TYPE_WEBKIT, NULL);
  g_autofree char *port = NULL;
  g_autofree char *target = g_strdup_printf ("127.0.0.1:%u", inspector_port);
  g_auto(GStrv) environment = g_get_environ ();
  const char *const *argv;

  self->port = driver_port_find_free (error);
  if (self->port == 0)
    return NULL;

  port = g_strdup_printf ("%u", self->port);
  argv = (const char *[]) { program, "-p", port, "-t", target, NULL };
  self->process = driver_process_spawn (argv, (const char * const *) environment, NULL, -1, -1,
                                        error);
  if (self->process == NULL || !driver_port_wait_for (self->port, START_TIMEOUT_MSEC, error))
    return NULL;

  /* A script of a test may run for as long as it likes, so nothing here has a time limit. */
  self->http = soup_session_new_with_options ("timeout", 0, NULL);
  return g_steal_pointer (&self);
}

DriverProcess *
driver_webkit_get_process (DriverWebKit *self)
{
  return self->process;
}

/* -- Talking to it -- */

static DriverAnswer *
request (DriverWebKit  *self,
         const char    *method,
         const char    *path,
         GBytes        *body,
         GError       **error)
{
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
  g_autoptr(SoupMessage) message = soup_message_new (method, uri);
  GBytes *answer;

  if (message == NULL)
    {
      g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_UNKNOWN_COMMAND, "There is no %s", path);
      return NULL;
    }

  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  answer = soup_session_send_and_read (self->http, message, NULL, error);
  if (answer == NULL)
    return NULL;

  return driver_answer_new_forwarded (soup_message_get_status (message), answer);
}

static gboolean
is_failure (const DriverAnswer *answer,
            const char         *name)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (answer->body, &length);
  g_autoptr(JsonNode) node = NULL;
  JsonNode *value;

  if (answer->status < 400)
    return FALSE;

  node = mullion_json_read (text, length, MULLION_JSON_MAX_DEPTH, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  value = json_object_get_member (json_node_get_object (node), "value");
  return value != NULL && JSON_NODE_HOLDS_OBJECT (value) &&
         g_strcmp0 (mullion_json_get_string (json_node_get_object (value), "error"), name) == 0;
}

DriverAnswer *
driver_webkit_forward (DriverWebKit  *self,
                       const char    *method,
                       const char    *path,
                       GBytes        *body,
                       GError       **error)
{
  g_autofree char *full = g_strconcat ("/session/", self->session, path, NULL);
  DriverAnswer *answer = request (self, method, full, body, error);

  if (answer != NULL && is_failure (answer, "invalid session id"))
    self->has_lost_session = TRUE;
  return answer;
}

gboolean
driver_webkit_has_lost_session (DriverWebKit *self)
{
  return self->has_lost_session;
}

/* (transfer full) (nullable): the member `value`; @failure takes an answer that is an error */
static JsonNode *
read_value (DriverAnswer  *answer,
            DriverAnswer **failure,
            GError       **error)
{
  g_autoptr(DriverAnswer) owned = answer;
  gsize length = 0;
  const char *text = g_bytes_get_data (answer->body, &length);
  g_autoptr(JsonNode) node = NULL;

  if (answer->status >= 400)
    {
      *failure = g_steal_pointer (&owned);
      return NULL;
    }

  node = mullion_json_read (text, length, MULLION_JSON_MAX_DEPTH, error);
  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node) ||
      !json_object_has_member (json_node_get_object (node), "value"))
    {
      g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_UNKNOWN, "WebKit's driver answers nonsense");
      return NULL;
    }

  return json_object_dup_member (json_node_get_object (node), "value");
}

static GBytes *
write_json (JsonNode *node)
{
  char *text;

  if (node == NULL)
    return NULL;

  text = mullion_json_to_string (node);
  return g_bytes_new_take (text, strlen (text));
}

JsonNode *
driver_webkit_call (DriverWebKit  *self,
                    const char    *method,
                    const char    *path,
                    JsonNode      *body,
                    DriverAnswer **failure,
                    GError       **error)
{
  g_autoptr(GBytes) bytes = write_json (body);
  DriverAnswer *answer = driver_webkit_forward (self, method, path, bytes, error);

  return answer != NULL ? read_value (answer, failure, error) : NULL;
}

/* -- Its session -- */

/* (transfer full): { capabilities: { alwaysMatch: @capabilities } } */
static GBytes *
wrap_capabilities (JsonObject *capabilities)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *body = json_object_new ();
  JsonObject *wrapped = json_object_new ();

  json_object_set_object_member (wrapped, "alwaysMatch", json_object_ref (capabilities));
  json_object_set_object_member (body, "capabilities", wrapped);
  json_node_take_object (node, body);
  return write_json (node);
}

static void
set_refused (DriverAnswer  *failure,
             GError       **error)
{
  g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_SESSION_NOT_CREATED,
               "WebKit's driver refused the session: %.*s",
               (int) MIN (g_bytes_get_size (failure->body), 500),
               (const char *) g_bytes_get_data (failure->body, NULL));
}

JsonObject *
driver_webkit_begin (DriverWebKit  *self,
                     JsonObject    *capabilities,
                     GError       **error)
{
  g_autoptr(GBytes) body = wrap_capabilities (capabilities);
  DriverAnswer *answer = request (self, "POST", "/session", body, error);
  g_autoptr(DriverAnswer) failure = NULL;
  g_autoptr(JsonNode) value = answer != NULL ? read_value (answer, &failure, error) : NULL;
  JsonNode *given = NULL;

  if (failure != NULL)
    set_refused (failure, error);
  if (value == NULL)
    return NULL;

  if (JSON_NODE_HOLDS_OBJECT (value))
    {
      JsonObject *object = json_node_get_object (value);

      g_free (self->session);
      self->session = g_strdup (mullion_json_get_string (object, "sessionId"));
      given = json_object_get_member (object, "capabilities");
    }

  if (self->session == NULL || given == NULL || !JSON_NODE_HOLDS_OBJECT (given))
    {
      g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_SESSION_NOT_CREATED,
                   "WebKit's driver answers nonsense");
      return NULL;
    }

  self->has_lost_session = FALSE;
  return json_object_ref (json_node_get_object (given));
}
