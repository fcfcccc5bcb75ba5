/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-native.h"

#include "mullion-json-measure.h"
#include "mullion-native-sockets.h"
#include "mullion-native-streams.h"

#include <string.h>

/*
 * MullionNative: the C door of the preload runtime.
 *
 * An object of the preload world with a handful of functions. Only our own runtime ever holds it:
 * neither a page nor an app's preload script can reach it, and the runtime hands it to nobody.
 * A function that outlives its document throws Electron's words for that.
 */

#define RESOURCE_FOLDER MULLION_RESOURCE_PREFIX "/preload/"

/* Electron's numbers of the worlds of a frame. */
enum { MAIN_WORLD_ID = 0, PRELOAD_WORLD_ID = 999, FIRST_ISOLATED_WORLD_ID = 1000 };

JSCValue *
mullion_native_evaluate_resource (JSCContext *context,
                                  const char *name,
                                  const char *prologue,
                                  const char *epilogue)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, name, ".js", NULL);
  g_autofree char *uri = g_strconcat ("resource://", path, NULL);
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, 0, NULL);
  g_autofree char *text = NULL;
  JSCValue *value;
  JSCException *exception;

  if (bytes == NULL)
    return NULL;

  text = g_strconcat (prologue, g_bytes_get_data (bytes, NULL), epilogue, NULL);
  value = jsc_context_evaluate_with_source_uri (context, text, -1, uri, 1);
  exception = jsc_context_get_exception (context);
  if (exception != NULL)
    {
      g_autofree char *report = jsc_exception_report (exception);

      g_warning ("Evaluating %s failed: %s", uri, report);
      jsc_context_clear_exception (context);
      g_clear_object (&value);
    }

  return value;
}

JSCValue *
mullion_native_make_kit (JSCContext *context)
{
  g_autoptr(JSCValue) platform =
    mullion_native_evaluate_resource (context, "kit-platform", "", "");
  g_autoptr(JSCValue) streams = mullion_native_evaluate_resource (context, "kit-streams", "", "");
  g_autoptr(JSCValue) make = mullion_native_evaluate_resource (context, "kit", "", "");

  if (platform == NULL || streams == NULL || make == NULL)
    return NULL;

  return jsc_value_function_call (make, JSC_TYPE_VALUE, platform, JSC_TYPE_VALUE, streams,
                                  G_TYPE_NONE);
}

static void
throw_error (const char *message)
{
  jsc_context_throw (jsc_context_get_current (), message);
}

/* (nullable): NULL after throwing, when the document has ended. */
static MullionChannel *
get_channel (MullionRenderDocument *document)
{
  MullionRenderPage *page = mullion_render_document_get_page (document);

  if (page == NULL)
    {
      throw_error ("IPC method called after context was released");
      return NULL;
    }

  return mullion_render_page_get_channel (page);
}

/* Waiting for room here is what slows a page down that sends faster than the main process reads. */
static void
send_batch (MullionRenderDocument *document,
            const char            *batch,
            const MullionSide     *side,
            JSCValue              *ports)
{
  MullionChannel *channel = get_channel (document);
  MullionRenderSockets *sockets = mullion_render_document_get_sockets (document);
  GUnixFDList *fds = NULL;
  g_autoptr(GError) error = NULL;

  if (channel == NULL)
    return;

  if (!mullion_json_check_memory (batch, strlen (batch), &error) ||
      (ports != NULL && (fds = mullion_render_sockets_take (sockets, ports, &error)) == NULL) ||
      !mullion_channel_send_full (channel, MULLION_FRAME_MESSAGES,
                                  mullion_render_document_get_serial (document), 0,
                                  batch, strlen (batch), side, fds, &error) ||
      !mullion_channel_flush_blocking (channel, &error))
    throw_error (error->message);
}

static char *
send_batch_sync (MullionRenderDocument *document,
                 const char            *batch,
                 const MullionSide     *side)
{
  static guint64 last_id;
  MullionChannel *channel = get_channel (document);
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionFrame) reply = NULL;
  guint64 id = ++last_id;

  if (channel == NULL)
    return NULL;

  if (mullion_json_check_memory (batch, strlen (batch), &error) &&
      mullion_channel_send_full (channel, MULLION_FRAME_MESSAGES_SYNC,
                                 mullion_render_document_get_serial (document), id,
                                 batch, strlen (batch), side, NULL, &error))
    reply = mullion_channel_wait_frame (channel, MULLION_FRAME_SYNC_REPLY, id, -1, &error);

  if (reply == NULL)
    {
      throw_error (error->message);
      return NULL;
    }

  mullion_render_sides_set_answer (mullion_render_document_get_sides (document), reply);
  return g_strdup (reply->body);
}

static void
native_send (const char *batch,
             gpointer    user_data)
{
  send_batch (user_data, batch, NULL, NULL);
}

static void
native_send_bytes (const char *batch,
                   JSCValue   *buffers,
                   gpointer    user_data)
{
  g_autoptr(MullionSide) side = mullion_native_gather_side (buffers);

  send_batch (user_data, batch, side, NULL);
}

/* @buffers: may be null */
static void
native_send_ports (const char *batch,
                   JSCValue   *buffers,
                   JSCValue   *ports,
                   gpointer    user_data)
{
  g_autoptr(MullionSide) side =
    jsc_value_is_null (buffers) ? NULL : mullion_native_gather_side (buffers);

  send_batch (user_data, batch, side, ports);
}

static char *
native_send_sync (const char *batch,
                  gpointer    user_data)
{
  return send_batch_sync (user_data, batch, NULL);
}

static char *
native_send_sync_bytes (const char *batch,
                        JSCValue   *buffers,
                        gpointer    user_data)
{
  g_autoptr(MullionSide) side = mullion_native_gather_side (buffers);

  return send_batch_sync (user_data, batch, side);
}

static guint
native_take_answer_side (gpointer user_data)
{
  return mullion_render_sides_take_answer (mullion_render_document_get_sides (user_data));
}

static JSCValue *
native_read_side (guint    number,
                  double   at,
                  double   size,
                  gpointer user_data)
{
  JSCValue *buffer = mullion_render_sides_read (mullion_render_document_get_sides (user_data),
                                                number, at, size, jsc_context_get_current ());

  if (buffer == NULL)
    throw_error ("The bytes of a binary value did not come");

  return buffer;
}

static void
native_release_side (guint    number,
                     gpointer user_data)
{
  mullion_render_sides_remove (mullion_render_document_get_sides (user_data), number);
}

/* (nullable): NULL after throwing. */
static WebKitScriptWorld *
get_world (MullionRenderDocument *document,
           int                    world_id)
{
  static GHashTable *isolated_worlds;
  WebKitScriptWorld *world;

  if (world_id == MAIN_WORLD_ID)
    return webkit_script_world_get_default ();

  if (world_id == PRELOAD_WORLD_ID)
    return mullion_render_page_get_preload_world (mullion_render_document_get_page (document));

  if (world_id < FIRST_ISOLATED_WORLD_ID)
    {
      throw_error ("An isolated world's id must be 1000 or more");
      return NULL;
    }

  if (isolated_worlds == NULL)
    isolated_worlds = g_hash_table_new (NULL, NULL);
  world = g_hash_table_lookup (isolated_worlds, GINT_TO_POINTER (world_id));
  if (world == NULL)
    {
      world = webkit_script_world_new ();
      g_hash_table_insert (isolated_worlds, GINT_TO_POINTER (world_id), world);
    }

  return world;
}

static JSCContext *
get_world_context (MullionRenderDocument *document,
                   int                    world_id)
{
  WebKitScriptWorld *world;

  if (get_channel (document) == NULL)
    return NULL;

  world = get_world (document, world_id);

  return world != NULL ? mullion_render_document_get_context (document, world) : NULL;
}

static JSCValue *
native_kit (int      world_id,
            gpointer user_data)
{
  g_autoptr(JSCContext) context = get_world_context (user_data, world_id);

  return context != NULL ? mullion_native_make_kit (context) : NULL;
}

static JSCValue *
native_evaluate (int         world_id,
                 const char *source,
                 const char *uri,
                 gpointer    user_data)
{
  g_autoptr(JSCContext) context = get_world_context (user_data, world_id);
  g_autoptr(JSCValue) value = NULL;
  JSCException *exception;

  if (context == NULL)
    return NULL;

  value = jsc_context_evaluate_with_source_uri (context, source, -1, uri, 1);
  exception = jsc_context_get_exception (context);
  if (exception == NULL)
    return g_steal_pointer (&value);

  /* What a page throws stays a page's object: the runtime must know that and copy it. */
  jsc_context_throw_exception (jsc_context_get_current (), exception);
  jsc_context_clear_exception (context);

  return NULL;
}

static JSCValue *
native_load (const char *name,
             gpointer    user_data)
{
  return mullion_native_evaluate_resource (jsc_context_get_current (), name,
                                           "(function (exports, require, module) {", "\n})");
}

static void
native_log (const char *level,
            const char *text,
            gpointer    user_data)
{
  if (g_strcmp0 (level, "debug") == 0)
    g_debug ("%s", text);
  else
    g_warning ("%s", text);
}

static void
add_function (JSCValue              *native,
              JSCContext            *context,
              const char            *name,
              JSCValue              *function)
{
  jsc_value_object_set_property (native, name, function);
  g_object_unref (function);
}

JSCValue *
mullion_native_new (MullionRenderDocument *document,
                    JSCContext            *context)
{
  JSCValue *native = jsc_value_new_object (context, NULL, NULL);

#define ADD(name, callback, ...) \
  add_function (native, context, name, \
                jsc_value_new_function (context, name, G_CALLBACK (callback), \
                                        g_object_ref (document), g_object_unref, __VA_ARGS__))

  ADD ("send", native_send, G_TYPE_NONE, 1, G_TYPE_STRING);
  ADD ("sendSync", native_send_sync, G_TYPE_STRING, 1, G_TYPE_STRING);
  ADD ("sendBytes", native_send_bytes, G_TYPE_NONE, 2, G_TYPE_STRING, JSC_TYPE_VALUE);
  ADD ("sendPorts", native_send_ports, G_TYPE_NONE, 3, G_TYPE_STRING, JSC_TYPE_VALUE,
       JSC_TYPE_VALUE);
  ADD ("sendSyncBytes", native_send_sync_bytes, G_TYPE_STRING, 2, G_TYPE_STRING, JSC_TYPE_VALUE);
  ADD ("takeAnswerSide", native_take_answer_side, G_TYPE_UINT, 0, G_TYPE_NONE);
  ADD ("readSide", native_read_side, JSC_TYPE_VALUE, 3, G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  ADD ("releaseSide", native_release_side, G_TYPE_NONE, 1, G_TYPE_UINT);
  ADD ("kit", native_kit, JSC_TYPE_VALUE, 1, G_TYPE_INT);
  ADD ("evaluate", native_evaluate, JSC_TYPE_VALUE, 3, G_TYPE_INT, G_TYPE_STRING, G_TYPE_STRING);
  ADD ("load", native_load, JSC_TYPE_VALUE, 1, G_TYPE_STRING);
  ADD ("log", native_log, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

#undef ADD

  mullion_native_add_socket_functions (native, context,
                                       mullion_render_document_get_sockets (document));
  mullion_native_add_stream_functions (native, context,
                                       mullion_render_document_get_streams (document));
  return native;
}
