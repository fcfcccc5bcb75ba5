/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-page-looks.h"

#include "mullion-web-contents-private.h"

/*
 * MullionPageLooks: the picture and the colour of a page, what its links lead to, its sound.
 *
 * Lives in the main process and belongs to the web contents. All of it is what the page says.
 */

#define MAX_ICONS 16

/* WebKit's own database of pictures knows those of the web only, and has one a page. The script runs in
 * a world of its own, which the page cannot reach into; but what it finds may be named by the page, so
 * nothing is looked up in the document itself. A page of the web has a picture without saying so. */
#define WORLD "mullion-looks"
#define LIST_ICONS \
  "(() => {" \
  "  const query = Document.prototype.querySelectorAll;" \
  "  const urls = Array.from(query.call(document, 'link[rel~=\"icon\" i]'), (link) => link.href)" \
  "    .filter((url) => typeof url === 'string' && url !== '' && url.length < 65536);" \
  "  if (urls.length === 0 && /^https?:$/.test(location.protocol))" \
  "    urls.push(location.origin + '/favicon.ico');" \
  "  return JSON.stringify(urls.slice(0, " G_STRINGIFY (MAX_ICONS) "));" \
  "})()"

struct _MullionPageLooks
{
  MullionWebContents *contents; /* (unowned): owns us */
  WebKitWebView *view;
  GCancellable *cancellable;
  char *target_url; /* what the pointer is on, "" for no link */
};

/* (transfer full) (nullable): whatever process answers, it is a few texts or nothing. */
static GStrv
read_icons (const char *json)
{
  g_autoptr(JsonNode) node = json_from_string (json, NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *icons = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n_icons = icons != NULL ? MIN (json_array_get_length (icons), MAX_ICONS) : 0;

  for (guint i = 0; i < n_icons; i++)
    {
      JsonNode *icon = json_array_get_element (icons, i);

      if (JSON_NODE_HOLDS_VALUE (icon) && json_node_get_value_type (icon) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (icon));
    }

  return n_icons > 0 ? g_strv_builder_end (builder) : NULL;
}

static void
listed_icons_cb (GObject      *view,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JSCValue) value = webkit_web_view_evaluate_javascript_finish (WEBKIT_WEB_VIEW (view),
                                                                          result, &error);
  MullionPageLooks *self = user_data;
  g_autofree char *json = NULL;
  g_auto(GStrv) icons = NULL;

  /* A page without scripts, or that is gone, has no picture to tell of; and who was cancelled is not
   * there any more. */
  if (value == NULL)
    return;

  json = jsc_value_to_string (value);
  icons = read_icons (json);
  if (icons != NULL)
    g_signal_emit_by_name (self->contents, "page-favicon-updated", icons);
}

/* Only for who wants to know, and the end of a load is when all of the page is there. */
static void
load_changed_cb (WebKitWebView    *view,
                 WebKitLoadEvent   event,
                 MullionPageLooks *self)
{
  guint signal_id = g_signal_lookup ("page-favicon-updated", MULLION_TYPE_WEB_CONTENTS);

  if (event == WEBKIT_LOAD_FINISHED && self->contents->crash_page == MULLION_CRASH_PAGE_NONE &&
      g_signal_has_handler_pending (self->contents, signal_id, 0, TRUE))
    webkit_web_view_evaluate_javascript (view, LIST_ICONS, -1, WORLD, NULL, self->cancellable,
                                         listed_icons_cb, self);
}

#if WEBKIT_CHECK_VERSION (2, 50, 0)
static int
to_byte (float part)
{
  return (int) (CLAMP (part, 0.0f, 1.0f) * 255.0f + 0.5f);
}

static void
notify_theme_color_cb (WebKitWebView    *view,
                       GParamSpec       *pspec,
                       MullionPageLooks *self)
{
  g_autofree char *text = NULL;
  GdkRGBA color;

  if (webkit_web_view_get_theme_color (view, &color))
    text = g_strdup_printf ("#%02X%02X%02X", to_byte (color.red), to_byte (color.green),
                            to_byte (color.blue));
  g_signal_emit_by_name (self->contents, "did-change-theme-color", text);
}
#endif

static void
mouse_target_changed_cb (WebKitWebView       *view,
                         WebKitHitTestResult *hit,
                         guint                modifiers,
                         MullionPageLooks    *self)
{
  const char *uri = webkit_hit_test_result_context_is_link (hit)
                      ? webkit_hit_test_result_get_link_uri (hit) : "";

  if (g_str_equal (uri, self->target_url))
    return;

  g_free (self->target_url);
  self->target_url = g_strdup (uri);
  g_signal_emit_by_name (self->contents, "update-target-url", self->target_url);
}

/* Electron tells of sound and of media; WebKit tells of what can be heard. */
static void
notify_audio_cb (WebKitWebView    *view,
                 GParamSpec       *pspec,
                 MullionPageLooks *self)
{
  g_autoptr(MullionWebContents) contents = g_object_ref (self->contents);
  gboolean is_audible = webkit_web_view_is_playing_audio (view);

  g_signal_emit_by_name (contents, is_audible ? "media-started-playing" : "media-paused");
  if (!mullion_web_contents_is_destroyed (contents))
    g_signal_emit_by_name (contents, "audio-state-changed", is_audible);
}

void
mullion_page_looks_free (MullionPageLooks *self)
{
  g_signal_handlers_disconnect_by_data (self->view, self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->view);
  g_free (self->target_url);
  g_free (self);
}

MullionPageLooks *
mullion_page_looks_new (MullionWebContents *contents,
                        WebKitWebView      *view)
{
  MullionPageLooks *self = g_new0 (MullionPageLooks, 1);

  self->contents = contents;
  self->view = g_object_ref (view);
  self->cancellable = g_cancellable_new ();
  self->target_url = g_strdup ("");
  g_signal_connect (view, "load-changed", G_CALLBACK (load_changed_cb), self);
#if WEBKIT_CHECK_VERSION (2, 50, 0)
  g_signal_connect (view, "notify::theme-color", G_CALLBACK (notify_theme_color_cb), self);
#endif
  g_signal_connect (view, "mouse-target-changed", G_CALLBACK (mouse_target_changed_cb), self);
  g_signal_connect (view, "notify::is-playing-audio", G_CALLBACK (notify_audio_cb), self);

  return self;
}
