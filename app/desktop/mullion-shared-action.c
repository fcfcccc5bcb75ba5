/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-action-value.h"
#include "mullion-action-watch.h"
#include "mullion-app-private.h"
#include "mullion-browser-window-private.h"
#include "mullion-error.h"
#include "mullion-ipc-main-invoke-event.h"
#include "mullion-ipc-main.h"
#include "mullion-schema.h"
#include "mullion-web-contents.h"
#include "mullion-web-frame-main.h"

#include <string.h>

/*
 * An action that the app shares with its pages, and the methods of MullionApp that do so.
 *
 * Main process. Each has a channel of its own with a handler like any other, so that grants can
 * name it, and an action that nobody has shared has nothing behind its name. The action itself is
 * looked for at each call: it may come later than it was shared, and it may go. What a page says of
 * it is held against the types that the action has.
 */

#define CHANNEL "mullion:action."

typedef struct
{
  MullionApp *app;    /* (unowned): it owns the handler */
  char *name;         /* with its prefix */
  GPtrArray *watches; /* of MullionActionWatch (owned), one a document */
} SharedAction;

/* A call of a page: which action it is about. */
typedef struct
{
  SharedAction *shared;
  MullionWebContents *contents;
  MullionWebFrameMain *frame;
  JsonNode *value;     /* (nullable): what the page said besides */
  GActionGroup *group;
  const char *action;  /* its name in the group */
} Call;

/* -- Where actions are -- */

static GActionGroup *
get_actions_of_app (MullionApp           *app,
                    MullionBrowserWindow *window)
{
  return G_ACTION_GROUP (app);
}

static GActionGroup *
get_actions_of_window (MullionApp           *app,
                       MullionBrowserWindow *window)
{
  return window != NULL ? G_ACTION_GROUP (window) : NULL;
}

static GActionGroup *
get_actions_of_menu (MullionApp           *app,
                     MullionBrowserWindow *window)
{
  MullionWindowMenu *menu =
    window != NULL ? mullion_browser_window_get_window_menu (window) : NULL;

  return menu != NULL ? mullion_window_menu_get_actions (menu) : NULL;
}

static const struct
{
  const char *prefix;
  GActionGroup *(*get) (MullionApp           *app,
                        MullionBrowserWindow *window);
} places[] = {
  { "app.", get_actions_of_app },
  { "win.", get_actions_of_window },
  { "menu.", get_actions_of_menu },
};

static gboolean
find_place (const char *name,
            gsize      *place)
{
  for (*place = 0; *place < G_N_ELEMENTS (places); (*place)++)
    if (g_str_has_prefix (name, places[*place].prefix))
      return g_action_name_is_valid (name + strlen (places[*place].prefix));

  return FALSE;
}

static gboolean
find_action (Call    *call,
             GError **error)
{
  const char *name = call->shared->name;
  gsize place;

  if (find_place (name, &place))
    {
      call->group = places[place].get (call->shared->app,
                                       mullion_browser_window_from_web_contents (call->contents));
      call->action = name + strlen (places[place].prefix);
    }
  if (call->group != NULL && g_action_group_has_action (call->group, call->action))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND, "there is no action “%s”", name);
  return FALSE;
}

/* -- What pages do with them -- */

/* What the page gives, as a value of @type, (nullable): the action has none. */
static gboolean
read_value (Call                *call,
            const GVariantType  *type,
            const char          *what,
            GVariant           **value,
            GError             **error)
{
  if (type == NULL || call->value == NULL)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, "the action “%s” %s %s",
                   call->shared->name, type == NULL ? "has no" : "needs a", what);
      return FALSE;
    }

  *value = mullion_action_value_read (call->value, type, what, error);
  if (*value == NULL)
    return FALSE;
  g_variant_ref_sink (*value);
  return TRUE;
}

static gboolean
check_enabled (Call    *call,
               GError **error)
{
  if (g_action_group_get_action_enabled (call->group, call->action))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
               "the action “%s” is not enabled", call->shared->name);
  return FALSE;
}

/* What is called by the two below may close the window, or take the action away. */
static JsonNode *
activate (Call    *call,
          GError **error)
{
  const GVariantType *type = g_action_group_get_action_parameter_type (call->group, call->action);
  g_autoptr(GObject) kept = g_object_ref (G_OBJECT (call->group));
  g_autoptr(GVariant) parameter = NULL;

  if ((type != NULL || call->value != NULL) &&
      !read_value (call, type, "parameter", &parameter, error))
    return NULL;

  if (check_enabled (call, error))
    g_action_group_activate_action (call->group, call->action, parameter);
  return NULL;
}

static JsonNode *
set_state (Call    *call,
           GError **error)
{
  const GVariantType *type = g_action_group_get_action_state_type (call->group, call->action);
  g_autoptr(GObject) kept = g_object_ref (G_OBJECT (call->group));
  g_autoptr(GVariant) state = NULL;

  if (read_value (call, type, "state", &state, error) && check_enabled (call, error))
    g_action_group_change_action_state (call->group, call->action, state);
  return NULL;
}

static JsonNode *
get_state (Call    *call,
           GError **error)
{
  return mullion_action_describe (call->group, call->action);
}

static MullionActionWatch *
find_watch (Call *call)
{
  GPtrArray *watches = call->shared->watches;

  for (guint i = 0; i < watches->len; i++)
    if (mullion_action_watch_is_of (watches->pdata[i], call->frame))
      return watches->pdata[i];

  return NULL;
}

static void
forget (gpointer            user_data,
        MullionActionWatch *watch)
{
  SharedAction *self = user_data;

  g_ptr_array_remove_fast (self->watches, watch);
}

static JsonNode *
watch (Call    *call,
       GError **error)
{
  SharedAction *self = call->shared;

  if (!mullion_web_frame_main_is_detached (call->frame) && find_watch (call) == NULL)
    g_ptr_array_add (self->watches,
                     mullion_action_watch_new (call->frame, call->group, call->action, self->name,
                                               forget, self));
  return NULL;
}

static JsonNode *
unwatch (Call    *call,
         GError **error)
{
  MullionActionWatch *found = find_watch (call);

  if (found != NULL)
    forget (call->shared, found);
  return NULL;
}

static const struct
{
  const char *name;
  gboolean needs_action;
  JsonNode *(*act) (Call    *call,
                    GError **error); /* (transfer full) (nullable): undefined */
} methods[] = {
  { "activate", TRUE, activate },
  { "getState", TRUE, get_state },
  { "off", FALSE, unwatch },
  { "on", TRUE, watch },
  { "setState", TRUE, set_state },
};

#define SCHEMA                                                                                     \
  "{\"type\":\"array\",\"prefixItems\":["                                                          \
  "{\"enum\":[\"activate\",\"getState\",\"off\",\"on\",\"setState\"]},true],"                      \
  "\"minItems\":1,\"maxItems\":2}"

static JsonNode *
act (Call       *call,
     const char *method,
     GError    **error)
{
  if (call->contents == NULL || call->frame == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE, "the page is gone");
      return NULL;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (method, methods[i].name))
      return !methods[i].needs_action || find_action (call, error) ? methods[i].act (call, error)
                                                                   : NULL;

  return NULL;
}

/* The shared action may be gone afterwards, by the doing of the action. */
static void
call_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  Call call = {
    .shared = user_data,
    .contents = mullion_ipc_main_invoke_event_get_sender (event),
    .frame = mullion_ipc_main_invoke_event_get_sender_frame (event),
    .value = json_array_get_length (args) > 1 ? json_array_get_element (args, 1) : NULL,
  };
  GError *error = NULL;
  JsonNode *answer = act (&call, json_array_get_string_element (args, 0), &error);

  if (error != NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_ipc_main_invoke_event_return (event, answer);
}

/* -- Sharing -- */

static void
free_watch (gpointer data)
{
  MullionActionWatch *watch = data;

  mullion_action_watch_free (watch);
}

static void
free_shared (gpointer data)
{
  SharedAction *self = data;

  for (guint i = 0; i < self->watches->len; i++)
    mullion_action_watch_end (self->watches->pdata[i]);
  g_ptr_array_unref (self->watches);
  g_free (self->name);
  g_free (self);
}

/**
 * mullion_app_share_action:
 * @self: an app
 * @name: the name of an action, with its prefix: `app.`, `win.` or `menu.`
 *
 * Lets pages activate an action, see its state and change it, as `actions` of a preload script. The
 * menu, the keys and C have the same action, and whoever changes it, the pages that listen are
 * told.
 *
 * `app.` is an action of the app itself, `win.` one of the window that shows the page, and `menu.`
 * an item of the menu of that window, by its id. It need not be there yet. A page needs a grant of
 * the channel `mullion:action.NAME`, for example `mullion:action.app.save`.
 *
 * What a page gives has the types that the action says, and an action that is not enabled is
 * neither activated nor changed.
 *
 * ```c
 * g_action_map_add_action (G_ACTION_MAP (app), G_ACTION (save));
 * mullion_app_share_action (app, "app.save");
 * ```
 *
 * Since: 0.1
 */
void
mullion_app_share_action (MullionApp *self,
                          const char *name)
{
  g_autofree char *channel = NULL;
  g_autoptr(MullionSchema) schema = NULL;
  MullionIpcMain *ipc;
  SharedAction *shared;
  gsize place;

  g_return_if_fail (MULLION_IS_APP (self));
  g_return_if_fail (name != NULL && find_place (name, &place));

  /* The schema says that there is a handler already. */
  ipc = mullion_app_get_ipc_main (self);
  channel = g_strconcat (CHANNEL, name, NULL);
  if (mullion_ipc_main_get_schema (ipc, channel) != NULL)
    return;

  shared = g_new0 (SharedAction, 1);
  shared->app = self;
  shared->name = g_strdup (name);
  shared->watches = g_ptr_array_new_with_free_func (free_watch);
  schema = mullion_schema_new_from_text (SCHEMA, NULL);
  mullion_ipc_main_set_schema (ipc, channel, schema);
  mullion_ipc_main_handle (ipc, channel, call_cb, shared, free_shared);
}

/**
 * mullion_app_unshare_action:
 * @self: an app
 * @name: what was given to [method@App.share_action]
 *
 * Takes an action away from pages again. Those that listen are told that it is gone.
 *
 * Since: 0.1
 */
void
mullion_app_unshare_action (MullionApp *self,
                            const char *name)
{
  g_autofree char *channel = NULL;
  MullionIpcMain *ipc;

  g_return_if_fail (MULLION_IS_APP (self));
  g_return_if_fail (name != NULL);

  ipc = mullion_app_get_ipc_main (self);
  channel = g_strconcat (CHANNEL, name, NULL);
  mullion_ipc_main_set_schema (ipc, channel, NULL);
  mullion_ipc_main_remove_handler (ipc, channel);
}
