/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-permissions.h"

#include "mullion-permission-request-private.h"
#include "mullion-refusal.h"
#include "mullion-session-private.h"
#include "mullion-web-contents.h"

/*
 * MullionPermissions: what a session's pages may do with what is the user's.
 *
 * Lives in the main process and belongs to the session. WebKit asks here, and nobody else is asked:
 * every signal of a view is answered, so that no default of WebKit's ever decides.
 */

struct _MullionPermissions
{
  MullionPermissionRequestHandler request_handler;
  gpointer request_data;
  GDestroyNotify request_destroy;

  MullionPermissionCheckHandler check_handler;
  gpointer check_data;
  GDestroyNotify check_destroy;
};

/* The names that pages use in navigator.permissions.query () where Electron has others. */
static const struct
{
  const char *of_page;
  const char *of_electron;
} query_names[] = {
  { "camera", "media" },
  { "microphone", "media" },
};

static const char *
name_query (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (query_names); i++)
    if (g_str_equal (query_names[i].of_page, name))
      return query_names[i].of_electron;

  return name;
}

static gboolean
check (MullionPermissions *self,
       MullionWebContents *contents,
       const char         *permission,
       const char         *origin)
{
  return self->check_handler != NULL &&
         self->check_handler (contents, permission, origin, self->check_data);
}

/* -- What WebKit asks -- */

/* Nobody asks the user which devices there are; the page hears no more than their number. */
static void
answer_device_info (MullionPermissions      *self,
                    MullionWebContents      *contents,
                    WebKitPermissionRequest *wish)
{
  const char *uri = mullion_web_contents_get_uri (contents);
  g_autofree char *origin = uri != NULL ? mullion_refusal_dup_origin (uri) : NULL;

  if (check (self, contents, "media", origin != NULL ? origin : "null"))
    webkit_permission_request_allow (wish);
  else
    webkit_permission_request_deny (wish);
}

static gboolean
permission_request_cb (WebKitWebView           *view,
                       WebKitPermissionRequest *wish,
                       MullionWebContents      *contents)
{
  MullionPermissions *self =
    mullion_session_get_permissions (mullion_web_contents_get_session (contents));
  g_autoptr(MullionPermissionRequest) request = NULL;

  if (WEBKIT_IS_DEVICE_INFO_PERMISSION_REQUEST (wish))
    {
      answer_device_info (self, contents, wish);
      return TRUE;
    }

  request = mullion_permission_request_new (contents, wish);
  if (self->request_handler != NULL && !mullion_web_contents_is_destroyed (contents))
    {
      self->request_handler (request, self->request_data);
      return TRUE;
    }

  mullion_refusal_log (contents, "the permission",
                       mullion_permission_request_get_permission (request),
                       "there is no permission request handler");
  return TRUE;
}

static gboolean
query_permission_state_cb (WebKitWebView              *view,
                           WebKitPermissionStateQuery *query,
                           MullionWebContents         *contents)
{
  MullionPermissions *self =
    mullion_session_get_permissions (mullion_web_contents_get_session (contents));
  g_autofree char *origin = webkit_security_origin_to_string (
    webkit_permission_state_query_get_security_origin (query));
  WebKitPermissionState state = WEBKIT_PERMISSION_STATE_DENIED;

  if (check (self, contents, name_query (webkit_permission_state_query_get_name (query)),
             origin != NULL ? origin : "null"))
    state = WEBKIT_PERMISSION_STATE_GRANTED;
  webkit_permission_state_query_finish (query, state);

  return TRUE;
}

void
mullion_permissions_watch (MullionPermissions *self,
                           MullionWebContents *contents)
{
  WebKitWebView *view = mullion_web_contents_get_web_view (contents);

  g_signal_connect_object (view, "permission-request", G_CALLBACK (permission_request_cb),
                           contents, 0);
  g_signal_connect_object (view, "query-permission-state",
                           G_CALLBACK (query_permission_state_cb), contents, 0);
}

/* -- Handlers -- */

void
mullion_permissions_set_request_handler (MullionPermissions              *self,
                                         MullionPermissionRequestHandler  handler,
                                         gpointer                         user_data,
                                         GDestroyNotify                   destroy)
{
  if (self->request_destroy != NULL)
    self->request_destroy (self->request_data);
  self->request_handler = handler;
  self->request_data = user_data;
  self->request_destroy = destroy;
}

void
mullion_permissions_set_check_handler (MullionPermissions            *self,
                                       MullionPermissionCheckHandler  handler,
                                       gpointer                       user_data,
                                       GDestroyNotify                 destroy)
{
  if (self->check_destroy != NULL)
    self->check_destroy (self->check_data);
  self->check_handler = handler;
  self->check_data = user_data;
  self->check_destroy = destroy;
}

void
mullion_permissions_free (MullionPermissions *self)
{
  mullion_permissions_set_request_handler (self, NULL, NULL, NULL);
  mullion_permissions_set_check_handler (self, NULL, NULL, NULL);
  g_free (self);
}

MullionPermissions *
mullion_permissions_new (void)
{
  return g_new0 (MullionPermissions, 1);
}
