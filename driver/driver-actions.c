/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-actions.h"

#include "driver-error.h"
#include "mullion-json-access.h"

/*
 * DriverActions: what several input sources do, tick by tick:
 * https://www.w3.org/TR/webdriver2/#actions
 *
 * In one tick each source does one thing, and the tick lasts as long as the longest of them.
 * There is one pointer on a display, so all pointers of a test are that.
 */

#define STEP_USEC (10 * G_TIME_SPAN_MILLISECOND)
#define LONGEST_PAUSE_MSEC (60 * 1000)

typedef enum
{
  ACTION_PAUSE,
  ACTION_KEY_DOWN,
  ACTION_KEY_UP,
  ACTION_POINTER_DOWN,
  ACTION_POINTER_UP,
  ACTION_POINTER_MOVE,
  ACTION_SCROLL,
} ActionKind;

typedef enum
{
  ORIGIN_VIEWPORT,
  ORIGIN_POINTER,
  ORIGIN_ELEMENT,
} Origin;

typedef struct
{
  ActionKind kind;
  gint64 duration_msec;
  gunichar key;
  DriverButton button;
  Origin origin;
  JsonNode *element; /* (nullable) (owned) */
  double x;
  double y;
  gint64 delta_x;
  gint64 delta_y;
} Action;

struct _DriverActions
{
  GPtrArray *sources; /* of GPtrArray of Action */
  guint n_ticks;
};

static void
free_action (gpointer data)
{
  Action *action = data;

  g_clear_pointer (&action->element, json_node_unref);
  g_free (action);
}

static void
free_source (gpointer data)
{
  g_ptr_array_unref (data);
}

void
driver_actions_free (DriverActions *self)
{
  g_ptr_array_unref (self->sources);
  g_free (self);
}

/* -- Reading -- */

static gboolean
set_invalid (GError     **error,
             const char  *what)
{
  g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_INVALID_ARGUMENT, "%s", what);
  return FALSE;
}

static const struct
{
  const char *source;
  const char *type;
  ActionKind kind;
} kinds[] = {
  { "none", "pause", ACTION_PAUSE },
  { "key", "pause", ACTION_PAUSE },
  { "key", "keyDown", ACTION_KEY_DOWN },
  { "key", "keyUp", ACTION_KEY_UP },
  { "pointer", "pause", ACTION_PAUSE },
  { "pointer", "pointerDown", ACTION_POINTER_DOWN },
  { "pointer", "pointerUp", ACTION_POINTER_UP },
  { "pointer", "pointerMove", ACTION_POINTER_MOVE },
  { "wheel", "pause", ACTION_PAUSE },
  { "wheel", "scroll", ACTION_SCROLL },
};

static gboolean
read_kind (const char  *source,
           const char  *type,
           ActionKind  *kind,
           GError     **error)
{
  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].source, source) && g_str_equal (kinds[i].type, type))
      {
        *kind = kinds[i].kind;
        return TRUE;
      }

  return set_invalid (error, "An action has a type that its source does not have");
}

static gboolean
read_duration (Action      *action,
               JsonObject  *object,
               GError     **error)
{
  gint64 otherwise = json_object_has_member (object, "duration") ? -1 : 0;

  action->duration_msec = mullion_json_get_int (object, "duration", otherwise);
  if (action->duration_msec < 0 || action->duration_msec > LONGEST_PAUSE_MSEC)
    return set_invalid (error, "A duration must be a number of milliseconds up to 60000");

  return TRUE;
}

static gboolean
read_key (Action      *action,
          JsonObject  *object,
          GError     **error)
{
  const char *value = mullion_json_get_string (object, "value");

  if (value == NULL || g_utf8_strlen (value, -1) != 1)
    return set_invalid (error, "The value of a key action must be one character");

  action->key = g_utf8_get_char (value);
  return TRUE;
}

static gboolean
read_button (Action      *action,
             JsonObject  *object,
             GError     **error)
{
  gint64 button = mullion_json_get_int (object, "button", -1);

  if (button < DRIVER_BUTTON_LEFT || button > DRIVER_BUTTON_FORWARD)
    return set_invalid (error, "The button of a pointer action must be a number from 0 to 4");

  action->button = (DriverButton) button;
  return TRUE;
}

static gboolean
read_number (JsonObject  *object,
             const char  *member,
             double      *number)
{
  JsonNode *node = json_object_get_member (object, member);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                                            : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;

  *number = json_node_get_double (node);
  return TRUE;
}

static gboolean
read_origin (Action      *action,
             JsonObject  *object,
             GError     **error)
{
  const char *name = mullion_json_get_string (object, "origin");
  JsonNode *node = json_object_get_member (object, "origin");

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      action->origin = ORIGIN_ELEMENT;
      action->element = json_node_copy (node);
    }
  else if (node == NULL || g_strcmp0 (name, "viewport") == 0)
    action->origin = ORIGIN_VIEWPORT;
  else if (g_strcmp0 (name, "pointer") == 0)
    action->origin = ORIGIN_POINTER;
  else
    return set_invalid (error, "An origin must be “viewport”, “pointer” or an element");

  if (!read_number (object, "x", &action->x) || !read_number (object, "y", &action->y))
    return set_invalid (error, "x and y must be numbers");
  return TRUE;
}

static gboolean
read_scroll (Action      *action,
             JsonObject  *object,
             GError     **error)
{
  double x = 0;
  double y = 0;

  if (!read_origin (action, object, error))
    return FALSE;
  if (action->origin == ORIGIN_POINTER)
    return set_invalid (error, "The origin of a scroll cannot be “pointer”");
  if (!read_number (object, "deltaX", &x) || !read_number (object, "deltaY", &y) ||
      ABS (x) > G_MAXINT16 || ABS (y) > G_MAXINT16)
    return set_invalid (error, "deltaX and deltaY must be numbers up to 32767");

  action->delta_x = (gint64) x;
  action->delta_y = (gint64) y;
  return TRUE;
}

static gboolean
read_rest (Action      *action,
           JsonObject  *object,
           GError     **error)
{
  switch (action->kind)
    {
    case ACTION_KEY_DOWN:
    case ACTION_KEY_UP:
      return read_key (action, object, error);
    case ACTION_POINTER_DOWN:
    case ACTION_POINTER_UP:
      return read_button (action, object, error);
    case ACTION_POINTER_MOVE:
      return read_duration (action, object, error) && read_origin (action, object, error);
    case ACTION_SCROLL:
      return read_duration (action, object, error) && read_scroll (action, object, error);
    case ACTION_PAUSE:
    default:
      return read_duration (action, object, error);
    }
}

static Action *
read_action (const char  *source,
             JsonNode    *node,
             GError     **error)
{
  Action *action = g_new0 (Action, 1);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    set_invalid (error, "An action must be an object");
  else if (read_kind (source, mullion_json_get_string (object, "type"), &action->kind, error) &&
           read_rest (action, object, error))
    return action;

  free_action (action);
  return NULL;
}

static gboolean
check_source (JsonObject  *object,
              const char  *type,
              GError     **error)
{
  JsonNode *node = json_object_get_member (object, "parameters");
  const char *pointer = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                        ? mullion_json_get_string (json_node_get_object (node), "pointerType")
                        : NULL;

  if (type == NULL || mullion_json_get_string (object, "id") == NULL)
    return set_invalid (error, "An input source must have a type and an id");

  if (g_str_equal (type, "pointer") && pointer != NULL && !g_str_equal (pointer, "mouse"))
    {
      g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_UNSUPPORTED,
                   "The only pointer here is a mouse, and no “%s”", pointer);
      return FALSE;
    }

  return TRUE;
}

static GPtrArray *
read_source (JsonNode  *node,
             GError   **error)
{
  g_autoptr(GPtrArray) actions = g_ptr_array_new_with_free_func (free_action);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = object != NULL ? mullion_json_get_string (object, "type") : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, "actions") : NULL;
  JsonArray *array = NULL;

  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    {
      set_invalid (error, "An input source must have a list of actions");
      return NULL;
    }
  if (!check_source (object, type, error))
    return NULL;

  array = json_node_get_array (list);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      Action *action = read_action (type, json_array_get_element (array, i), error);

      if (action == NULL)
        return NULL;
      g_ptr_array_add (actions, action);
    }

  return g_steal_pointer (&actions);
}

DriverActions *
driver_actions_read (JsonObject  *body,
                     GError     **error)
{
  g_autoptr(DriverActions) self = g_new0 (DriverActions, 1);
  JsonNode *list = json_object_get_member (body, "actions");
  JsonArray *array = NULL;

  self->sources = g_ptr_array_new_with_free_func (free_source);
  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    {
      set_invalid (error, "There must be a list of actions");
      return NULL;
    }

  array = json_node_get_array (list);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      GPtrArray *source = read_source (json_array_get_element (array, i), error);

      if (source == NULL)
        return NULL;
      g_ptr_array_add (self->sources, source);
      self->n_ticks = MAX (self->n_ticks, source->len);
    }

  return g_steal_pointer (&self);
}

/* -- Doing -- */

typedef struct
{
  DriverInput *input;
  double x;
  double y;
  DriverFindElement find_element;
  gpointer user_data;
} Performance;

static gboolean
find_target (const Performance  *performance,
             const Action       *action,
             double             *x,
             double             *y,
             GError            **error)
{
  switch (action->origin)
    {
    case ORIGIN_POINTER:
      driver_input_get_pointer (performance->input, x, y);
      break;
    case ORIGIN_ELEMENT:
      if (!performance->find_element (action->element, x, y, performance->user_data, error))
        return FALSE;
      break;
    case ORIGIN_VIEWPORT:
    default:
      *x = performance->x;
      *y = performance->y;
      break;
    }

  *x += action->x;
  *y += action->y;
  return TRUE;
}

/* A move that takes time goes through the places between, as a hand does. */
static gboolean
move (const Performance  *performance,
      const Action       *action,
      GError            **error)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 duration = action->duration_msec * G_TIME_SPAN_MILLISECOND;
  double from_x = 0;
  double from_y = 0;
  double to_x = 0;
  double to_y = 0;

  if (!find_target (performance, action, &to_x, &to_y, error))
    return FALSE;

  driver_input_get_pointer (performance->input, &from_x, &from_y);
  for (gint64 passed = 0; passed < duration; passed = g_get_monotonic_time () - begin)
    {
      double part = (double) passed / (double) duration;

      if (!driver_input_move (performance->input, from_x + (to_x - from_x) * part,
                              from_y + (to_y - from_y) * part, error))
        return FALSE;
      if (!driver_input_finish (performance->input, error))
        return FALSE;
      g_usleep (STEP_USEC);
    }

  return driver_input_move (performance->input, to_x, to_y, error);
}

static gboolean
scroll (const Performance  *performance,
        const Action       *action,
        GError            **error)
{
  double x = 0;
  double y = 0;

  if (!find_target (performance, action, &x, &y, error) ||
      !driver_input_move (performance->input, x, y, error))
    return FALSE;

  driver_input_scroll (performance->input, (int) action->delta_x, (int) action->delta_y);
  return TRUE;
}

static gboolean
act (const Performance  *performance,
     const Action       *action,
     GError            **error)
{
  switch (action->kind)
    {
    case ACTION_KEY_DOWN:
    case ACTION_KEY_UP:
      return driver_input_press_key (performance->input, action->key,
                                     action->kind == ACTION_KEY_DOWN, error);
    case ACTION_POINTER_DOWN:
    case ACTION_POINTER_UP:
      driver_input_press_button (performance->input, action->button,
                                 action->kind == ACTION_POINTER_DOWN);
      return TRUE;
    case ACTION_POINTER_MOVE:
      return move (performance, action, error);
    case ACTION_SCROLL:
      return scroll (performance, action, error);
    case ACTION_PAUSE:
    default:
      return TRUE;
    }
}

static gboolean
perform_tick (DriverActions      *self,
              const Performance  *performance,
              guint               tick,
              GError            **error)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 longest = 0;
  gint64 left;

  for (guint i = 0; i < self->sources->len; i++)
    {
      GPtrArray *source = self->sources->pdata[i];
      const Action *action = tick < source->len ? source->pdata[tick] : NULL;

      if (action == NULL)
        continue;
      if (!act (performance, action, error))
        return FALSE;
      longest = MAX (longest, action->duration_msec);
    }

  left = longest * G_TIME_SPAN_MILLISECOND - (g_get_monotonic_time () - begin);
  if (left > 0)
    g_usleep ((gulong) left);
  return TRUE;
}

gboolean
driver_actions_perform (DriverActions      *self,
                        DriverInput        *input,
                        double              x,
                        double              y,
                        DriverFindElement   find_element,
                        gpointer            user_data,
                        GError            **error)
{
  const Performance performance = { input, x, y, find_element, user_data };

  for (guint tick = 0; tick < self->n_ticks; tick++)
    if (!perform_tick (self, &performance, tick, error))
      return FALSE;

  return driver_input_finish (input, error);
}
