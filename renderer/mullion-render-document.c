/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-render-document.h"

#include "mullion-json-writer.h"
#include "mullion-native.h"

/*
 * MullionRenderDocument: one document of one frame, and what we run in it.
 *
 * Lives in the web process. It owns the preload runtime of the document's realm: contextBridge and
 * ipcRenderer in JavaScript, with C only at the door (MullionNative). The page-realm kit is older than
 * any script of the page, which is what makes it trustworthy: MullionRenderRealm has it.
 *
 * A document whose origin the app does not list gets no preload and no bridge. The runtime is then
 * made only when the main process wants to evaluate something, for that needs a way to answer.
 *
 * Whatever JavaScript runs may end the document: a script takes its own frame out of the page. So the
 * function that is called, and the context of an exception, are held here until the call is over.
 */

struct _MullionRenderDocument
{
  GObject parent_instance;

  MullionRenderPage *page; /* (unowned): detaches us before it goes */
  GWeakRef frame; /* WebKitFrame. A weak pointer could not be taken back while the frame goes. */
  guint64 serial;
  gboolean is_main_frame;
  gboolean has_bridge;
  MullionRenderSides *sides;
  MullionRenderSockets *sockets;
  MullionRenderStreams *streams;

  /* Cleared when the document ends: each would keep the whole realm alive. */
  JSCContext *page_context;
  JSCContext *preload_context;
  JSCValue *page_kit;
  JSCValue *runtime; /* (nullable) */
  JSCValue *deliver; /* (nullable): the runtime's function, found once for all messages */
};

G_DEFINE_FINAL_TYPE (MullionRenderDocument, mullion_render_document, G_TYPE_OBJECT)

static char *
dup_exception (JSCContext *context)
{
  JSCException *exception = jsc_context_get_exception (context);
  char *report;

  if (exception == NULL)
    return NULL;

  report = g_strchomp (jsc_exception_report (exception));
  jsc_context_clear_exception (context);

  return report;
}

/* The origin as WebKit computes it. The preload world's global object is fresh, and no page can
 * reach it, so its own property says the truth. */
static char *
dup_origin (MullionRenderDocument *self)
{
  g_autoptr(JSCValue) origin = jsc_context_get_value (self->preload_context, "origin");

  return jsc_value_to_string (origin);
}

void
mullion_render_document_announce (MullionRenderDocument *self)
{
  JsonObject *body = json_object_new ();
  g_autoptr(WebKitFrame) frame = g_weak_ref_get (&self->frame);
  g_autofree char *origin = dup_origin (self);
  const MullionPageConfig *config = mullion_render_page_get_config (self->page);

  self->has_bridge = mullion_page_config_has_origin (config, origin, self->is_main_frame);

  json_object_set_int_member (body, "frame", webkit_frame_get_id (frame));
  json_object_set_string_member (body, "url", webkit_frame_get_uri (frame));
  json_object_set_string_member (body, "origin", origin);
  json_object_set_boolean_member (body, "isMainFrame", self->is_main_frame);
  mullion_render_page_send (self->page, MULLION_FRAME_DOCUMENT_CREATED, self->serial, body);
}

static gboolean
start_runtime (MullionRenderDocument *self)
{
  const MullionPageConfig *config = mullion_render_page_get_config (self->page);
  g_autoptr(JSCValue) preload_kit = NULL;
  g_autoptr(JSCValue) native = NULL;
  g_autoptr(JSCValue) bootstrap = NULL;
  g_autoptr(JSCValue) sockets_listener = NULL;
  g_autoptr(JSCValue) streams_listener = NULL;
  g_autofree char *exception = NULL;

  if (self->runtime != NULL)
    return TRUE;

  preload_kit = mullion_native_make_kit (self->preload_context);
  bootstrap = mullion_native_evaluate_resource (self->preload_context, "bootstrap", "", "");
  if (preload_kit == NULL || bootstrap == NULL)
    return FALSE;

  native = mullion_native_new (self, self->preload_context);
  self->runtime = jsc_value_function_call (bootstrap,
                                           JSC_TYPE_VALUE, native,
                                           JSC_TYPE_VALUE, self->page_kit,
                                           JSC_TYPE_VALUE, preload_kit,
                                           G_TYPE_STRING, config->runtime,
                                           G_TYPE_NONE);
  exception = dup_exception (self->preload_context);
  if (exception != NULL)
    {
      g_warning ("Starting the preload runtime failed: %s", exception);
      g_clear_object (&self->runtime);
      return FALSE;
    }

  self->deliver = jsc_value_object_get_property (self->runtime, "deliver");
  sockets_listener = jsc_value_object_get_property (self->runtime, "sockets");
  mullion_render_sockets_listen (self->sockets, sockets_listener, self->sides);
  streams_listener = jsc_value_object_get_property (self->runtime, "streamChanged");
  mullion_render_streams_listen (self->streams, streams_listener);

  return TRUE;
}

static void
report_preload_error (MullionRenderDocument *self,
                      const char            *message)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "path",
                                 mullion_render_page_get_config (self->page)->preload_path);
  json_object_set_string_member (body, "message", message);
  mullion_render_page_send (self->page, MULLION_FRAME_PRELOAD_ERROR, self->serial, body);
}

/* The function that CommonJS makes of the app's preload script. It begins on the script's own
 * first line, so that the lines of a stack trace are those of the file. */
static JSCValue *
compile_preload (MullionRenderDocument    *self,
                 const MullionPageConfig  *config,
                 char                    **exception)
{
  g_autofree char *text =
    g_strconcat ("(function (require, process, exports, module, Buffer, global, "
                 "setImmediate, clearImmediate) {", config->preload_source, "\n})", NULL);
  g_autoptr(JSCValue) function =
    jsc_context_evaluate_with_source_uri (self->preload_context, text, -1,
                                          config->preload_path, 1);

  *exception = dup_exception (self->preload_context);

  return *exception == NULL ? g_steal_pointer (&function) : NULL;
}

static void
run_app_preload (MullionRenderDocument *self)
{
  const MullionPageConfig *config = mullion_render_page_get_config (self->page);
  g_autofree char *exception = NULL;
  g_autoptr(JSCContext) context = g_object_ref (self->preload_context);
  g_autoptr(JSCValue) runtime = g_object_ref (self->runtime);
  g_autoptr(JSCValue) preload = compile_preload (self, config, &exception);
  g_autoptr(JSCValue) thrown = NULL;

  if (preload != NULL)
    {
      thrown = jsc_value_object_invoke_method (runtime, "runPreload",
                                               JSC_TYPE_VALUE, preload, G_TYPE_NONE);
      exception = dup_exception (context);
      if (exception == NULL && jsc_value_is_string (thrown))
        exception = jsc_value_to_string (thrown);
    }

  if (exception != NULL && self->page != NULL)
    report_preload_error (self, exception);
}

static void
watch_user (MullionRenderDocument *self)
{
  g_autoptr(JSCValue) result =
    jsc_value_object_invoke_method (self->runtime, "watchUser", G_TYPE_NONE);
  g_autofree char *exception = dup_exception (self->preload_context);

  if (exception != NULL)
    g_warning ("A document cannot watch its user: %s", exception);
}

void
mullion_render_document_run_preload (MullionRenderDocument *self)
{
  if (self->has_bridge && start_runtime (self))
    {
      watch_user (self);
      if (mullion_render_page_get_config (self->page)->preload_source != NULL)
        run_app_preload (self);
    }

  /* The preload may have navigated or closed the page. */
  if (self->page_context != NULL)
    mullion_render_page_send (self->page, MULLION_FRAME_DOCUMENT_READY, self->serial,
                              json_object_new ());
}

void
mullion_render_document_deliver (MullionRenderDocument *self,
                                 const MullionFrame    *frame)
{
  g_autoptr(JSCContext) context = NULL;
  g_autoptr(JSCValue) deliver = NULL;
  g_autoptr(JSCValue) result = NULL;
  g_autofree char *exception = NULL;

  if (self->deliver == NULL)
    return;

  context = g_object_ref (self->preload_context);
  deliver = g_object_ref (self->deliver);
  result = jsc_value_function_call (deliver,
                                    G_TYPE_STRING, frame->body,
                                    G_TYPE_UINT, mullion_render_sides_add (self->sides, frame),
                                    G_TYPE_UINT, mullion_render_sockets_add (self->sockets, frame),
                                    G_TYPE_UINT, (guint) frame->header.n_ports,
                                    G_TYPE_NONE);
  exception = dup_exception (context);
  if (exception != NULL)
    g_warning ("Delivering messages to a page failed: %s", exception);
}

static void
answer_evaluation (MullionRenderDocument *self,
                   guint64                id,
                   const char            *error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) batch = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, MULLION_MESSAGE_RESULT);
  json_builder_add_int_value (builder, id);
  json_builder_add_string_value (builder, "error");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, error);
  json_builder_end_array (builder);
  json_builder_end_array (builder);
  json_builder_end_array (builder);

  batch = json_builder_get_root (builder);
  text = mullion_json_to_string (batch);
  mullion_channel_send (mullion_render_page_get_channel (self->page), MULLION_FRAME_MESSAGES,
                        self->serial, 0, text, strlen (text), NULL);
}

/* Runs @code in the page's own world, as if the page had it in a script. Its value, or what a
 * promise comes to, is answered by the runtime; what it throws, from here. */
void
mullion_render_document_evaluate (MullionRenderDocument *self,
                                  guint64                id,
                                  const char            *code)
{
  g_autoptr(JSCContext) context = NULL;
  g_autoptr(JSCValue) runtime = NULL;
  g_autoptr(JSCValue) value = NULL;
  g_autoptr(JSCValue) result = NULL;
  g_autofree char *exception = NULL;

  if (self->page_context == NULL || !start_runtime (self))
    {
      answer_evaluation (self, id, "The page runs no scripts");
      return;
    }

  context = g_object_ref (self->page_context);
  runtime = g_object_ref (self->runtime);
  value = jsc_context_evaluate_with_source_uri (context, code, -1,
                                                "mullion:execute-javascript", 1);
  if (self->page_context == NULL)
    return;

  exception = dup_exception (context);
  if (exception != NULL)
    answer_evaluation (self, id, exception);
  else
    result = jsc_value_object_invoke_method (runtime, "settle",
                                             G_TYPE_DOUBLE, (double) id,
                                             JSC_TYPE_VALUE, value, G_TYPE_NONE);
}

guint64
mullion_render_document_get_serial (MullionRenderDocument *self)
{
  return self->serial;
}

gboolean
mullion_render_document_is_main_frame (MullionRenderDocument *self)
{
  return self->is_main_frame;
}

MullionRenderSides *
mullion_render_document_get_sides (MullionRenderDocument *self)
{
  return self->sides;
}

MullionRenderStreams *
mullion_render_document_get_streams (MullionRenderDocument *self)
{
  return self->streams;
}

MullionRenderSockets *
mullion_render_document_get_sockets (MullionRenderDocument *self)
{
  return self->sockets;
}

MullionRenderPage *
mullion_render_document_get_page (MullionRenderDocument *self)
{
  return self->page;
}

JSCContext *
mullion_render_document_get_context (MullionRenderDocument *self,
                                     WebKitScriptWorld     *world)
{
  g_autoptr(WebKitFrame) frame = g_weak_ref_get (&self->frame);

  if (self->page_context == NULL || frame == NULL)
    return NULL;

  return webkit_frame_get_js_context_for_script_world (frame, world);
}

void
mullion_render_document_detach (MullionRenderDocument *self)
{
  mullion_render_streams_close (self->streams);
  mullion_render_sockets_close (self->sockets);
  g_clear_object (&self->deliver);
  g_clear_object (&self->runtime);
  g_clear_object (&self->page_kit);
  g_clear_object (&self->preload_context);
  g_clear_object (&self->page_context);
  self->page = NULL;
}

static void
mullion_render_document_dispose (GObject *object)
{
  MullionRenderDocument *self = MULLION_RENDER_DOCUMENT (object);

  mullion_render_document_detach (self);
  g_weak_ref_set (&self->frame, NULL);

  G_OBJECT_CLASS (mullion_render_document_parent_class)->dispose (object);
}

static void
mullion_render_document_finalize (GObject *object)
{
  MullionRenderDocument *self = MULLION_RENDER_DOCUMENT (object);

  mullion_render_streams_unref (self->streams);
  mullion_render_sockets_unref (self->sockets);
  mullion_render_sides_free (self->sides);

  G_OBJECT_CLASS (mullion_render_document_parent_class)->finalize (object);
}

static void
mullion_render_document_class_init (MullionRenderDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mullion_render_document_dispose;
  object_class->finalize = mullion_render_document_finalize;
}

static void
mullion_render_document_init (MullionRenderDocument *self)
{
  self->sides = mullion_render_sides_new ();
  self->sockets = mullion_render_sockets_new ();
  self->streams = mullion_render_streams_new (self->sockets);
}

MullionRenderDocument *
mullion_render_document_new (MullionRenderPage *page,
                             WebKitFrame       *frame,
                             JSCValue          *page_kit,
                             guint64            serial)
{
  MullionRenderDocument *self = g_object_new (MULLION_TYPE_RENDER_DOCUMENT, NULL);

  self->page = page;
  g_weak_ref_init (&self->frame, frame);
  self->serial = serial;
  self->is_main_frame = webkit_frame_is_main_frame (frame);
  self->page_context = webkit_frame_get_js_context (frame);
  self->page_kit = g_object_ref (page_kit);
  self->preload_context =
    webkit_frame_get_js_context_for_script_world (frame,
                                                  mullion_render_page_get_preload_world (page));

  return self;
}
