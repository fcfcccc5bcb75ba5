/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

#include "mullion-app-private.h"
#include "mullion-channel.h"
#include "mullion-fd-message.h"
#include "mullion-net-error.h"
#include "mullion-page-configuration.h"
#include "mullion-page-print.h"
#include "mullion-process-guard.h"
#include "mullion-refusal.h"

#include <gio/gunixfdlist.h>
#include <libsoup/soup.h>

/*
 * What happens to the page of MullionWebContents: its channels come and go, and WebKit reports.
 *
 * WebKit may begin the next page in another process while the present one is still shown. So there
 * may be several channels; the one whose document was shown last is spoken to.
 */

/* Pages of the view that WebKit has begun in another process and not yet shown. */
#define MAX_PROVISIONAL_HOSTS 4

/* A page offers its channel when it is made, and again with its first document. */
#define MAX_OFFERS 100

/* -- The page's channel -- */

static JsonNode *
make_configuration (MullionWebContents *self)
{
  g_autoptr(GError) error = NULL;
  JsonNode *configuration =
    mullion_page_configuration_new (self->app, self->preferences,
                                    mullion_web_contents_get_grants_in_force (self), &error);

  if (error != NULL)
    mullion_web_contents_preload_failed (self, self->preferences->preload, error->message);

  return configuration;
}

/* Says anew what documents are made with, so that the next one gets the preload script as it is
 * now. It is in the channel before WebKit hears of the load. */
void
mullion_web_contents_configure (MullionWebContents *self)
{
  g_autoptr(JsonNode) configuration = NULL;

  if (self->host == NULL && g_queue_is_empty (&self->provisional_hosts))
    return;

  configuration = make_configuration (self);
  if (self->host != NULL)
    mullion_page_host_configure (self->host, configuration);
  for (GList *l = self->provisional_hosts.head; l != NULL; l = l->next)
    mullion_page_host_configure (l->data, configuration);
}

static void
drop_host (MullionPageHost *host)
{
  mullion_page_host_close (host);
  g_object_unref (host);
}

void
mullion_web_contents_add_channel (MullionWebContents *self,
                                  guint64             page_id,
                                  int                 fd)
{
  MullionPageHost *host = mullion_page_host_new (self, page_id, fd);
  g_autoptr(JsonNode) configuration = make_configuration (self);

  if (g_queue_get_length (&self->provisional_hosts) >= MAX_PROVISIONAL_HOSTS)
    drop_host (g_queue_pop_head (&self->provisional_hosts));

  g_queue_push_tail (&self->provisional_hosts, host);
  mullion_page_host_configure (host, configuration);
  mullion_process_guard_look ();
}

/* After a crash WebKit gives the page in the new process the number of the old one. */
static void
forget_offers (MullionWebContents *self)
{
  if (self->has_process_gone)
    self->n_offers = 0;
  self->has_process_gone = FALSE;
}

static gboolean
is_channel_offer (GVariant *parameters,
                  int       n_fds)
{
  return n_fds == 1 && parameters != NULL &&
         g_variant_is_of_type (parameters, G_VARIANT_TYPE_UINT32) &&
         g_variant_get_uint32 (parameters) == MULLION_WIRE_VERSION;
}

/* Returns whether the page that WebKit shows now may still offer one: each costs us more than it
 * costs the page. */
static gboolean
count_offer (MullionWebContents *self)
{
  guint64 page_id = webkit_web_view_get_page_id (self->view);

  if (page_id != self->offering_page_id)
    self->n_offers = 0;
  self->offering_page_id = page_id;
  if (++self->n_offers <= MAX_OFFERS)
    return TRUE;
  /* Some are on their way still when the process has been ended. */
  if (self->n_offers > MAX_OFFERS + 1)
    return FALSE;

  g_warning ("A web process of WebContents #%u offered too many channels", self->id);
  mullion_web_contents_punish (self, page_id, "It offered too many channels");
  return FALSE;
}

static void
take_offer (MullionWebContents *self,
            GVariant           *parameters,
            int                *fds,
            int                 n_fds)
{
  if (!count_offer (self))
    return;

  if (is_channel_offer (parameters, n_fds) && mullion_fd_is_stream_socket (fds[0]))
    {
      mullion_web_contents_add_channel (self, webkit_web_view_get_page_id (self->view), fds[0]);
      fds[0] = -1;
    }
  else
    g_warning ("A web process of WebContents #%u offered a channel that is not of this version",
               self->id);
}

static gboolean
user_message_received_cb (WebKitWebView      *view,
                          WebKitUserMessage  *message,
                          MullionWebContents *self)
{
  GUnixFDList *list = webkit_user_message_get_fd_list (message);
  g_autofree int *fds = NULL;
  int n_fds = 0;

  if (!g_str_equal (webkit_user_message_get_name (message), MULLION_WIRE_CHANNEL_MESSAGE))
    return FALSE;

  if (list != NULL)
    fds = g_unix_fd_list_steal_fds (list, &n_fds);
  if (!self->is_destroyed)
    take_offer (self, webkit_user_message_get_parameters (message), fds, n_fds);
  for (int i = 0; i < n_fds; i++)
    if (fds[i] >= 0)
      close (fds[i]);

  return TRUE;
}

/* A document began in the main frame. When it is of another web process, that process has taken
 * over the view, and what was pending in the old one has ended. */
void
mullion_web_contents_document_created (MullionWebContents *self,
                                       MullionPageHost    *host)
{
  self->is_awaiting_document = TRUE;
  self->has_document = TRUE;
  mullion_evaluations_fail (self->evaluations);

  if (host == self->host || !g_queue_remove (&self->provisional_hosts, host))
    return;

  if (self->host != NULL)
    drop_host (self->host);
  self->host = host;
}

void
mullion_web_contents_document_ready (MullionWebContents *self)
{
  if (self->crash_page == MULLION_CRASH_PAGE_NONE)
    mullion_web_contents_flush_outbox (self);
}

void
mullion_web_contents_dom_ready (MullionWebContents *self)
{
  if (self->crash_page == MULLION_CRASH_PAGE_NONE)
    g_signal_emit_by_name (self, "dom-ready");
}

/* A stack is worth reading; a hostile process says what it likes. */
static char *
cut (const char *text)
{
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 2000));
}

void
mullion_web_contents_preload_failed (MullionWebContents *self,
                                     const char         *path,
                                     const char         *message)
{
  g_autofree char *shown_path = cut (path);
  g_autofree char *shown = cut (message);
  g_autofree char *text = g_strdup_printf ("Unable to load preload script: %s: %s", shown_path,
                                           shown);

  mullion_web_contents_complain (self, text);
  g_signal_emit_by_name (self, "preload-error", path, message);
}

/* Returns whether @host was one of ours until now. */
static gboolean
take_host (MullionWebContents *self,
           MullionPageHost    *host)
{
  if (host != self->host)
    return g_queue_remove (&self->provisional_hosts, host);

  self->host = NULL;
  mullion_evaluations_fail (self->evaluations);
  return TRUE;
}

void
mullion_web_contents_channel_failed (MullionWebContents *self,
                                     MullionPageHost    *host,
                                     const GError       *reason)
{
  gboolean has_ended = g_error_matches (reason, MULLION_CHANNEL_ERROR,
                                        MULLION_CHANNEL_ERROR_CLOSED);
  guint64 page_id = mullion_page_host_get_page_id (host);

  if (has_ended)
    g_debug ("The channel of WebContents #%u ended: %s", self->id, reason->message);
  else
    g_warning ("The channel of WebContents #%u was cut off: %s", self->id, reason->message);

  g_object_ref (self);
  if (take_host (self, host))
    drop_host (host);
  if (!has_ended)
    mullion_web_contents_punish (self, page_id, reason->message);
  g_object_unref (self);
}

void
mullion_web_contents_evaluated (MullionWebContents *self,
                                guint64             id,
                                gboolean            succeeded,
                                JsonNode           *value)
{
  mullion_evaluations_settle (self->evaluations, id, succeeded, value);
}

/* -- What WebKit reports -- */

/* What WebKit reports and what the channels say come on two ways. A page that is told to have
 * begun, or to be there, has said so itself before, and it must be the one that is spoken to. */
static void
hear_hosts (MullionWebContents *self)
{
  g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->host != NULL)
    g_ptr_array_add (hosts, g_object_ref (self->host));
  for (GList *l = self->provisional_hosts.head; l != NULL; l = l->next)
    g_ptr_array_add (hosts, g_object_ref (l->data));

  for (guint i = 0; i < hosts->len; i++)
    mullion_page_host_drain (hosts->pdata[i]);
}

/* Whatever this load was, no other document comes of it. */
static void
finish_load (MullionWebContents *self)
{
  self->has_started = FALSE;
  if (self->is_replacing)
    return;

  self->is_loading = FALSE;
  mullion_web_contents_flush_outbox (self);
}

static void
load_trusted (MullionWebContents *self)
{
  g_autofree char *uri = g_steal_pointer (&self->trusted_uri);

  if (uri != NULL)
    mullion_web_contents_load_uri (self, uri);
}

static void
load_changed_cb (WebKitWebView      *view,
                 WebKitLoadEvent     event,
                 MullionWebContents *self)
{
  if (mullion_web_contents_follow_crash_page (self, event))
    return;

  switch (event)
    {
    case WEBKIT_LOAD_STARTED:
      forget_offers (self);
      self->has_failed = FALSE;
      self->is_loading = TRUE;
      self->has_started = TRUE;
      self->has_answer = FALSE;
      self->is_replacing = FALSE;
      self->has_document = FALSE;
      g_signal_emit_by_name (self, "did-start-loading");
      break;
    case WEBKIT_LOAD_COMMITTED:
      self->has_answer = TRUE;
      mullion_navigation_policy_committed (self->navigation);
      mullion_web_contents_forget_styles (self);
      hear_hosts (self);
      self->is_awaiting_document |= !self->has_document;
      g_signal_emit_by_name (self, "did-navigate", mullion_web_contents_get_uri (self));
      break;
    case WEBKIT_LOAD_FINISHED:
      mullion_process_guard_look ();
      hear_hosts (self);
      finish_load (self);
      if (!self->has_failed)
        g_signal_emit_by_name (self, "did-finish-load");
      g_signal_emit_by_name (self, "did-stop-loading");
      load_trusted (self);
      if (self->is_destroyed || !self->is_loading)
        mullion_evaluations_run (self->evaluations, self->host);
      break;
    case WEBKIT_LOAD_REDIRECTED:
      g_signal_emit_by_name (self, "did-redirect-navigation", mullion_web_contents_get_uri (self));
      break;
    default:
      break;
    }
}

static gboolean
load_failed_cb (WebKitWebView      *view,
                WebKitLoadEvent     event,
                const char         *uri,
                GError             *error,
                MullionWebContents *self)
{
  const char *name;
  int code = mullion_net_error_from_error (error, &name);

  self->has_failed = TRUE;

  /* The page stays, and whoever refused its wish knows. */
  if (mullion_navigation_policy_failed (self->navigation, uri))
    return TRUE;

  g_debug ("Loading %s failed: %s (%s)", uri, error->message, name);
  g_signal_emit_by_name (self, "did-fail-load", code, name, uri);

  /* Electron shows no page of its own either. */
  return TRUE;
}

/* The host is trusted with this certificate from now on, in all windows of the session. WebKit has
 * to end the load that failed before it can take another one. */
static void
trust (MullionWebContents *self,
       GTlsCertificate    *certificate,
       const char         *uri)
{
  g_autoptr(GUri) parsed = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, NULL);

  if (parsed == NULL || g_uri_get_host (parsed) == NULL)
    return;

  webkit_network_session_allow_tls_certificate_for_host (
    mullion_session_get_network_session (self->session), certificate, g_uri_get_host (parsed));
  g_free (self->trusted_uri);
  self->trusted_uri = g_strdup (uri);
}

static gboolean
load_failed_with_tls_errors_cb (WebKitWebView        *view,
                                const char           *uri,
                                GTlsCertificate      *certificate,
                                GTlsCertificateFlags  errors,
                                MullionWebContents   *self)
{
  g_autoptr(MullionWebContents) alive = g_object_ref (self);
  gboolean is_trusted = FALSE;
  const char *name;
  int code = mullion_net_error_from_certificate (errors, &name);

  self->has_failed = TRUE;
  g_signal_emit_by_name (self, "certificate-error", uri, name, certificate, &is_trusted);
  if (!is_trusted && !self->is_destroyed && self->app != NULL)
    g_signal_emit_by_name (self->app, "certificate-error", self, uri, name, certificate,
                           &is_trusted);
  if (self->is_destroyed)
    return TRUE;

  if (is_trusted)
    {
      trust (self, certificate, uri);
      return TRUE;
    }

  mullion_refusal_log (self, "the certificate of", uri, name);
  mullion_navigation_policy_failed (self->navigation, uri);
  g_signal_emit_by_name (self, "did-fail-load", code, name, uri);
  return TRUE;
}

static gboolean
decide_policy_cb (WebKitWebView            *view,
                  WebKitPolicyDecision     *decision,
                  WebKitPolicyDecisionType  type,
                  MullionWebContents       *self)
{
  return mullion_web_contents_decide_on_crash_page (self, decision, type) ||
         mullion_window_opener_decide (self->opener, decision, type) ||
         mullion_navigation_policy_decide (self->navigation, decision, type);
}

static void
notify_title_cb (WebKitWebView      *view,
                 GParamSpec         *pspec,
                 MullionWebContents *self)
{
  g_signal_emit_by_name (self, "page-title-updated", mullion_web_contents_get_title (self));
}

void
mullion_web_contents_drop_hosts (MullionWebContents *self)
{
  MullionPageHost *host = g_steal_pointer (&self->host);

  if (host != NULL)
    drop_host (host);
  while ((host = g_queue_pop_head (&self->provisional_hosts)) != NULL)
    drop_host (host);
  mullion_evaluations_fail (self->evaluations);
}

static void
view_close_cb (WebKitWebView      *view,
               MullionWebContents *self)
{
  g_signal_emit_by_name (self, "closed");
}

static void
inspector_closed_cb (WebKitWebInspector *inspector,
                     MullionWebContents *self)
{
  self->is_dev_tools_opened = FALSE;
  g_signal_emit_by_name (self, "devtools-closed");
}

/* WebKit attaches the inspector to the window, opens a window for it, or raises what is there. */
static gboolean
inspector_shown_cb (WebKitWebInspector *inspector,
                    MullionWebContents *self)
{
  if (!self->is_dev_tools_opened)
    {
      self->is_dev_tools_opened = TRUE;
      g_signal_emit_by_name (self, "devtools-opened");
    }

  return FALSE;
}

/* FALSE: the dialog is WebKit's. */
static gboolean
print_cb (WebKitWebView        *view,
          WebKitPrintOperation *operation,
          MullionWebContents   *self)
{
  mullion_page_print_begin (self);
  return FALSE;
}

void
mullion_web_contents_connect_view (MullionWebContents *self)
{
  WebKitWebInspector *inspector = webkit_web_view_get_inspector (self->view);
  const struct
  {
    gpointer instance;
    const char *signal;
    GCallback callback;
  } connections[] = {
    { self->view, "user-message-received", G_CALLBACK (user_message_received_cb) },
    { self->view, "load-changed", G_CALLBACK (load_changed_cb) },
    { self->view, "decide-policy", G_CALLBACK (decide_policy_cb) },
    { self->view, "load-failed", G_CALLBACK (load_failed_cb) },
    { self->view, "load-failed-with-tls-errors", G_CALLBACK (load_failed_with_tls_errors_cb) },
    { self->view, "notify::title", G_CALLBACK (notify_title_cb) },
    { self->view, "close", G_CALLBACK (view_close_cb) },
    { self->view, "print", G_CALLBACK (print_cb) },
    { inspector, "attach", G_CALLBACK (inspector_shown_cb) },
    { inspector, "open-window", G_CALLBACK (inspector_shown_cb) },
    { inspector, "bring-to-front", G_CALLBACK (inspector_shown_cb) },
    { inspector, "closed", G_CALLBACK (inspector_closed_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (connections[i].instance, connections[i].signal,
                             connections[i].callback, self, 0);
  mullion_web_contents_watch_process (self);
}

/* A document comes that does not listen yet. */
void
mullion_web_contents_begin_load (MullionWebContents *self)
{
  forget_offers (self);
  self->crash_page = MULLION_CRASH_PAGE_NONE;
  g_clear_pointer (&self->lost_session, webkit_web_view_session_state_unref);
  self->is_awaiting_document = TRUE;
  self->is_loading = TRUE;
  self->has_answer = FALSE;
  self->is_replacing = self->has_started;
  mullion_web_contents_configure (self);
}

/* It was stopped: the page that is there stays, and whatever waited is for it. */
void
mullion_web_contents_end_load (MullionWebContents *self)
{
  if (self->is_destroyed)
    return;

  self->is_loading = FALSE;
  self->is_replacing = FALSE;
  mullion_navigation_policy_forget (self->navigation);
  mullion_web_contents_flush_outbox (self);
  mullion_evaluations_run (self->evaluations, self->host);
}
