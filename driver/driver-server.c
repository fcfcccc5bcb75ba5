/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-server.h"

#include "driver-answer.h"
#include "driver-commands.h"
#include "driver-error.h"
#include "driver-plan.h"
#include "driver-session.h"
#include "driver-worker.h"
#include "mullion-json-reader.h"

#include <libsoup/soup.h>
#include <string.h>

/*
 * DriverServer: the HTTP side of the driver: https://www.w3.org/TR/webdriver2/#protocol
 *
 * Who may send commands here may run programs. So it listens on the loopback interface alone, and
 * a web page that a user happens to have open gets nothing: a browser's requests name their
 * origin, and a host that is not this one when somebody's name server was made to lie.
 */

#define LARGEST_BODY (64 * 1024 * 1024)
#define END_PATIENCE_MSEC 100

struct _DriverServer
{
  GObject parent_instance;

  SoupServer *http;
  char *launcher;
  char *webkit_driver;
  GHashTable *entries; /* id of a session, which is its Entry's → (owned) Entry */
};

G_DEFINE_FINAL_TYPE (DriverServer, driver_server, G_TYPE_OBJECT)

/* A session and its thread, which alone touches the session. It is there as long as somebody is on
 * the way to it or from it, and as long as the server lists it. */
typedef struct
{
  DriverWorker *worker;
  DriverSession *session; /* (nullable) before it has begun, and when it has ended */
  char *id;               /* (nullable) before it is listed */
} Entry;

/* A request, on its way to the thread of its session and back. */
typedef struct
{
  DriverServer *server; /* owned */
  SoupServerMessage *message; /* owned */
  char *path; /* after the session's id */
  GBytes *bytes; /* (nullable) */
  Entry *entry; /* owned */
  DriverAnswer *answer; /* (nullable) till it is run */
  gboolean has_begun; /* the session of the entry, with this */
  gboolean has_ended;
} Job;

/* -- Answers -- */

static void
respond (SoupServerMessage  *message,
         const DriverAnswer *answer)
{
  gsize size = 0;
  const char *body = g_bytes_get_data (answer->body, &size);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, answer->status, NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-cache");
  soup_server_message_set_response (message, "application/json; charset=utf-8", SOUP_MEMORY_COPY,
                                    body, size);
}

static void
respond_value (SoupServerMessage *message,
               JsonNode          *value)
{
  g_autoptr(DriverAnswer) answer = driver_answer_new (value);

  respond (message, answer);
}

static void
respond_error (SoupServerMessage *message,
               const GError      *error)
{
  g_autoptr(DriverAnswer) answer = driver_answer_new_error (error);

  respond (message, answer);
}

static void
respond_failure (SoupServerMessage *message,
                 DriverError        code,
                 const char        *text)
{
  g_autoptr(GError) error = g_error_new_literal (DRIVER_ERROR, (int) code, text);

  respond_error (message, error);
}

/* -- Jobs -- */

/* Nobody is on the way to its thread any more. */
static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  driver_worker_free (entry->worker);
  g_free (entry->id);
}

static void
unref_entry (gpointer data)
{
  g_rc_box_release_full (data, clear_entry);
}

/* In the thread of the session. */
static void
end_session (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->session, driver_session_free);
}

static void
free_job (Job *job)
{
  g_clear_pointer (&job->answer, driver_answer_free);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_object_unref (job->message);
  g_object_unref (job->server);
  unref_entry (job->entry);
  g_free (job->path);
  g_free (job);
}

/* Back in the main loop. */
static gboolean
finish_job_cb (gpointer data)
{
  Job *job = data;
  Entry *entry = job->entry;

  if (job->has_begun)
    g_hash_table_insert (job->server->entries, entry->id, g_rc_box_acquire (entry));
  if (job->has_ended)
    g_hash_table_remove (job->server->entries, entry->id);

  respond (job->message, job->answer);
  soup_server_message_unpause (job->message);
  free_job (job);
  return G_SOURCE_REMOVE;
}

static void
return_job (Job          *job,
            DriverAnswer *answer,
            GError       *error)
{
  job->answer = answer != NULL ? answer : driver_answer_new_error (error);
  g_idle_add_full (G_PRIORITY_DEFAULT, finish_job_cb, job, NULL);
}

static JsonNode *
read_body (GBytes  *bytes,
           GError **error)
{
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  g_autoptr(GError) reason = NULL;
  JsonNode *node = mullion_json_read (text != NULL ? text : "", length, MULLION_JSON_MAX_DEPTH,
                                      &reason);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return node;

  g_clear_pointer (&node, json_node_unref);
  g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_INVALID_ARGUMENT,
               "The body of a command must be a JSON object%s%s", reason != NULL ? ": " : "",
               reason != NULL ? reason->message : "");
  return NULL;
}

/* -- New Session -- */

static DriverAnswer *
begin_session (Job     *job,
               GError **error)
{
  g_autoptr(JsonNode) body = read_body (job->bytes, error);
  g_autoptr(DriverPlan) plan = NULL;

  if (body != NULL)
    plan = driver_plan_read (json_node_get_object (body), job->server->launcher, error);
  if (plan != NULL)
    job->entry->session = driver_session_begin (g_steal_pointer (&plan),
                                                job->server->webkit_driver, error);
  if (job->entry->session == NULL)
    return NULL;

  job->entry->id = g_strdup (driver_session_get_id (job->entry->session));
  job->has_begun = TRUE;
  return driver_answer_new (driver_session_describe (job->entry->session));
}

static void
begin_session_work (gpointer data)
{
  Job *job = data;
  g_autoptr(GError) error = NULL;
  DriverAnswer *answer = begin_session (job, &error);

  return_job (job, answer, error);
}

/* -- A command of a session -- */

static DriverAnswer *
run_command (Job     *job,
             GError **error)
{
  const char *method = soup_server_message_get_method (job->message);
  g_auto(GStrv) variables = NULL;
  DriverRun run = driver_commands_find (method, job->path, &variables, error);
  g_autoptr(JsonNode) body = NULL;
  DriverCommand command = { method, job->path, variables, job->bytes, NULL };

  if (run == NULL)
    return NULL;

  if (g_str_equal (method, "POST"))
    {
      body = read_body (job->bytes, error);
      if (body == NULL)
        return NULL;
      command.body = json_node_get_object (body);
    }

  return run (job->entry->session, &command, error);
}

/* WebKit's driver sees its connection end before the last thread of the app is gone, and knows only
 * that something went wrong. */
static gboolean
has_ended (DriverSession      *session,
           const DriverAnswer *answer)
{
  if (session == NULL)
    return TRUE;
  if (answer != NULL && answer->status < 500)
    return FALSE;

  return driver_session_has_ended (session, END_PATIENCE_MSEC);
}

/* A command may find that its session has ended while it waited for its turn, or end with it. */
static void
run_command_work (gpointer data)
{
  Job *job = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) lost = NULL;
  DriverAnswer *answer = job->entry->session != NULL ? run_command (job, &error) : NULL;

  if (has_ended (job->entry->session, answer))
    {
      g_clear_pointer (&answer, driver_answer_free);
      g_clear_error (&error);
      g_set_error (&error, DRIVER_ERROR, DRIVER_ERROR_INVALID_SESSION, "The app has ended");
      end_session (job->entry);
      job->has_ended = TRUE;
    }
  else if (!driver_session_check_pages (job->entry->session, &lost))
    {
      g_clear_pointer (&answer, driver_answer_free);
      g_clear_error (&error);
      error = g_steal_pointer (&lost);
    }
  return_job (job, answer, error);
}

static void
end_command_work (gpointer data)
{
  Job *job = data;

  end_session (job->entry);
  job->has_ended = TRUE;
  return_job (job, driver_answer_new (NULL), NULL);
}

/* -- Requests -- */

static Job *
new_job (DriverServer      *self,
         SoupServerMessage *message,
         const char        *path,
         Entry             *entry)
{
  Job *job = g_new0 (Job, 1);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  job->server = g_object_ref (self);
  job->message = g_object_ref (message);
  job->path = g_strdup (path);
  job->bytes = body->length > 0 ? soup_message_body_flatten (body) : NULL;
  job->entry = g_rc_box_acquire (entry);
  soup_server_message_pause (message);
  return job;
}

static void
handle_status (SoupServerMessage *message)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "ready", TRUE);
  json_object_set_string_member (object, "message", "mullion-driver " MULLION_VERSION);
  json_node_take_object (node, object);
  respond_value (message, node);
}

static void
handle_new_session (DriverServer      *self,
                    SoupServerMessage *message)
{
  Entry *entry = g_rc_box_new0 (Entry);

  entry->worker = driver_worker_new ();
  driver_worker_push (entry->worker, begin_session_work, new_job (self, message, "", entry));
  unref_entry (entry);
}

/* @rest: the id of a session, and what follows it */
static void
handle_session (DriverServer      *self,
                SoupServerMessage *message,
                const char        *rest)
{
  const char *path = rest + strcspn (rest, "/");
  g_autofree char *id = g_strndup (rest, path - rest);
  const char *method = soup_server_message_get_method (message);
  Entry *entry = g_hash_table_lookup (self->entries, id);

  if (entry == NULL)
    respond_failure (message, DRIVER_ERROR_INVALID_SESSION, "There is no such session");
  else if (*path == '\0' && !g_str_equal (method, "DELETE"))
    respond_failure (message, DRIVER_ERROR_UNKNOWN_METHOD, "A session can only be deleted");
  else
    driver_worker_push (entry->worker, *path == '\0' ? end_command_work : run_command_work,
                        new_job (self, message, path, entry));
}

static gboolean
is_loopback_name (const char *host)
{
  static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *port = host + strlen (names[i]);

      if (g_ascii_strncasecmp (host, names[i], strlen (names[i])) == 0 &&
          (*port == '\0' || *port == ':'))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_allowed (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *host = soup_message_headers_get_one (headers, "Host");

  return host != NULL && is_loopback_name (host)
         && soup_message_headers_get_one (headers, "Origin") == NULL;
}

static void
handle (DriverServer      *self,
        SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  const char *method = soup_server_message_get_method (message);

  if (g_str_equal (path, "/status") && g_str_equal (method, "GET"))
    handle_status (message);
  else if (g_str_equal (path, "/session") && g_str_equal (method, "POST"))
    handle_new_session (self, message);
  else if (g_str_equal (path, "/status") || g_str_equal (path, "/session"))
    respond_failure (message, DRIVER_ERROR_UNKNOWN_METHOD, "There is no such command");
  else if (g_str_has_prefix (path, "/session/"))
    handle_session (self, message, path + strlen ("/session/"));
  else
    respond_failure (message, DRIVER_ERROR_UNKNOWN_COMMAND, "There is no such command");
}

static void
handle_cb (SoupServer        *http,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (!is_allowed (message))
    soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
  else if (body->length > LARGEST_BODY)
    soup_server_message_set_status (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, NULL);
  else
    handle (user_data, message);
}

/* -- The server -- */

static void
driver_server_finalize (GObject *object)
{
  DriverServer *self = DRIVER_SERVER (object);

  g_clear_object (&self->http);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_free (self->launcher);
  g_free (self->webkit_driver);

  G_OBJECT_CLASS (driver_server_parent_class)->finalize (object);
}

static void
driver_server_class_init (DriverServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = driver_server_finalize;
}

static void
driver_server_init (DriverServer *self)
{
  self->http = soup_server_new ("server-header", "mullion-driver ", NULL);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unref_entry);
  soup_server_add_handler (self->http, NULL, handle_cb, self, NULL);
}

DriverServer *
driver_server_new (const char *launcher,
                   const char *webkit_driver)
{
  DriverServer *self = g_object_new (DRIVER_TYPE_SERVER, NULL);

  self->launcher = g_strdup (launcher);
  self->webkit_driver = g_strdup (webkit_driver);
  return self;
}

guint
driver_server_listen (DriverServer  *self,
                      guint          port,
                      GError       **error)
{
  GSList *uris;
  guint chosen;

  if (!soup_server_listen_local (self->http, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return 0;

  uris = soup_server_get_uris (self->http);
  chosen = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return chosen;
}

void
driver_server_stop (DriverServer *self)
{
  GHashTableIter iter;
  gpointer entry;

  soup_server_disconnect (self->http);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    driver_worker_push (((Entry *) entry)->worker, end_session, entry);
  g_hash_table_remove_all (self->entries);
}
