/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-mocks.h"

#include "mullion-error.h"
#include "mullion-ipc-main-event.h"
#include "mullion-ipc-main-invoke-event.h"
#include "mullion-ipc-main.h"
#include "mullion-web-contents.h"

/*
 * MullionAutomationMocks: the channels that a test answers, in the place of the app.
 *
 * Main process. Such a channel has no other listeners and handlers while it is here; the app's own
 * are not asked, and are back when the test lets it go.
 */

struct _MullionAutomationMocks
{
  GObject parent_instance;

  MullionIpcMain *ipc;
  GHashTable *listeners; /* channel → what mullion_ipc_main_on () returned */
  JsonArray *calls;
};

typedef struct
{
  MullionAutomationMocks *mocks; /* (unowned): it owns this */
  JsonNode *value;
  char *error; /* (nullable) */
} Mock;

G_DEFINE_FINAL_TYPE (MullionAutomationMocks, mullion_automation_mocks, G_TYPE_OBJECT)

static void
clear_mock (gpointer data)
{
  Mock *mock = data;

  json_node_unref (mock->value);
  g_free (mock->error);
}

static void
release_mock (gpointer mock)
{
  g_rc_box_release_full (mock, clear_mock);
}

static void
record_call (Mock               *mock,
             const char         *channel,
             const char         *method,
             MullionWebContents *sender,
             JsonArray          *args)
{
  JsonObject *call = json_object_new ();

  json_object_set_string_member (call, "channel", channel);
  json_object_set_string_member (call, "method", method);
  json_object_set_int_member (call, "webContentsId", mullion_web_contents_get_id (sender));
  json_object_set_array_member (call, "args", json_array_ref (args));
  json_array_add_object_element (mock->mocks->calls, call);
}

static void
invoked_cb (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  Mock *mock = user_data;

  record_call (mock, mullion_ipc_main_invoke_event_get_channel (event), "invoke",
               mullion_ipc_main_invoke_event_get_sender (event), args);
  if (mock->error != NULL)
    mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_FAILED,
                                                    "%s", mock->error);
  else
    mullion_ipc_main_invoke_event_return (event, json_node_copy (mock->value));
}

/* Who only sends does not look at what is returned; for sendSync it is the answer. */
static void
heard_cb (MullionIpcMainEvent *event,
          JsonArray           *args,
          gpointer             user_data)
{
  Mock *mock = user_data;

  record_call (mock, mullion_ipc_main_event_get_channel (event), "send",
               mullion_ipc_main_event_get_sender (event), args);
  if (mullion_ipc_main_event_is_sync (event))
    mullion_ipc_main_event_set_return_value (event, json_node_copy (mock->value));
}

void
mullion_automation_mocks_set (MullionAutomationMocks *self,
                              const char             *channel,
                              JsonNode               *value,
                              const char             *error)
{
  Mock *mock = g_rc_box_new0 (Mock);
  guint listener;

  mullion_automation_mocks_unset (self, channel);
  mock->mocks = self;
  mock->value = value;
  mock->error = g_strdup (error);
  listener = mullion_ipc_main_on (self->ipc, channel, heard_cb, g_rc_box_acquire (mock),
                                  release_mock);
  mullion_ipc_main_handle (self->ipc, channel, invoked_cb, mock, release_mock);
  g_hash_table_insert (self->listeners, g_strdup (channel), GUINT_TO_POINTER (listener));
}

/* What hears and answers at this moment keeps its mock until it is done. */
static void
remove_mock (MullionAutomationMocks *self,
             const char             *channel,
             gpointer                listener)
{
  mullion_ipc_main_off (self->ipc, GPOINTER_TO_UINT (listener));
  mullion_ipc_main_remove_handler (self->ipc, channel);
}

gboolean
mullion_automation_mocks_unset (MullionAutomationMocks *self,
                                const char             *channel)
{
  GHashTableIter iter;
  gpointer name;
  gpointer listener;
  gboolean any = FALSE;

  g_hash_table_iter_init (&iter, self->listeners);
  while (g_hash_table_iter_next (&iter, &name, &listener))
    if (channel == NULL || g_str_equal (channel, name))
      {
        remove_mock (self, name, listener);
        g_hash_table_iter_remove (&iter);
        any = TRUE;
      }

  return any;
}

JsonArray *
mullion_automation_mocks_take_calls (MullionAutomationMocks *self)
{
  JsonArray *calls = self->calls;

  self->calls = json_array_new ();
  return calls;
}

MullionIpcMain *
mullion_automation_mocks_find (MullionAutomationMocks *self,
                               const char             *channel)
{
  return g_hash_table_contains (self->listeners, channel) ? self->ipc : NULL;
}

static void
mullion_automation_mocks_finalize (GObject *object)
{
  MullionAutomationMocks *self = MULLION_AUTOMATION_MOCKS (object);

  g_clear_object (&self->ipc);
  g_clear_pointer (&self->listeners, g_hash_table_unref);
  g_clear_pointer (&self->calls, json_array_unref);

  G_OBJECT_CLASS (mullion_automation_mocks_parent_class)->finalize (object);
}

static void
mullion_automation_mocks_class_init (MullionAutomationMocksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_automation_mocks_finalize;
}

static void
mullion_automation_mocks_init (MullionAutomationMocks *self)
{
  self->ipc = mullion_ipc_main_new ();
  self->listeners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->calls = json_array_new ();
}

MullionAutomationMocks *
mullion_automation_mocks_new (void)
{
  return g_object_new (MULLION_TYPE_AUTOMATION_MOCKS, NULL);
}
