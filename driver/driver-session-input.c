/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-session-private.h"

#include "driver-actions.h"
#include "driver-error.h"
#include "mullion-json-access.h"

#include <string.h>

/*
 * The commands of DriverSession that press keys and buttons. A script in the page says where an
 * element is, and the display's own pointer and keyboard do the rest. Where the display has none that
 * one can move, other scripts pretend to have: clicks and keys, which the page can tell from real
 * ones, and nothing else.
 */

#define SCRIPTS "/io/github/mullion/driver/"
/* The member that makes an object of JSON an element. */
#define ELEMENT "element-6066-11e4-a52e-4f735466cecf"

/* -- Scripts -- */

/* (transfer full) */
static char *
load_script (const char *name)
{
  g_autofree char *path = g_strconcat (SCRIPTS, name, NULL);
  g_autoptr(GBytes) frame = g_resources_lookup_data (SCRIPTS "frame.js", 0, NULL);
  g_autoptr(GBytes) script = g_resources_lookup_data (path, 0, NULL);

  return g_strdup_printf ("%.*s\n%.*s",
                          (int) g_bytes_get_size (frame),
                          (const char *) g_bytes_get_data (frame, NULL),
                          (int) g_bytes_get_size (script),
                          (const char *) g_bytes_get_data (script, NULL));
}

static const struct
{
  const char *name;
  DriverError code;
} refusals[] = {
  { "element click intercepted", DRIVER_ERROR_CLICK_INTERCEPTED },
  { "element not interactable", DRIVER_ERROR_NOT_INTERACTABLE },
  { "invalid argument", DRIVER_ERROR_INVALID_ARGUMENT },
  { "unsupported operation", DRIVER_ERROR_UNSUPPORTED },
};

static gboolean
is_refusal (JsonObject  *result,
            GError     **error)
{
  const char *name = mullion_json_get_string (result, "error");
  const char *message = mullion_json_get_string (result, "message");

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (refusals); i++)
    if (g_str_equal (refusals[i].name, name))
      {
        g_set_error (error, DRIVER_ERROR, (int) refusals[i].code, "%s",
                     message != NULL ? message : "");
        return TRUE;
      }

  return FALSE;
}

/* (transfer full): runs one of our scripts in the frame that is driven. What it refuses is an
 * @error; what WebKit's driver refuses is a @failure. @args: takes it. */
static JsonNode *
run_script (DriverSession  *self,
            const char     *name,
            JsonArray      *args,
            DriverAnswer  **failure,
            GError        **error)
{
  g_autoptr(JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonNode) value = NULL;
  g_autofree char *script = load_script (name);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "script", script);
  json_object_set_array_member (object, "args", args);
  json_node_take_object (body, object);
  value = driver_webkit_call (self->webkit, "POST", "/execute/sync", body, failure, error);
  if (value == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    {
      g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_UNKNOWN,
                   "The page has changed what scripts stand on");
      return NULL;
    }

  return is_refusal (json_node_get_object (value), error) ? NULL : g_steal_pointer (&value);
}

/* (transfer full) */
static JsonArray *
args_of_element (const char *id)
{
  JsonArray *args = json_array_new ();
  JsonObject *element = json_object_new ();

  json_object_set_string_member (element, ELEMENT, id);
  json_array_add_object_element (args, element);
  return args;
}

static double
get_number (JsonNode   *result,
            const char *member)
{
  return json_object_get_double_member_with_default (json_node_get_object (result), member, 0);
}

/* -- Helpers of all -- */

/* Input goes to the window that is driven from now on. */
static gboolean
begin_input (DriverSession  *self,
             double          css_width,
             GError        **error)
{
  guint window = driver_session_get_window (self, error);

  return window != 0 && driver_input_begin (self->input, window, css_width, error);
}

/* What WebKit's driver has refused goes to the client as it is. */
static DriverAnswer *
finish (gboolean       done,
        DriverAnswer **failure)
{
  if (*failure != NULL)
    return g_steal_pointer (failure);

  return done ? driver_answer_new (NULL) : NULL;
}

static gboolean
pretend (DriverSession  *self,
         const char     *script,
         JsonArray      *args,
         DriverAnswer  **failure,
         GError        **error)
{
  g_autoptr(JsonNode) result = run_script (self, script, args, failure, error);

  return result != NULL;
}

/* -- Element Click -- */

static gboolean
click_at (DriverSession  *self,
          JsonNode       *place,
          GError        **error)
{
  if (!begin_input (self, get_number (place, "width"), error) ||
      !driver_input_move (self->input, get_number (place, "x"), get_number (place, "y"), error))
    return FALSE;

  driver_input_press_button (self->input, DRIVER_BUTTON_LEFT, TRUE);
  driver_input_press_button (self->input, DRIVER_BUTTON_LEFT, FALSE);
  return driver_input_finish (self->input, error);
}

DriverAnswer *
driver_session_click (DriverSession        *self,
                      const DriverCommand  *command,
                      GError              **error)
{
  JsonArray *args = args_of_element (command->variables[0]);
  g_autoptr(DriverAnswer) failure = NULL;
  g_autoptr(JsonNode) place = NULL;
  gboolean done = FALSE;

  json_array_add_boolean_element (args, TRUE);
  place = run_script (self, "locate.js", args, &failure, error);
  if (place == NULL)
    done = FALSE;
  else if (json_object_has_member (json_node_get_object (place), "isChosen"))
    done = TRUE;
  else if (self->input != NULL)
    done = click_at (self, place, error);
  else
    done = pretend (self, "pretend-click.js", args_of_element (command->variables[0]), &failure,
                    error);

  return finish (done, &failure);
}

/* -- Element Send Keys -- */

static gboolean
type (DriverSession  *self,
      const char     *element,
      const char     *text,
      DriverAnswer  **failure,
      GError        **error)
{
  JsonArray *args;

  if (self->input != NULL)
    return begin_input (self, 0, error) && driver_input_type (self->input, text, error) &&
           driver_input_finish (self->input, error);

  args = args_of_element (element);
  json_array_add_string_element (args, text);
  return pretend (self, "pretend-keys.js", args, failure, error);
}

/* The app hears of them first, for the preload script to ask where they lie. It does not know those of
 * a page in a view. */
static void
tell_files (DriverSession *self,
            const char    *text)
{
  g_autoptr(JsonNode) args = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonNode) answer = NULL;
  JsonObject *object = json_object_new ();
  guint window = driver_session_get_window (self, NULL);

  json_object_set_string_member (object, "text", text);
  json_node_take_object (args, object);
  if (window != 0)
    answer = driver_app_ask (self->app, window, "POST files", args, NULL);
}

/* A file input gets its files from WebKit's driver, as no key could give them. */
static DriverAnswer *
type_or_forward (DriverSession        *self,
                 const DriverCommand  *command,
                 const char           *text,
                 GError              **error)
{
  JsonArray *args = args_of_element (command->variables[0]);
  g_autoptr(DriverAnswer) failure = NULL;
  g_autoptr(JsonNode) result = NULL;
  JsonObject *object = NULL;
  gboolean done;

  json_array_add_string_element (args, text);
  result = run_script (self, "focus.js", args, &failure, error);
  if (result == NULL)
    return finish (FALSE, &failure);

  object = json_node_get_object (result);
  if (json_object_has_member (object, "isFile"))
    {
      tell_files (self, text);
      return driver_session_forward (self, command, error);
    }

  done = json_object_has_member (object, "isSet") ||
         type (self, command->variables[0], text, &failure, error);
  return finish (done, &failure);
}

DriverAnswer *
driver_session_send_keys (DriverSession        *self,
                          const DriverCommand  *command,
                          GError              **error)
{
  const char *text = mullion_json_get_string (command->body, "text");

  if (text == NULL)
    {
      g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_INVALID_ARGUMENT, "text must be a string");
      return NULL;
    }

  return type_or_forward (self, command, text, error);
}

/* -- Actions -- */

typedef struct
{
  DriverSession *session;
  DriverAnswer **failure;
} Finder;

static gboolean
find_element (JsonNode  *element,
              double    *x,
              double    *y,
              gpointer   user_data,
              GError   **error)
{
  Finder *finder = user_data;
  JsonArray *args = json_array_new ();
  g_autoptr(JsonNode) place = NULL;

  json_array_add_element (args, json_node_copy (element));
  json_array_add_boolean_element (args, FALSE);
  place = run_script (finder->session, "locate.js", args, finder->failure, error);
  if (place == NULL)
    return FALSE;

  *x = get_number (place, "x");
  *y = get_number (place, "y");
  return TRUE;
}

DriverAnswer *
driver_session_perform_actions (DriverSession        *self,
                                const DriverCommand  *command,
                                GError              **error)
{
  g_autoptr(DriverActions) actions = driver_actions_read (command->body, error);
  g_autoptr(DriverAnswer) failure = NULL;
  g_autoptr(JsonNode) viewport = NULL;
  Finder finder = { self, &failure };
  gboolean done = FALSE;

  if (actions == NULL || !driver_session_check_input (self, error))
    return NULL;

  viewport = run_script (self, "viewport.js", json_array_new (), &failure, error);
  if (viewport != NULL && begin_input (self, get_number (viewport, "width"), error))
    done = driver_actions_perform (actions, self->input, get_number (viewport, "x"),
                                   get_number (viewport, "y"), find_element, &finder, error);
  return finish (done, &failure);
}

DriverAnswer *
driver_session_release_actions (DriverSession        *self,
                                const DriverCommand  *command,
                                GError              **error)
{
  if (!driver_session_check_input (self, error) || !driver_input_release_all (self->input, error) ||
      !driver_input_finish (self->input, error))
    return NULL;

  return driver_answer_new (NULL);
}
