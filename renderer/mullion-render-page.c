/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-render-page.h"

#include "mullion-context-details.h"
#include "mullion-json-writer.h"
#include "mullion-render-document.h"
#include "mullion-render-realm.h"

#include <errno.h>
#include <gio/gunixfdlist.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * MullionRenderPage: the web process's half of a page.
 *
 * Makes the channel to the main process, keeps the page's configuration, and knows the living
 * document of each frame. It trusts the main process and nothing that a page's script says: what a
 * document is (frame, address, origin) is asked of WebKit before any script of the page has run.
 */

/* How long the first document of a page waits for its configuration. The main process sends it as
 * soon as it hears of the page; who lets it wait so long is stuck. */
#define CONFIGURATION_TIMEOUT_MS 10000

struct _MullionRenderPage
{
  GObject parent_instance;

  WebKitWebPage *web_page; /* (unowned): owns us, through the table of pages */
  WebKitScriptWorld *preload_world;

  MullionChannel *channel;
  MullionPageConfig *config; /* (nullable) until the first document */

  GHashTable *realms;    /* frame id → (owned) MullionRenderRealm, the page's */
  GHashTable *documents; /* frame id → (owned) MullionRenderDocument */
  guint64 last_serial;
};

G_DEFINE_FINAL_TYPE (MullionRenderPage, mullion_render_page, G_TYPE_OBJECT)

/* Takes @body. */
void
mullion_render_page_send (MullionRenderPage *self,
                          MullionFrameKind   kind,
                          guint64            document,
                          JsonObject        *body)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autofree char *text = mullion_json_to_string (node);

  json_object_unref (body);
  /* A page that talks to its console faster than anybody listens has to wait, as with messages. */
  if (mullion_channel_send (self->channel, kind, document, 0, text, strlen (text), NULL))
    mullion_channel_flush_blocking (self->channel, NULL);
}

static gboolean open_channel (MullionRenderPage  *self,
                              GError            **error);

static MullionRenderDocument *
find_document (MullionRenderPage *self,
               guint64            serial)
{
  GHashTableIter iter;
  gpointer document;

  g_hash_table_iter_init (&iter, self->documents);
  while (g_hash_table_iter_next (&iter, NULL, &document))
    if (mullion_render_document_get_serial (document) == serial)
      return document;

  return NULL;
}

static void
configure (MullionRenderPage  *self,
           const MullionFrame *frame)
{
  g_autoptr(GError) error = NULL;
  MullionPageConfig *config =
    mullion_page_config_parse (frame->body, frame->header.length, &error);

  if (config == NULL)
    {
      g_warning ("Reading the configuration of a page failed: %s", error->message);
      return;
    }

  g_clear_pointer (&self->config, mullion_page_config_free);
  self->config = config;
}

/* A page that WebKit makes in a new process, to go on to another site, is not the view's page until
 * its first document is committed, and what it sends to the view before that is lost. So a channel
 * that nobody has answered yet is offered again, now that there is a document. */
static gboolean
await_configuration (MullionRenderPage  *self,
                     GError            **error)
{
  g_autoptr(MullionFrame) frame =
    mullion_channel_steal_frame (self->channel, MULLION_FRAME_CONFIGURE);

  if (frame == NULL && open_channel (self, error))
    frame = mullion_channel_wait_frame (self->channel, MULLION_FRAME_CONFIGURE, 0,
                                        CONFIGURATION_TIMEOUT_MS, error);
  if (frame != NULL)
    configure (self, frame);

  return frame != NULL;
}

/* The newest configuration counts: the main process sends one before it starts or repeats a load,
 * and it is in the socket by the time the document begins. */
static gboolean
take_configuration (MullionRenderPage *self)
{
  g_autoptr(GError) error = NULL;
  MullionFrame *frame;

  if (self->config == NULL && !await_configuration (self, &error))
    {
      g_warning ("A page got no configuration: %s", error->message);
      return FALSE;
    }

  while ((frame = mullion_channel_steal_frame (self->channel, MULLION_FRAME_CONFIGURE)) != NULL)
    {
      configure (self, frame);
      mullion_frame_unref (frame);
    }

  return self->config != NULL;
}

static void
end_document (gpointer data)
{
  MullionRenderDocument *document = data;

  mullion_render_document_detach (document);
  g_object_unref (document);
}

typedef struct
{
  MullionRenderPage *page;
  guint64 frame_id;
} FrameWatch;

static void
frame_gone_cb (gpointer  data,
               GObject  *frame)
{
  g_autofree FrameWatch *watch = data;
  g_autoptr(MullionRenderPage) self = watch->page;
  MullionRenderDocument *document = g_hash_table_lookup (self->documents, &watch->frame_id);

  g_hash_table_remove (self->realms, &watch->frame_id);
  if (document == NULL)
    return;

  mullion_render_page_send (self, MULLION_FRAME_DOCUMENT_GONE,
                            mullion_render_document_get_serial (document), json_object_new ());
  g_hash_table_remove (self->documents, &watch->frame_id);
}

static void
watch_frame (MullionRenderPage *self,
             WebKitFrame       *frame)
{
  FrameWatch *watch = g_new (FrameWatch, 1);

  watch->page = g_object_ref (self);
  watch->frame_id = webkit_frame_get_id (frame);
  g_object_weak_ref (G_OBJECT (frame), frame_gone_cb, watch);
}

/* Any main frame does, for the app may evaluate something there that needs a way to answer. Before the
 * first document of the page, nobody has said yet which others do. */
static gboolean
may_get_document (MullionRenderPage *self,
                  WebKitFrame       *frame)
{
  return webkit_frame_is_main_frame (frame) || self->config == NULL ||
         *self->config->sub_frame_origins != NULL;
}

void
mullion_render_page_take_realm (MullionRenderPage *self,
                                WebKitFrame       *frame)
{
  guint64 frame_id = webkit_frame_get_id (frame);
  g_autoptr(JSCContext) context = webkit_frame_get_js_context (frame);
  MullionRenderRealm *realm = g_hash_table_lookup (self->realms, &frame_id);

  if (realm == NULL)
    watch_frame (self, frame);
  else if (mullion_render_realm_is_of (realm, context))
    return;

  g_hash_table_replace (self->realms, g_memdup2 (&frame_id, sizeof frame_id),
                        mullion_render_realm_new (context, may_get_document (self, frame)));
}

/* The frame is asked for its realm before the table is: where WebKit makes that only now, it tells
 * mullion_render_page_take_realm () first.
 *
 * Returns: (nullable): NULL for a realm that has run who knows what */
static JSCValue *
find_kit (MullionRenderPage *self,
          WebKitFrame       *frame)
{
  guint64 frame_id = webkit_frame_get_id (frame);
  g_autoptr(JSCContext) context = webkit_frame_get_js_context (frame);
  MullionRenderRealm *realm = g_hash_table_lookup (self->realms, &frame_id);

  return realm != NULL && mullion_render_realm_is_of (realm, context)
    ? mullion_render_realm_get_kit (realm) : NULL;
}

/* A frame got a new document, and none of its scripts has run. */
void
mullion_render_page_begin_document (MullionRenderPage *self,
                                    WebKitFrame       *frame)
{
  guint64 frame_id = webkit_frame_get_id (frame);
  g_autoptr(MullionRenderDocument) document = NULL;
  JSCValue *kit;

  if (!take_configuration (self) || !mullion_channel_is_open (self->channel))
    return;
  if (!may_get_document (self, frame))
    return;

  kit = find_kit (self, frame);
  if (kit == NULL)
    return;

  document = mullion_render_document_new (self, frame, kit, ++self->last_serial);
  g_hash_table_replace (self->documents, g_memdup2 (&frame_id, sizeof frame_id),
                        g_object_ref (document));
  mullion_render_document_announce (document);
  mullion_render_document_run_preload (document);
}

static void
evaluate (MullionRenderDocument *document,
          const MullionFrame    *frame)
{
  g_autoptr(JsonNode) node = json_from_string (frame->body, NULL);
  const char *code = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    code = json_object_get_string_member_with_default (json_node_get_object (node), "code", NULL);
  if (code != NULL)
    mullion_render_document_evaluate (document, frame->header.id, code);
}

static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  MullionRenderPage *self = user_data;
  g_autoptr(MullionRenderDocument) document = find_document (self, frame->header.document);

  if (document != NULL)
    g_object_ref (document);

  switch (frame->header.kind)
    {
    case MULLION_FRAME_CONFIGURE:
      configure (self, frame);
      break;
    /* A document that is gone by now gets nothing: the main process knows, or will in a moment. */
    case MULLION_FRAME_DELIVER:
      if (document != NULL)
        mullion_render_document_deliver (document, frame);
      break;
    case MULLION_FRAME_EVALUATE:
      if (document != NULL)
        evaluate (document, frame);
      break;
    default:
      g_warning ("The main process sent a frame of the unknown kind %u", frame->header.kind);
    }
}

static const MullionChannelFuncs channel_funcs = { .frame = frame_cb };

static void
dom_ready_cb (WebKitWebPage     *web_page,
              MullionRenderPage *self)
{
  GHashTableIter iter;
  gpointer document;

  g_hash_table_iter_init (&iter, self->documents);
  while (g_hash_table_iter_next (&iter, NULL, &document))
    if (mullion_render_document_is_main_frame (document))
      mullion_render_page_send (self, MULLION_FRAME_DOM_READY,
                                mullion_render_document_get_serial (document),
                                json_object_new ());
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS
/* WebKit calls the signal deprecated without having another way to hear a page's console. */
static void
console_message_cb (WebKitWebPage        *web_page,
                    WebKitConsoleMessage *message,
                    MullionRenderPage    *self)
{
  JsonObject *body = json_object_new ();

  json_object_set_int_member (body, "level", webkit_console_message_get_level (message));
  json_object_set_string_member (body, "text", webkit_console_message_get_text (message));
  json_object_set_int_member (body, "line", webkit_console_message_get_line (message));
  json_object_set_string_member (body, "source", webkit_console_message_get_source_id (message));
  mullion_render_page_send (self, MULLION_FRAME_CONSOLE, 0, body);
}
G_GNUC_END_IGNORE_DEPRECATIONS

MullionChannel *
mullion_render_page_get_channel (MullionRenderPage *self)
{
  return self->channel;
}

const MullionPageConfig *
mullion_render_page_get_config (MullionRenderPage *self)
{
  return self->config;
}

WebKitScriptWorld *
mullion_render_page_get_preload_world (MullionRenderPage *self)
{
  return self->preload_world;
}

static gboolean
context_menu_cb (WebKitWebPage          *web_page,
                 WebKitContextMenu      *menu,
                 WebKitWebHitTestResult *hit,
                 MullionRenderPage      *self)
{
  mullion_context_details_add (menu, hit, self->preload_world);
  return FALSE;
}

static void
mullion_render_page_dispose (GObject *object)
{
  MullionRenderPage *self = MULLION_RENDER_PAGE (object);

  g_hash_table_remove_all (self->documents);
  g_hash_table_remove_all (self->realms);
  if (self->channel != NULL)
    mullion_channel_close (self->channel);
  g_clear_object (&self->channel);
  g_clear_object (&self->preload_world);

  G_OBJECT_CLASS (mullion_render_page_parent_class)->dispose (object);
}

static void
mullion_render_page_finalize (GObject *object)
{
  MullionRenderPage *self = MULLION_RENDER_PAGE (object);

  g_clear_pointer (&self->documents, g_hash_table_unref);
  g_clear_pointer (&self->realms, g_hash_table_unref);
  g_clear_pointer (&self->config, mullion_page_config_free);

  G_OBJECT_CLASS (mullion_render_page_parent_class)->finalize (object);
}

static void
mullion_render_page_class_init (MullionRenderPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mullion_render_page_dispose;
  object_class->finalize = mullion_render_page_finalize;
}

static void
mullion_render_page_init (MullionRenderPage *self)
{
  self->documents = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, end_document);
  self->realms = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                        (GDestroyNotify) mullion_render_realm_free);
}

/* Hands the other end of a fresh socket pair to the view, in one message of the page: so WebKit
 * itself vouches for which view the channel belongs to. */
static gboolean
open_channel (MullionRenderPage  *self,
              GError            **error)
{
  g_autoptr(GUnixFDList) fds = g_unix_fd_list_new ();
  int pair[2];
  gboolean listed;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   "Making a socket pair failed: %s", g_strerror (saved_errno));
      return FALSE;
    }

  if (self->channel != NULL)
    mullion_channel_close (self->channel);
  g_clear_object (&self->channel);
  self->channel = mullion_channel_new (pair[0], &channel_funcs, self);
  listed = g_unix_fd_list_append (fds, pair[1], error) >= 0;
  close (pair[1]);
  if (!listed)
    return FALSE;

  webkit_web_page_send_message_to_view (
    self->web_page,
    webkit_user_message_new_with_fd_list (MULLION_WIRE_CHANNEL_MESSAGE,
                                          g_variant_new_uint32 (MULLION_WIRE_VERSION), fds),
    NULL, NULL, NULL);
  mullion_channel_attach (self->channel, G_PRIORITY_DEFAULT);

  return TRUE;
}

/* Returns: (nullable): NULL when there can be no channel, and so no bridge, for this page. */
MullionRenderPage *
mullion_render_page_new (WebKitWebPage     *web_page,
                         WebKitScriptWorld *preload_world)
{
  g_autoptr(MullionRenderPage) self = g_object_new (MULLION_TYPE_RENDER_PAGE, NULL);
  g_autoptr(GError) error = NULL;

  self->web_page = web_page;
  self->preload_world = g_object_ref (preload_world);
  if (!open_channel (self, &error))
    {
      g_warning ("A page has no channel to the main process: %s", error->message);
      return NULL;
    }

  g_signal_connect_object (web_page, "document-loaded", G_CALLBACK (dom_ready_cb), self, 0);
  g_signal_connect_object (web_page, "console-message-sent",
                           G_CALLBACK (console_message_cb), self, 0);
  g_signal_connect_object (web_page, "context-menu", G_CALLBACK (context_menu_cb), self, 0);

  return g_steal_pointer (&self);
}
