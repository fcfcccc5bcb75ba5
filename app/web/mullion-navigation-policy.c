/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-navigation-policy.h"

#include "mullion-app-private.h"
#include "mullion-navigation-event-private.h"
#include "mullion-refusal.h"
#include "mullion-web-contents-private.h"

/*
 * MullionNavigationPolicy: where the frames of one view may go.
 *
 * Lives in the main process and belongs to the web contents. What a page asks for is hostile.
 *
 * WebKit asks twice about a document: before the request is sent (the action), and when the answer
 * has come and could be shown (the response). Only with the second does it say whether the main
 * frame is meant. That is early enough to keep a page where it is, and too late for an address that
 * carries away what the page knows. So an action is decided at once when it can only be the main
 * frame's: when the Content-Security-Policy of the page forbids such a frame, for WebKit looks at
 * that before it asks. All that remains can be in a frame of the page anyway, and is decided with
 * its response.
 */

struct _MullionNavigationPolicy
{
  MullionWebContents *contents; /* (unowned): owns us */

  char *current;       /* (nullable): the address that the main frame shows */
  char *origin;        /* (nullable): its origin; an empty page has that of the page before */
  guint64 web_page_id; /* WebKit's number of the last page that was one of the web, or 0 */
  gboolean has_opener; /* whose process it is of, whatever it shows */
  GPtrArray *expected; /* of Approval: loads whose action has not come yet, in their order */
  GQueue approvals;    /* of Approval: what may come next in the main frame, the last one first */

  gboolean is_refusing; /* WebKit is going to report the end of a load that was refused */
};

/* One load may replace another before the first one has ended, and WebKit asks about both. */
#define MAX_APPROVALS 8

/* An address that the main frame may show. */
typedef struct
{
  char *uri;
  char *alias;     /* (nullable): the same, as the app wrote it */
  gboolean is_own; /* the app itself began the load */
} Approval;

static void
approval_free (gpointer data)
{
  Approval *approval = data;

  g_free (approval->uri);
  g_free (approval->alias);
  g_free (approval);
}

/* What a page may never see by a navigation, whatever handlers say. */
const char *
mullion_navigation_policy_explain_never (MullionNavigationPolicy *self,
                                         const char              *uri)
{
  const char *own = mullion_app_get_origin (mullion_web_contents_get_app (self->contents));
  g_autofree char *origin = NULL;

  if (g_str_has_prefix (uri, "file:"))
    return "a page never leads to files";
  if (!g_str_has_prefix (uri, "app:"))
    return NULL;

  origin = mullion_refusal_dup_origin (uri);
  return g_strcmp0 (origin, own) != 0 ? "it is of another app" : NULL;
}

static gboolean
is_web (const char *uri)
{
  return g_str_has_prefix (uri, "http:") || g_str_has_prefix (uri, "https:");
}

static gboolean
is_empty_page (const char *uri)
{
  return g_str_equal (uri, "about:blank") || g_str_has_prefix (uri, "about:blank#") ||
         g_str_has_prefix (uri, "about:srcdoc");
}

static gboolean
is_same_document (const char *first,
                  const char *second)
{
  gsize length = strcspn (first, "#");

  return length == strcspn (second, "#") && strncmp (first, second, length) == 0;
}

/* Whether the main frame can go there without leaving the app, or the site that it is on. */
static gboolean
stays (MullionNavigationPolicy *self,
       const char              *uri)
{
  g_autofree char *origin = mullion_refusal_dup_origin (uri);
  g_autofree char *current = NULL;

  /* blob: and data: have no origin of their own that could be trusted. */
  if (origin == NULL || (!is_web (uri) && !g_str_has_prefix (uri, "app:")))
    return FALSE;
  if (mullion_app_is_origin_allowed (mullion_web_contents_get_app (self->contents), origin))
    return TRUE;

  current = self->current != NULL ? mullion_refusal_dup_origin (self->current) : NULL;
  return is_web (uri) && g_strcmp0 (origin, current) == 0;
}

/* Whether the page that is shown can have such a frame. A page of the web has a policy that only
 * WebKit knows; nothing in it is a secret of the app. */
static gboolean
may_be_frame (MullionNavigationPolicy *self,
              const char              *uri)
{
  MullionApp *app = mullion_web_contents_get_app (self->contents);
  const char *origin = mullion_app_get_origin (app);

  if (self->current == NULL)
    return FALSE;
  if (!is_empty_page (self->current) && !g_str_has_prefix (self->current, origin))
    return TRUE;

  return mullion_app_scheme_may_frame (
    mullion_web_engine_get_scheme (mullion_app_get_engine (app)), uri);
}

/* The main frame has been there before. WebKit may have moved to the entry already. */
static gboolean
is_in_history (MullionNavigationPolicy *self,
               const char              *uri)
{
  WebKitBackForwardList *list = webkit_web_view_get_back_forward_list (
    mullion_web_contents_get_web_view (self->contents));
  g_autoptr(GList) items = g_list_concat (webkit_back_forward_list_get_back_list (list),
                                          webkit_back_forward_list_get_forward_list (list));

  if (webkit_back_forward_list_get_current_item (list) != NULL)
    items = g_list_prepend (items, webkit_back_forward_list_get_current_item (list));
  for (GList *l = items; l != NULL; l = l->next)
    if (g_strcmp0 (webkit_back_forward_list_item_get_uri (l->data), uri) == 0)
      return TRUE;

  return self->current != NULL && is_same_document (self->current, uri);
}

static Approval *
approval_new (const char *uri,
              gboolean    is_own)
{
  Approval *approval = g_new0 (Approval, 1);

  approval->uri = g_strdup (uri);
  approval->is_own = is_own;

  return approval;
}

static void
approve (MullionNavigationPolicy *self,
         const char              *uri,
         gboolean                 is_own)
{
  g_queue_push_head (&self->approvals, approval_new (uri, is_own));
  if (g_queue_get_length (&self->approvals) > MAX_APPROVALS)
    approval_free (g_queue_pop_tail (&self->approvals));
}

static GList *
find_approval (MullionNavigationPolicy *self,
               const char              *uri)
{
  for (GList *l = self->approvals.head; l != NULL; l = l->next)
    if (is_same_document (((Approval *) l->data)->uri, uri))
      return l;

  return NULL;
}

static gboolean
is_own_load (MullionNavigationPolicy *self)
{
  Approval *approval = g_queue_peek_head (&self->approvals);

  return approval != NULL && approval->is_own;
}

/* -- Asking the app -- */

static gboolean
emit (MullionNavigationPolicy *self,
      const char              *signal,
      MullionNavigationEvent  *event)
{
  g_signal_emit_by_name (self->contents, signal, event);

  return mullion_navigation_event_is_decided (event) &&
         mullion_navigation_event_is_default_prevented (event);
}

/* Electron's order: any frame first, then the main frame. Who prevents ends it. */
static gboolean
ask (MullionNavigationPolicy *self,
     const char              *uri,
     MullionNavigationFlags   flags)
{
  g_autoptr(MullionWebContents) contents = g_object_ref (self->contents);
  const char *never = mullion_navigation_policy_explain_never (self, uri);
  g_autoptr(MullionNavigationEvent) event = NULL;

  if (never != NULL)
    {
      mullion_refusal_log (contents, "navigation to", uri, never);
      return FALSE;
    }

  event = mullion_navigation_event_new (uri, flags);
  if ((flags & MULLION_NAVIGATION_REDIRECT) != 0)
    emit (self, "will-redirect", event);
  else if (!emit (self, "will-frame-navigate", event) &&
           (flags & MULLION_NAVIGATION_MAIN_FRAME) != 0)
    emit (self, "will-navigate", event);

  if (mullion_web_contents_is_destroyed (contents))
    return FALSE;
  if (!mullion_navigation_event_is_default_prevented (event))
    return TRUE;

  if (!mullion_navigation_event_is_decided (event))
    mullion_refusal_log (contents, "navigation to", uri,
                         "it leads away from the app, and no handler of will-navigate or "
                         "will-redirect allows it");
  return FALSE;
}

static gboolean
ask_for_main_frame (MullionNavigationPolicy *self,
                    const char              *uri,
                    MullionNavigationFlags   flags)
{
  gboolean is_own = is_own_load (self) && (flags & MULLION_NAVIGATION_REDIRECT) != 0;

  flags |= MULLION_NAVIGATION_MAIN_FRAME;
  if (is_own || stays (self, uri))
    flags |= MULLION_NAVIGATION_STAYS;
  if (!ask (self, uri, flags))
    return FALSE;

  approve (self, uri, is_own);
  return TRUE;
}

/* -- Actions -- */

/* WebKit hands what it cannot load to nobody: a handler may have opened it by other means. */
static gboolean
can_load (const char *uri)
{
  static const char *const schemes[] = { "http:", "https:", "app:", "about:", "data:", "blob:" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_has_prefix (uri, schemes[i]))
      return TRUE;

  return FALSE;
}

/* The view has taken on the address of where its main frame is sent before WebKit asks. */
static gboolean
may_follow_redirect (MullionNavigationPolicy *self,
                     const char              *uri,
                     MullionNavigationFlags   flags)
{
  const char *shown = webkit_web_view_get_uri (mullion_web_contents_get_web_view (self->contents));

  flags |= MULLION_NAVIGATION_REDIRECT;
  if (g_strcmp0 (shown, uri) != 0)
    return ask (self, uri, flags | MULLION_NAVIGATION_STAYS);
  if (ask_for_main_frame (self, uri, flags))
    return TRUE;

  self->is_refusing = TRUE;
  return FALSE;
}

static gboolean
is_of_uri (gconstpointer data,
           gconstpointer uri)
{
  const Approval *approval = data;

  return g_str_equal (approval->uri, uri) || g_strcmp0 (approval->alias, uri) == 0;
}

/* WebKit may pass over a load that another one replaced at once. */
static gboolean
take_expected (MullionNavigationPolicy *self,
               const char              *uri)
{
  guint index;

  if (!g_ptr_array_find_with_equal_func (self->expected, uri, is_of_uri, &index))
    return FALSE;

  approve (self, uri, ((Approval *) self->expected->pdata[index])->is_own);
  g_ptr_array_remove_range (self->expected, 0, index + 1);
  return TRUE;
}

static gboolean
may_act (MullionNavigationPolicy *self,
         WebKitNavigationAction  *action)
{
  const char *uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  WebKitNavigationType type = webkit_navigation_action_get_navigation_type (action);
  MullionNavigationFlags flags =
    webkit_navigation_action_is_user_gesture (action) ? MULLION_NAVIGATION_USER_GESTURE : 0;

  if (webkit_navigation_action_is_redirect (action))
    return may_follow_redirect (self, uri, flags);
  if (take_expected (self, uri) || is_empty_page (uri))
    return TRUE;
  if (mullion_navigation_policy_explain_never (self, uri) != NULL)
    return ask (self, uri, flags);
  if ((type == WEBKIT_NAVIGATION_TYPE_BACK_FORWARD || type == WEBKIT_NAVIGATION_TYPE_RELOAD) &&
      is_in_history (self, uri))
    {
      approve (self, uri, FALSE);
      return TRUE;
    }
  if (self->current != NULL && strchr (uri, '#') != NULL && is_same_document (self->current, uri))
    return TRUE;
  if (can_load (uri))
    return may_be_frame (self, uri) || ask_for_main_frame (self, uri, flags);

  ask (self, uri, flags | MULLION_NAVIGATION_MAIN_FRAME);
  return FALSE;
}

/* -- Responses -- */

/* What WebKit cannot show, or the server wants to be kept, becomes a download, and the session's
 * will-download has its say. Nothing is shown, so it matters to no frame. */
static gboolean
is_download (WebKitResponsePolicyDecision *decision)
{
  WebKitURIResponse *response = webkit_response_policy_decision_get_response (decision);
  SoupMessageHeaders *headers = webkit_uri_response_get_http_headers (response);
  g_autofree char *disposition = NULL;

  if (!webkit_response_policy_decision_is_mime_type_supported (decision))
    return TRUE;

  return headers != NULL &&
         soup_message_headers_get_content_disposition (headers, &disposition, NULL) &&
         g_ascii_strcasecmp (disposition, "attachment") == 0;
}

static gboolean
download (MullionNavigationPolicy      *self,
          WebKitResponsePolicyDecision *decision)
{
  if (!is_download (decision))
    return FALSE;

  self->is_refusing |= webkit_response_policy_decision_is_main_frame_main_resource (decision);
  webkit_policy_decision_download (WEBKIT_POLICY_DECISION (decision));
  return TRUE;
}

static gboolean
may_show (MullionNavigationPolicy      *self,
          WebKitResponsePolicyDecision *decision)
{
  const char *uri = webkit_uri_request_get_uri (webkit_response_policy_decision_get_request (decision));

  if (is_empty_page (uri))
    return TRUE;
  if (!webkit_response_policy_decision_is_main_frame_main_resource (decision))
    return ask (self, uri, MULLION_NAVIGATION_STAYS);
  if (find_approval (self, uri) != NULL || ask_for_main_frame (self, uri, 0))
    return TRUE;

  self->is_refusing = TRUE;
  return FALSE;
}

gboolean
mullion_navigation_policy_decide (MullionNavigationPolicy  *self,
                                  WebKitPolicyDecision     *decision,
                                  WebKitPolicyDecisionType  type)
{
  gboolean may_go;

  if (type == WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION)
    return FALSE;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE &&
      download (self, WEBKIT_RESPONSE_POLICY_DECISION (decision)))
    return TRUE;

  may_go = type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE
    ? may_show (self, WEBKIT_RESPONSE_POLICY_DECISION (decision))
    : may_act (self, webkit_navigation_policy_decision_get_navigation_action (
                       WEBKIT_NAVIGATION_POLICY_DECISION (decision)));
  if (may_go)
    return FALSE;

  webkit_policy_decision_ignore (decision);
  return TRUE;
}

/* -- What happens to the view -- */

/* The view says how WebKit writes the address, but not while WebKit is busy with the end of another
 * load, and it is then that apps show a page of their own instead. */
void
mullion_navigation_policy_expect (MullionNavigationPolicy *self,
                                  const char              *uri)
{
  WebKitWebView *view = mullion_web_contents_get_web_view (self->contents);
  /* A recording is said again without a view. */
  const char *shown = view != NULL ? webkit_web_view_get_uri (view) : NULL;
  Approval *approval = approval_new (shown != NULL ? shown : uri, TRUE);

  approval->alias = g_strdup (uri);
  g_ptr_array_add (self->expected, approval);
}

void
mullion_navigation_policy_open (MullionNavigationPolicy *self,
                                MullionNavigationPolicy *opener,
                                const char              *uri)
{
  g_free (self->current);
  self->current = g_strdup (opener->current);
  g_free (self->origin);
  self->origin = g_strdup (opener->origin);
  self->has_opener = TRUE;
  g_ptr_array_add (self->expected, approval_new (uri, FALSE));
}

void
mullion_navigation_policy_forget (MullionNavigationPolicy *self)
{
  g_ptr_array_set_size (self->expected, 0);
  g_queue_clear_full (&self->approvals, approval_free);
}

/* A blob: is of the page that made it, which its address says after the first colon. */
static char *
dup_document_origin (const char *uri)
{
  return mullion_refusal_dup_origin (g_str_has_prefix (uri, "blob:") ? uri + strlen ("blob:") : uri);
}

static void
note_origin (MullionNavigationPolicy *self,
             WebKitWebView           *view)
{
  const char *uri = self->current;

  if (uri == NULL || is_empty_page (uri))
    return;

  g_free (self->origin);
  self->origin = dup_document_origin (uri);
  if (is_web (uri))
    self->web_page_id = webkit_web_view_get_page_id (view);
}

void
mullion_navigation_policy_committed (MullionNavigationPolicy *self)
{
  WebKitWebView *view = mullion_web_contents_get_web_view (self->contents);

  g_free (self->current);
  self->current = g_strdup (webkit_web_view_get_uri (view));
  note_origin (self, view);
  self->is_refusing = FALSE;
  g_queue_clear_full (&self->approvals, approval_free);
}

static gboolean
is_of_origin (const char *uri,
              const char *origin)
{
  g_autofree char *of_uri = uri != NULL ? dup_document_origin (uri) : NULL;

  return g_strcmp0 (of_uri, origin) == 0;
}

/* @by_app: only what the app itself has begun to load counts. */
static gboolean
may_be_main_frame (MullionNavigationPolicy *self,
                   const char              *origin,
                   gboolean                 by_app)
{
  if (g_strcmp0 (self->origin, origin) == 0)
    return TRUE;

  for (GList *l = self->approvals.head; l != NULL; l = l->next)
    {
      const Approval *approval = l->data;

      if ((approval->is_own || !by_app) && is_of_origin (approval->uri, origin))
        return TRUE;
    }
  for (guint i = 0; i < self->expected->len; i++)
    {
      const Approval *expected = self->expected->pdata[i];

      if (is_of_origin (expected->uri, origin) || is_of_origin (expected->alias, origin))
        return TRUE;
    }

  return FALSE;
}

/* The page that came before, in a process of its own, may live on in WebKit's history. */
static gboolean
is_shown (MullionNavigationPolicy *self,
          guint64                  page_id)
{
  WebKitWebView *view = mullion_web_contents_get_web_view (self->contents);

  /* A recording is said again without a view. */
  return view == NULL || webkit_web_view_get_page_id (view) == page_id;
}

/* Security: the channel says what a document is, and the web process may be taken over. What the view
 * shows, and where it was let go, is known here. A remote page can have no frame of the app, for the
 * scheme is display isolated; which remote pages are in its frames, only its process knows. Nor can it
 * go to a page of the app in its own process: its wish to, which WebKit may have been told by an
 * attacker, does not make it one. */
gboolean
mullion_navigation_policy_may_hold (MullionNavigationPolicy *self,
                                    guint64                  page_id,
                                    const char              *origin,
                                    gboolean                 is_main_frame)
{
  gboolean is_app = g_str_has_prefix (origin, "app:");

  if (!is_shown (self, page_id))
    return FALSE;
  if (!is_main_frame && !is_app)
    return TRUE;

  return may_be_main_frame (self, origin,
                            is_app && page_id == self->web_page_id && !self->has_opener);
}

gboolean
mullion_navigation_policy_failed (MullionNavigationPolicy *self,
                                  const char              *uri)
{
  gboolean was_refused = self->is_refusing;
  GList *link = find_approval (self, uri);

  self->is_refusing = FALSE;
  if (link != NULL)
    {
      approval_free (link->data);
      g_queue_delete_link (&self->approvals, link);
    }

  return was_refused;
}

void
mullion_navigation_policy_free (MullionNavigationPolicy *self)
{
  g_free (self->current);
  g_free (self->origin);
  g_ptr_array_unref (self->expected);
  g_queue_clear_full (&self->approvals, approval_free);
  g_free (self);
}

MullionNavigationPolicy *
mullion_navigation_policy_new (MullionWebContents *contents)
{
  MullionNavigationPolicy *self = g_new0 (MullionNavigationPolicy, 1);

  self->contents = contents;
  self->expected = g_ptr_array_new_with_free_func (approval_free);
  g_queue_init (&self->approvals);

  return self;
}
