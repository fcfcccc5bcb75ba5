/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop-view.h"

#include "capabilities/mullion-capability.h"
#include "rules/mullion-rule-notes.h"
#include "rules/mullion-rule-origins.h"

/*
 * MullionDesktopView: a page above the page of a window, for the document that made it. Main
 * process.
 *
 * It shows pages of the app and of the origins that the capability lists, and stays with these
 * wherever its page or a server would lead it. What a page in it gets is the library's rule for all
 * pages: one of another origin has no preload and no bridge, unless the manifest trusts its origin.
 */

struct _MullionDesktopView
{
  MullionDesktop *desktop;    /* (unowned): of the module, which owns us */
  const char *const *origins; /* (unowned): the module's */
  MullionDesktopViewEnded ended;
  gpointer user_data;

  guint number;
  MullionWebContentsView *widget;
  MullionWebContents *contents;
  MullionWebFrameMain *frame; /* of the document that made it */
};

/* -- What becomes of it -- */

static JsonArray *
begin_details (MullionDesktopView *self)
{
  JsonArray *details = json_array_new ();

  json_array_add_int_element (details, self->number);

  return details;
}

static void
tell (MullionDesktopView *self,
      const char         *event,
      JsonArray          *details)
{
  mullion_desktop_tell (self->desktop, self->frame, event, details);
}

static void
tell_text (MullionDesktopView *self,
           const char         *event,
           const char         *text)
{
  JsonArray *details = begin_details (self);

  json_array_add_string_element (details, text != NULL ? text : "");
  tell (self, event, details);
}

static void
tell_loading (MullionDesktopView *self,
              gboolean            is_loading)
{
  JsonArray *details = begin_details (self);

  json_array_add_boolean_element (details, is_loading);
  tell (self, "loading", details);
}

static void
started_cb (MullionDesktopView *self)
{
  tell_loading (self, TRUE);
}

static void
stopped_cb (MullionDesktopView *self)
{
  tell_loading (self, FALSE);
}

static void
navigated_cb (MullionDesktopView *self,
              const char         *url)
{
  tell_text (self, "navigated", url);
}

static void
title_cb (MullionDesktopView *self,
          const char         *title)
{
  tell_text (self, "title", title);
}

static void
gone_cb (MullionDesktopView *self,
         const char         *reason)
{
  tell_text (self, "gone", reason);
}

static void
failed_cb (MullionDesktopView *self,
           int                 code,
           const char         *description,
           const char         *url)
{
  JsonArray *details = begin_details (self);

  json_array_add_int_element (details, code);
  json_array_add_string_element (details, description);
  json_array_add_string_element (details, url);
  tell (self, "failed", details);
}

static void
end (MullionDesktopView *self)
{
  self->ended (self, self->user_data);
}

/* -- Where it goes -- */

/* Security: blob: and data: have no origin of their own that could be trusted. */
static gboolean
has_origin (const char *url)
{
  g_autofree char *scheme = g_uri_parse_scheme (url);

  return scheme != NULL && (g_ascii_strcasecmp (scheme, "https") == 0 ||
                            g_ascii_strcasecmp (scheme, "http") == 0 ||
                            g_ascii_strcasecmp (scheme, "app") == 0);
}

static gboolean
may_show (MullionDesktopView *self,
          const char         *url)
{
  MullionApp *app = mullion_capability_set_get_app (mullion_desktop_get_set (self->desktop));

  return has_origin (url) &&
         mullion_rule_origins_match (self->origins, mullion_app_get_origin (app), url);
}

/* By its page, or by a server. A load of ours may be sent on to anywhere otherwise, but this was
 * the wish of a page. */
static void
navigate_cb (MullionDesktopView     *self,
             MullionNavigationEvent *event)
{
  const char *url = mullion_navigation_event_get_url (event);

  if (!mullion_navigation_event_is_main_frame (event))
    return;
  if (may_show (self, url))
    {
      mullion_navigation_event_allow (event);
      return;
    }

  mullion_rule_note ("a view did not go to %s: the views of the manifest do not list it", url);
  mullion_navigation_event_prevent_default (event);
}

gboolean
mullion_desktop_view_load (MullionDesktopView  *self,
                           const char          *url,
                           GError             **error)
{
  const char *base = mullion_web_frame_main_get_url (self->frame);
  g_autofree char *whole = g_uri_resolve_relative (base, url, G_URI_FLAGS_PARSE_RELAXED, NULL);

  if (whole == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "url: expected the address of a page");
      return FALSE;
    }
  if (!may_show (self, whole))
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                           "cannot show this page: it is none of the app's, and the \"origins\" of "
                           "the capability \"views\" do not list its origin");
      return FALSE;
    }

  mullion_web_contents_load_uri (self->contents, whole);
  return TRUE;
}

/* -- Its beginning and its end -- */

static void
follow (MullionDesktopView *self)
{
  const struct
  {
    const char *signal;
    GCallback callback;
  } connections[] = {
    { "closed", G_CALLBACK (mullion_desktop_view_close) },
    { "did-fail-load", G_CALLBACK (failed_cb) },
    { "did-navigate", G_CALLBACK (navigated_cb) },
    { "did-start-loading", G_CALLBACK (started_cb) },
    { "did-stop-loading", G_CALLBACK (stopped_cb) },
    { "page-title-updated", G_CALLBACK (title_cb) },
    { "render-process-gone", G_CALLBACK (gone_cb) },
    { "will-navigate", G_CALLBACK (navigate_cb) },
    { "will-redirect", G_CALLBACK (navigate_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_swapped (self->contents, connections[i].signal, connections[i].callback, self);
  g_signal_connect_swapped (self->frame, "detached", G_CALLBACK (end), self);
}

MullionDesktopView *
mullion_desktop_view_new (MullionDesktop          *desktop,
                          const char *const       *origins,
                          MullionWebFrameMain     *frame,
                          MullionDesktopViewEnded  ended,
                          gpointer                 user_data)
{
  MullionDesktopView *self = g_new0 (MullionDesktopView, 1);
  MullionCapabilitySet *set = mullion_desktop_get_set (desktop);
  g_autoptr(JsonObject) options = json_object_new ();

  json_object_set_object_member (
    options, "webPreferences", json_object_ref (mullion_capability_set_get_web_preferences (set)));
  self->desktop = desktop;
  self->origins = origins;
  self->ended = ended;
  self->user_data = user_data;
  self->widget = g_object_ref_sink (
    mullion_web_contents_view_new (mullion_capability_set_get_app (set), options));
  self->contents = g_object_ref (mullion_web_contents_view_get_web_contents (self->widget));
  self->number = mullion_web_contents_get_id (self->contents);
  self->frame = g_object_ref (frame);
  follow (self);

  return self;
}

static void
take_out (MullionDesktopView *self)
{
  MullionBrowserWindow *window = mullion_browser_window_from_web_contents (self->contents);

  /* A window that is closing takes its views out by itself. */
  if (window != NULL && !mullion_browser_window_is_destroyed (window))
    mullion_browser_window_remove_child_view (window, self->widget);
}

void
mullion_desktop_view_free (MullionDesktopView *self)
{
  g_signal_handlers_disconnect_by_data (self->contents, self);
  g_signal_handlers_disconnect_by_data (self->frame, self);
  take_out (self);
  /* Whoever holds on to the widget finds it empty. */
  g_object_run_dispose (G_OBJECT (self->widget));
  g_object_unref (self->widget);
  g_object_unref (self->contents);
  g_object_unref (self->frame);
  g_free (self);
}

void
mullion_desktop_view_close (MullionDesktopView *self)
{
  tell (self, "closed", begin_details (self));
  end (self);
}

guint
mullion_desktop_view_get_number (MullionDesktopView *self)
{
  return self->number;
}

MullionWebFrameMain *
mullion_desktop_view_get_frame (MullionDesktopView *self)
{
  return self->frame;
}

MullionWebContentsView *
mullion_desktop_view_get_widget (MullionDesktopView *self)
{
  return self->widget;
}

MullionWebContents *
mullion_desktop_view_get_contents (MullionDesktopView *self)
{
  return self->contents;
}
