/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-session-private.h"

#include "driver-error.h"
#include "mullion-json-access.h"

#include <signal.h>
#include <string.h>

/*
 * The commands of DriverSession that the standard does not have: a desktop app has a log, a
 * clipboard, messages, menus outside of its page, and can be killed and started anew.
 */

/* How long a test waits for a message if it does not say so. */
#define DEFAULT_TIMEOUT_MSEC 30000

static DriverAnswer *
answer_string (char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  g_free (text);
  return driver_answer_new (node);
}

DriverAnswer *
driver_session_take_log (DriverSession        *self,
                         const DriverCommand  *command,
                         GError              **error)
{
  return answer_string (driver_app_take_log (self->app));
}

/* -- Messages -- */

/* The app writes elsewhere when its environment says so. */
static gboolean
check_recording (DriverSession  *self,
                 GError        **error)
{
  if (!driver_recording_is_empty (self->recording))
    return TRUE;

  g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_UNSUPPORTED,
               "The app does not record its messages for the driver: MULLION_RECORD is set");
  return FALSE;
}

DriverAnswer *
driver_session_get_recording (DriverSession        *self,
                              const DriverCommand  *command,
                              GError              **error)
{
  char *text = check_recording (self, error) ? driver_recording_dup_text (self->recording, error)
                                             : NULL;

  return text != NULL ? answer_string (text) : NULL;
}

static gboolean
read_wish (JsonObject         *body,
           DriverMessageWish  *wish,
           GError            **error)
{
  wish->channel = mullion_json_get_string (body, "channel");
  wish->direction = mullion_json_get_string (body, "direction");
  if (wish->channel == NULL)
    g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_INVALID_ARGUMENT, "channel must be a string");
  else if (json_object_has_member (body, "direction") &&
           g_strcmp0 (wish->direction, "from-page") != 0 &&
           g_strcmp0 (wish->direction, "to-page") != 0)
    g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_INVALID_ARGUMENT,
                 "direction must be \"from-page\" or \"to-page\"");
  else
    return TRUE;

  return FALSE;
}

static gboolean
has_ended (gpointer self)
{
  return driver_session_has_ended (self, 0);
}

DriverAnswer *
driver_session_wait_for_message (DriverSession        *self,
                                 const DriverCommand  *command,
                                 GError              **error)
{
  gint64 timeout = mullion_json_get_int (command->body, "timeout", DEFAULT_TIMEOUT_MSEC);
  DriverMessageWish wish;
  JsonNode *message;

  if (!read_wish (command->body, &wish, error) || !check_recording (self, error))
    return NULL;

  message = driver_recording_wait (self->recording, &wish, (guint) CLAMP (timeout, 0, G_MAXINT),
                                   has_ended, self, error);
  return message != NULL ? driver_answer_new (message) : NULL;
}

/* -- The desktop -- */

DriverAnswer *
driver_session_take_picture (DriverSession        *self,
                             const DriverCommand  *command,
                             GError              **error)
{
  guint window = driver_session_get_window (self, error);
  g_autoptr(GBytes) png = NULL;

  if (window == 0 || !driver_session_check_input (self, error))
    return NULL;

  png = driver_input_take_picture (self->input, window, error);
  if (png == NULL)
    return NULL;

  return answer_string (g_base64_encode (g_bytes_get_data (png, NULL), g_bytes_get_size (png)));
}

DriverAnswer *
driver_session_get_clipboard (DriverSession        *self,
                              const DriverCommand  *command,
                              GError              **error)
{
  char *text = driver_app_get_clipboard (self->app, error);

  return text != NULL ? answer_string (text) : NULL;
}

DriverAnswer *
driver_session_set_clipboard (DriverSession        *self,
                              const DriverCommand  *command,
                              GError              **error)
{
  const char *text = mullion_json_get_string (command->body, "text");

  if (text == NULL)
    {
      g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_INVALID_ARGUMENT, "text must be a string");
      return NULL;
    }

  return driver_app_set_clipboard (self->app, text, error) ? driver_answer_new (NULL) : NULL;
}

/* The app does it. Its names have no prefix. */
DriverAnswer *
driver_session_ask (DriverSession        *self,
                    const DriverCommand  *command,
                    GError              **error)
{
  const char *prefix = g_str_has_prefix (command->path, "/mullion/") ? "/mullion/" : "/";
  const char *path = command->path + strlen (prefix);
  g_autofree char *name = g_strconcat (command->method, " ", path, NULL);
  g_autoptr(JsonNode) args = json_node_new (JSON_NODE_OBJECT);
  guint window = driver_session_get_window (self, error);
  JsonNode *answer;

  if (window == 0)
    return NULL;

  json_node_take_object (args, command->body != NULL ? json_object_ref (command->body)
                                                     : json_object_new ());
  answer = driver_app_ask (self->app, window, name, args, error);
  return answer != NULL ? driver_answer_new (answer) : NULL;
}

DriverAnswer *
driver_session_kill (DriverSession        *self,
                     const DriverCommand  *command,
                     GError              **error)
{
  gint64 otherwise = json_object_has_member (command->body, "signal") ? 0 : SIGKILL;
  gint64 number = mullion_json_get_int (command->body, "signal", otherwise);

  if (number < 1 || number >= NSIG)
    {
      g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_INVALID_ARGUMENT,
                   "signal must be the number of one");
      return NULL;
    }

  driver_app_kill (self->app, (int) number);
  return driver_answer_new (NULL);
}

DriverAnswer *
driver_session_restart (DriverSession        *self,
                        const DriverCommand  *command,
                        GError              **error)
{
  return driver_session_start_anew (self, error) ? driver_answer_new (NULL) : NULL;
}
