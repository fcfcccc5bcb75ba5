/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-ipc-main-private.h"

#include "mullion-ipc-main-event.h"
#include "mullion-ipc-main-invoke-event.h"

/**
 * MullionIpcMain:
 *
 * Takes the messages that pages send to the main process, like Electron's `ipcMain`.
 *
 * A channel is a name that page and handler agree on. `ipcRenderer.send` and `ipcRenderer.sendSync`
 * reach every listener of their channel, in the order in which they were added;
 * `ipcRenderer.invoke` reaches the one handler of its channel.
 *
 * The app has one for all its pages, [method@App.get_ipc_main]. Each web contents and each frame
 * has one of its own, [method@WebContents.get_ipc] and [method@WebFrameMain.get_ipc], for those who
 * wish to hear one page only. A message goes to the frame's, then the contents', then the app's:
 * all listeners hear it, but only the first handler found answers.
 *
 * It lives in the main process and is used from the thread of the main loop. What it calls gets
 * arguments that a page chose: declare their shape with [method@IpcMain.set_schema], or check them
 * before use.
 *
 * Since: 0.1
 */

typedef struct
{
  gatomicrefcount ref_count;
  guint id;
  gboolean once;
  gboolean removed; /* while its channel is being called */
  char *channel;
  MullionIpcMainListener call;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Listener;

typedef struct
{
  gatomicrefcount ref_count;
  gboolean once;
  MullionIpcMainHandler call;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Handler;

struct _MullionIpcMain
{
  GObject parent_instance;

  GHashTable *listeners; /* channel → GPtrArray of Listener, in the order of their coming */
  GHashTable *handlers;  /* channel → Handler */
  GHashTable *schemas;   /* channel → MullionSchema */
  guint last_id;
};

G_DEFINE_FINAL_TYPE (MullionIpcMain, mullion_ipc_main, G_TYPE_OBJECT)

static Listener *
ref_listener (Listener *listener)
{
  g_atomic_ref_count_inc (&listener->ref_count);
  return listener;
}

static void
unref_listener (gpointer data)
{
  Listener *listener = data;

  if (!g_atomic_ref_count_dec (&listener->ref_count))
    return;

  if (listener->user_data_free != NULL)
    listener->user_data_free (listener->user_data);
  g_free (listener->channel);
  g_free (listener);
}

/* A listener that leaves the list may still stand in the copy of a list that is being called. */
static void
drop_listener (gpointer data)
{
  Listener *listener = data;

  listener->removed = TRUE;
  unref_listener (listener);
}

static Handler *
ref_handler (Handler *handler)
{
  g_atomic_ref_count_inc (&handler->ref_count);
  return handler;
}

static void
unref_handler (gpointer data)
{
  Handler *handler = data;

  if (!g_atomic_ref_count_dec (&handler->ref_count))
    return;

  if (handler->user_data_free != NULL)
    handler->user_data_free (handler->user_data);
  g_free (handler);
}

static void
remove_listener (MullionIpcMain *self,
                 Listener       *listener)
{
  GPtrArray *list = g_hash_table_lookup (self->listeners, listener->channel);

  if (listener->removed)
    return;

  /* Whoever frees its data may change the list again: that comes last. */
  ref_listener (listener);
  g_ptr_array_remove (list, listener);
  if (list->len == 0)
    g_hash_table_remove (self->listeners, listener->channel);
  unref_listener (listener);
}

static guint
add_listener (MullionIpcMain         *self,
              const char             *channel,
              gboolean                once,
              MullionIpcMainListener  call,
              gpointer                user_data,
              GDestroyNotify          user_data_free)
{
  Listener *listener = g_new0 (Listener, 1);
  GPtrArray *list = g_hash_table_lookup (self->listeners, channel);

  g_atomic_ref_count_init (&listener->ref_count);
  listener->id = ++self->last_id;
  listener->once = once;
  listener->channel = g_strdup (channel);
  listener->call = call;
  listener->user_data = user_data;
  listener->user_data_free = user_data_free;

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (drop_listener);
      g_hash_table_insert (self->listeners, g_strdup (channel), list);
    }
  g_ptr_array_add (list, listener);

  return listener->id;
}

/**
 * mullion_ipc_main_on:
 * @self: an `ipcMain`
 * @channel: the name to listen to
 * @listener: (scope notified) (closure user_data) (destroy user_data_free): called for each message
 * @user_data: given to @listener
 * @user_data_free: (nullable): frees @user_data when the listener is removed
 *
 * Listens to what pages send on @channel with `ipcRenderer.send` and `ipcRenderer.sendSync`.
 *
 * Returns: a number, never 0, for [method@IpcMain.off]
 *
 * Since: 0.1
 */
guint
mullion_ipc_main_on (MullionIpcMain         *self,
                     const char             *channel,
                     MullionIpcMainListener  listener,
                     gpointer                user_data,
                     GDestroyNotify          user_data_free)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN (self), 0);
  g_return_val_if_fail (channel != NULL, 0);
  g_return_val_if_fail (listener != NULL, 0);

  return add_listener (self, channel, FALSE, listener, user_data, user_data_free);
}

/**
 * mullion_ipc_main_once:
 * @self: an `ipcMain`
 * @channel: the name to listen to
 * @listener: (scope notified) (closure user_data) (destroy user_data_free): called for the next
 *   message
 * @user_data: given to @listener
 * @user_data_free: (nullable): frees @user_data when the listener is removed
 *
 * Like [method@IpcMain.on], for one message: the listener is removed before it is called.
 *
 * Returns: a number, never 0, for [method@IpcMain.off]
 *
 * Since: 0.1
 */
guint
mullion_ipc_main_once (MullionIpcMain         *self,
                       const char             *channel,
                       MullionIpcMainListener  listener,
                       gpointer                user_data,
                       GDestroyNotify          user_data_free)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN (self), 0);
  g_return_val_if_fail (channel != NULL, 0);
  g_return_val_if_fail (listener != NULL, 0);

  return add_listener (self, channel, TRUE, listener, user_data, user_data_free);
}

static Listener *
find_listener (MullionIpcMain *self,
               guint           listener_id)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->listeners);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GPtrArray *list = value;

      for (guint i = 0; i < list->len; i++)
        if (((Listener *) list->pdata[i])->id == listener_id)
          return list->pdata[i];
    }

  return NULL;
}

/**
 * mullion_ipc_main_off:
 * @self: an `ipcMain`
 * @listener_id: what [method@IpcMain.on] or [method@IpcMain.once] returned
 *
 * Stops listening, like Electron's `off` and `removeListener`. An id that is not known, or not any
 * more, does nothing.
 *
 * Since: 0.1
 */
void
mullion_ipc_main_off (MullionIpcMain *self,
                      guint           listener_id)
{
  Listener *listener;

  g_return_if_fail (MULLION_IS_IPC_MAIN (self));

  listener = find_listener (self, listener_id);
  if (listener != NULL)
    remove_listener (self, listener);
}

/**
 * mullion_ipc_main_remove_all_listeners:
 * @self: an `ipcMain`
 * @channel: (nullable): the name to leave, or %NULL for all of them
 *
 * Removes all listeners of a channel, or of all channels. Handlers stay.
 *
 * Since: 0.1
 */
void
mullion_ipc_main_remove_all_listeners (MullionIpcMain *self,
                                       const char     *channel)
{
  g_return_if_fail (MULLION_IS_IPC_MAIN (self));

  if (channel != NULL)
    g_hash_table_remove (self->listeners, channel);
  else
    g_hash_table_remove_all (self->listeners);
}

/**
 * mullion_ipc_main_listener_count:
 * @self: an `ipcMain`
 * @channel: the name of a channel
 *
 * Counts the listeners of a channel.
 *
 * Returns: how many listeners a message on @channel would reach here
 *
 * Since: 0.1
 */
guint
mullion_ipc_main_listener_count (MullionIpcMain *self,
                                 const char     *channel)
{
  GPtrArray *list;

  g_return_val_if_fail (MULLION_IS_IPC_MAIN (self), 0);
  g_return_val_if_fail (channel != NULL, 0);

  list = g_hash_table_lookup (self->listeners, channel);

  return list != NULL ? list->len : 0;
}

static gboolean
add_handler (MullionIpcMain        *self,
             const char            *channel,
             gboolean               once,
             MullionIpcMainHandler  call,
             gpointer               user_data,
             GDestroyNotify         user_data_free)
{
  Handler *handler;

  if (g_hash_table_contains (self->handlers, channel))
    {
      g_critical ("Attempted to register a second handler for '%s'", channel);
      if (user_data_free != NULL)
        user_data_free (user_data);
      return FALSE;
    }

  handler = g_new0 (Handler, 1);
  g_atomic_ref_count_init (&handler->ref_count);
  handler->once = once;
  handler->call = call;
  handler->user_data = user_data;
  handler->user_data_free = user_data_free;
  g_hash_table_insert (self->handlers, g_strdup (channel), handler);

  return TRUE;
}

/**
 * mullion_ipc_main_handle:
 * @self: an `ipcMain`
 * @channel: the name to answer on
 * @handler: (scope notified) (closure user_data) (destroy user_data_free): called for each call
 * @user_data: given to @handler
 * @user_data_free: (nullable): frees @user_data when the handler is removed, or at once when it
 *   could not be added
 *
 * Answers what pages ask on @channel with `ipcRenderer.invoke`.
 *
 * A channel has one handler. A second one is a mistake of the program: it is not added, and a
 * critical message says `Attempted to register a second handler for` and the channel.
 *
 * Returns: whether the handler was added
 *
 * Since: 0.1
 */
gboolean
mullion_ipc_main_handle (MullionIpcMain        *self,
                         const char            *channel,
                         MullionIpcMainHandler  handler,
                         gpointer               user_data,
                         GDestroyNotify         user_data_free)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN (self), FALSE);
  g_return_val_if_fail (channel != NULL, FALSE);
  g_return_val_if_fail (handler != NULL, FALSE);

  return add_handler (self, channel, FALSE, handler, user_data, user_data_free);
}

/**
 * mullion_ipc_main_handle_once:
 * @self: an `ipcMain`
 * @channel: the name to answer on
 * @handler: (scope notified) (closure user_data) (destroy user_data_free): called for the next call
 * @user_data: given to @handler
 * @user_data_free: (nullable): frees @user_data when the handler is removed
 *
 * Like [method@IpcMain.handle], for one call: the handler is removed before it is called.
 *
 * Returns: whether the handler was added
 *
 * Since: 0.1
 */
gboolean
mullion_ipc_main_handle_once (MullionIpcMain        *self,
                              const char            *channel,
                              MullionIpcMainHandler  handler,
                              gpointer               user_data,
                              GDestroyNotify         user_data_free)
{
  g_return_val_if_fail (MULLION_IS_IPC_MAIN (self), FALSE);
  g_return_val_if_fail (channel != NULL, FALSE);
  g_return_val_if_fail (handler != NULL, FALSE);

  return add_handler (self, channel, TRUE, handler, user_data, user_data_free);
}

/**
 * mullion_ipc_main_remove_handler:
 * @self: an `ipcMain`
 * @channel: the name of a channel
 *
 * Removes the handler of a channel. A channel without one is left as it is.
 *
 * Since: 0.1
 */
void
mullion_ipc_main_remove_handler (MullionIpcMain *self,
                                 const char     *channel)
{
  g_return_if_fail (MULLION_IS_IPC_MAIN (self));
  g_return_if_fail (channel != NULL);

  g_hash_table_remove (self->handlers, channel);
}

static gpointer
copy_listener (gconstpointer listener,
               gpointer      user_data)
{
  return ref_listener ((Listener *) listener);
}

/* Returns whether anybody listened. Listeners may add and remove listeners, this one included:
 * those who were there when the message came hear it, unless they were removed meanwhile. */
gboolean
mullion_ipc_main_emit (MullionIpcMain      *self,
                       MullionIpcMainEvent *event,
                       JsonArray           *args)
{
  GPtrArray *list =
    g_hash_table_lookup (self->listeners, mullion_ipc_main_event_get_channel (event));
  g_autoptr(GPtrArray) present = NULL;

  if (list == NULL)
    return FALSE;

  present = g_ptr_array_copy (list, copy_listener, NULL);
  g_ptr_array_set_free_func (present, unref_listener);
  for (guint i = 0; i < present->len; i++)
    {
      Listener *listener = present->pdata[i];

      if (listener->removed)
        continue;
      if (listener->once)
        remove_listener (self, listener);
      listener->call (event, args, listener->user_data);
    }

  return TRUE;
}

/* Returns whether there was a handler. */
gboolean
mullion_ipc_main_call (MullionIpcMain            *self,
                       MullionIpcMainInvokeEvent *event,
                       JsonArray                 *args)
{
  const char *channel = mullion_ipc_main_invoke_event_get_channel (event);
  Handler *handler = g_hash_table_lookup (self->handlers, channel);

  if (handler == NULL)
    return FALSE;

  ref_handler (handler);
  if (handler->once)
    g_hash_table_remove (self->handlers, channel);
  handler->call (event, args, handler->user_data);
  unref_handler (handler);

  return TRUE;
}

GHashTable *
mullion_ipc_main_get_schemas (MullionIpcMain *self)
{
  return self->schemas;
}

static void
mullion_ipc_main_finalize (GObject *object)
{
  MullionIpcMain *self = MULLION_IPC_MAIN (object);

  g_clear_pointer (&self->listeners, g_hash_table_unref);
  g_clear_pointer (&self->handlers, g_hash_table_unref);
  g_clear_pointer (&self->schemas, g_hash_table_unref);

  G_OBJECT_CLASS (mullion_ipc_main_parent_class)->finalize (object);
}

static void
mullion_ipc_main_class_init (MullionIpcMainClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_ipc_main_finalize;
}

static void
mullion_ipc_main_init (MullionIpcMain *self)
{
  self->listeners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) g_ptr_array_unref);
  self->handlers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_handler);
  self->schemas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * mullion_ipc_main_new:
 *
 * Makes an `ipcMain` that no page reaches. The app and each web contents already have one; this is
 * for tests of handlers.
 *
 * Returns: (transfer full): a new `ipcMain`
 *
 * Since: 0.1
 */
MullionIpcMain *
mullion_ipc_main_new (void)
{
  return g_object_new (MULLION_TYPE_IPC_MAIN, NULL);
}
