/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-scheme.h"

#include "mullion-app-file.h"
#include "mullion-app-path.h"
#include "mullion-app-response.h"
#include "mullion-content-policy.h"
#include "mullion-error.h"

#include <stdlib.h>
#include <string.h>

/*
 * MullionAppScheme gives the pages of an app an origin of their own,
 * `app://<host>`, behind which lies the app's folder or GResource, read-only. It
 * lives in the main process, on the main loop; disk work goes to worker threads.
 * It trusts the files below its root (they are the app) and nothing that a page
 * asks for: addresses, methods and headers are hostile.
 */

/* Scripts come from files, never from markup or text, which is what stops an
 * injected string from becoming code with a bridge to the main process.
 * WebAssembly is allowed, as its bytes have to come from the app in any case.
 * Inline styles are allowed, since frameworks cannot do without them. */
#define DEFAULT_POLICY                                                                             \
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "   \
  "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; "              \
  "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "                   \
  "frame-ancestors 'self'"

struct _MullionAppScheme
{
  GObject parent_instance;

  char *origin;
  char *policy;
  GFile *root;
};

G_DEFINE_FINAL_TYPE (MullionAppScheme, mullion_app_scheme, G_TYPE_OBJECT)

/* One request, on its way through a worker thread. */
typedef struct
{
  MullionAppScheme *scheme;
  WebKitURISchemeRequest *request;
} Visit;

static Visit *
visit_new (MullionAppScheme       *scheme,
           WebKitURISchemeRequest *request)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->scheme = g_object_ref (scheme);
  visit->request = g_object_ref (request);

  return visit;
}

static void
visit_free (Visit *visit)
{
  g_clear_object (&visit->request);
  g_clear_object (&visit->scheme);
  g_free (visit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Visit, visit_free)

/* --- requests ----------------------------------------------------------- */

static gboolean
is_method (WebKitURISchemeRequest *request,
           const char             *method)
{
  return g_strcmp0 (webkit_uri_scheme_request_get_http_method (request), method) == 0;
}

static const char *
get_header (WebKitURISchemeRequest *request,
            const char             *name)
{
  return soup_message_headers_get_one (webkit_uri_scheme_request_get_http_headers (request), name);
}

/* WebKit sends no Sec-Fetch-Dest to a custom scheme, but this header marks what
 * is loaded into a frame. A page can set it on a fetch of its own too: all that
 * this wins it is a network error where it would have read a status. */
static gboolean
is_document (WebKitURISchemeRequest *request)
{
  return g_strcmp0 (get_header (request, "Upgrade-Insecure-Requests"), "1") == 0;
}

static void
respond (WebKitURISchemeRequest  *request,
         WebKitURISchemeResponse *response)
{
  webkit_uri_scheme_request_finish_with_response (request, response);
  g_object_unref (response);
}

/* A document that cannot be shown fails its navigation, so that the app hears
 * of it (load-failed) and the page that linked to it is not replaced by a line
 * of text. Everything else is told by its status. */
static void
refuse (WebKitURISchemeRequest *request,
        guint                   status,
        const char             *message)
{
  g_debug ("%u for %s: %s", status, webkit_uri_scheme_request_get_uri (request), message);

  if (is_document (request))
    {
      int code = status == SOUP_STATUS_NOT_FOUND ? WEBKIT_NETWORK_ERROR_FILE_DOES_NOT_EXIST
                                                 : WEBKIT_NETWORK_ERROR_FAILED;
      g_autoptr(GError) error = g_error_new_literal (WEBKIT_NETWORK_ERROR, code, message);

      webkit_uri_scheme_request_finish_error (request, error);
      return;
    }

  respond (request,
           mullion_app_response_new_message (status, message, !is_method (request, "HEAD")));
}

/* The relative links of a folder's index.html are right only under an address
 * that ends in a slash. */
static void
serve_folder (WebKitURISchemeRequest *request)
{
  const char *uri = webkit_uri_scheme_request_get_uri (request);
  gsize length = strcspn (uri, "?#");
  g_autofree char *with_slash = g_strdup_printf ("%.*s/%s", (int) length, uri, uri + length);

  if (is_document (request))
    respond (request, mullion_app_response_new_detour (with_slash));
  else
    refuse (request, SOUP_STATUS_NOT_FOUND, "This is a folder: its address ends in a slash");
}

static void
file_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Visit) visit = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionAppFile) file = mullion_app_file_open_finish (result, &error);
  WebKitURISchemeRequest *request = visit->request;

  if (file == NULL)
    refuse (request, mullion_app_response_status_for (error), error->message);
  else if (file->stream == NULL)
    serve_folder (request);
  else
    respond (request,
             mullion_app_response_new_file (file, get_header (request, "Range"),
                                            is_method (request, "GET"),
                                            *visit->scheme->policy != '\0' ? visit->scheme->policy
                                                                           : NULL));
}

static void
request_cb (WebKitURISchemeRequest *request,
            gpointer                user_data)
{
  MullionAppScheme *self = MULLION_APP_SCHEME (user_data);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  if (!is_method (request, "GET") && !is_method (request, "HEAD"))
    {
      refuse (request, SOUP_STATUS_METHOD_NOT_ALLOWED, "The app's files can only be read");
      return;
    }

  path = mullion_app_path_decode (webkit_uri_scheme_request_get_uri (request), self->origin,
                                  &error);
  if (path == NULL)
    refuse (request, mullion_app_response_status_for (error), error->message);
  else if (self->root == NULL)
    refuse (request, SOUP_STATUS_NOT_FOUND, "The app has no folder to serve");
  else
    mullion_app_file_open_async (self->root, path, file_opened_cb, visit_new (self, request));
}

/* --- addresses of files ------------------------------------------------- */

static gboolean
is_absolute (const char *path)
{
  return g_path_is_absolute (path) || g_str_has_prefix (path, "resource:");
}

static GFile *
file_for_absolute (const char *path)
{
  return g_path_is_absolute (path) ? g_file_new_for_path (path) : g_file_new_for_uri (path);
}

static void
choose_root (MullionAppScheme *self,
             GFile            *file)
{
  g_autofree char *current = g_get_current_dir ();
  g_autoptr(GFile) root = file != NULL ? g_file_get_parent (file) : g_file_new_for_path (current);

  mullion_app_scheme_set_root (self, root);
}

static GFile *
resolve_links (GFile *file)
{
  g_autofree char *path = realpath (g_file_peek_path (file), NULL);

  return path != NULL ? g_file_new_for_path (path) : g_object_ref (file);
}

/* The names as they are written come first; if these do not fit, the real ones
 * decide, since a folder may have been named through a symbolic link. */
static char *
dup_relative (GFile *root,
              GFile *file)
{
  g_autofree char *relative = g_file_get_relative_path (root, file);
  g_autoptr(GFile) real_root = NULL;
  g_autoptr(GFile) real_file = NULL;

  if (g_file_equal (root, file))
    return g_strdup ("");
  if (relative != NULL || !g_file_is_native (root) || !g_file_is_native (file))
    return g_steal_pointer (&relative);

  real_root = resolve_links (root);
  real_file = resolve_links (file);
  if (g_file_equal (real_root, real_file))
    return g_strdup ("");

  return g_file_get_relative_path (real_root, real_file);
}

static char *
dup_path (MullionAppScheme  *self,
          const char        *path,
          GError           **error)
{
  g_autoptr(GFile) file = is_absolute (path) ? file_for_absolute (path) : NULL;
  g_autofree char *relative = NULL;

  if (self->root == NULL)
    choose_root (self, file);
  if (file == NULL)
    file = g_file_resolve_relative_path (self->root, path);

  relative = dup_relative (self->root, file);
  if (relative == NULL)
    {
      g_autofree char *root_name = g_file_get_parse_name (self->root);

      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                   "%s is not below the app folder %s", path, root_name);
      return NULL;
    }

  if (*relative != '\0' &&
      g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    return g_strconcat (relative, "/", NULL);

  return g_steal_pointer (&relative);
}

/* What is escaped already stays as it is. */
static void
append_part (GString    *uri,
             char        mark,
             const char *part)
{
  if (part != NULL && *part == mark)
    part++;
  if (part == NULL || *part == '\0')
    return;

  g_string_append_c (uri, mark);
  g_string_append_uri_escaped (uri, part, "!$&'()*+,;=:@/?%", FALSE);
}

/* --- class -------------------------------------------------------------- */

static void
mullion_app_scheme_finalize (GObject *object)
{
  MullionAppScheme *self = MULLION_APP_SCHEME (object);

  g_clear_object (&self->root);
  g_clear_pointer (&self->policy, g_free);
  g_clear_pointer (&self->origin, g_free);

  G_OBJECT_CLASS (mullion_app_scheme_parent_class)->finalize (object);
}

static void
mullion_app_scheme_class_init (MullionAppSchemeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_app_scheme_finalize;
}

static void
mullion_app_scheme_init (MullionAppScheme *self)
{
  self->policy = g_strdup (DEFAULT_POLICY);
}

/*
 * mullion_app_scheme_new:
 * @host: the host of the origin, the app's id in lower case
 *
 * Returns: (transfer full): a scheme that serves nothing yet
 */
MullionAppScheme *
mullion_app_scheme_new (const char *host)
{
  MullionAppScheme *self = NULL;

  g_return_val_if_fail (host != NULL && *host != '\0', NULL);
  g_return_val_if_fail (strpbrk (host, "/?#@: ") == NULL, NULL);

  self = g_object_new (MULLION_TYPE_APP_SCHEME, NULL);
  self->origin = g_strconcat ("app://", host, NULL);

  return self;
}

/*
 * mullion_app_scheme_register:
 * @self: a scheme
 * @context: the web context of the app, before its first page
 *
 * Makes @context ask @self for every app:// address. A context takes one such
 * scheme in its life, and keeps it alive.
 */
void
mullion_app_scheme_register (MullionAppScheme *self,
                             WebKitWebContext *context)
{
  WebKitSecurityManager *manager;

  g_return_if_fail (MULLION_IS_APP_SCHEME (self));
  g_return_if_fail (WEBKIT_IS_WEB_CONTEXT (context));

  webkit_web_context_register_uri_scheme (context, "app", request_cb, g_object_ref (self),
                                          g_object_unref);

  manager = webkit_web_context_get_security_manager (context);
  webkit_security_manager_register_uri_scheme_as_secure (manager, "app");
  webkit_security_manager_register_uri_scheme_as_cors_enabled (manager, "app");

  /* Without this, a remote page can show the app's pictures, run its scripts
   * and frame its pages: WebKit looks neither at frame-ancestors nor at
   * Cross-Origin-Resource-Policy for a custom scheme. It also keeps a remote
   * page from sending the window to a page that has the bridge, with a query
   * of its choice. */
  webkit_security_manager_register_uri_scheme_as_display_isolated (manager, "app");
}

/*
 * mullion_app_scheme_get_origin:
 * @self: a scheme
 *
 * Returns: (transfer none): the origin, such as `app://org.example.notes`
 */
const char *
mullion_app_scheme_get_origin (MullionAppScheme *self)
{
  g_return_val_if_fail (MULLION_IS_APP_SCHEME (self), NULL);

  return self->origin;
}

/*
 * mullion_app_scheme_get_root:
 * @self: a scheme
 *
 * Returns: (transfer none) (nullable): the folder that is served
 */
GFile *
mullion_app_scheme_get_root (MullionAppScheme *self)
{
  g_return_val_if_fail (MULLION_IS_APP_SCHEME (self), NULL);

  return self->root;
}

/*
 * mullion_app_scheme_set_root:
 * @self: a scheme
 * @root: (nullable) (transfer none): a folder on disk, or a `resource:///` folder
 *
 * Chooses what is served, from the next request on.
 */
void
mullion_app_scheme_set_root (MullionAppScheme *self,
                             GFile            *root)
{
  g_return_if_fail (MULLION_IS_APP_SCHEME (self));
  g_return_if_fail (root == NULL || mullion_app_file_can_serve (root));

  g_set_object (&self->root, root);
}

/*
 * mullion_app_scheme_get_policy:
 * @self: a scheme
 *
 * Returns: (transfer none): the Content-Security-Policy, "" for none
 */
const char *
mullion_app_scheme_get_policy (MullionAppScheme *self)
{
  g_return_val_if_fail (MULLION_IS_APP_SCHEME (self), NULL);

  return self->policy;
}

static void
warn_of_weaknesses (MullionAppScheme *self)
{
  g_autoptr(MullionContentPolicy) policy = mullion_content_policy_new (self->policy);
  g_auto(GStrv) weaknesses = mullion_content_policy_list_weaknesses (policy);

  for (gsize i = 0; weaknesses[i] != NULL; i++)
    g_warning ("The Content-Security-Policy of %s is weak: %s", self->origin, weaknesses[i]);
}

/*
 * mullion_app_scheme_set_policy:
 * @self: a scheme
 * @policy: (nullable): a Content-Security-Policy, %NULL for the default one
 *
 * Chooses the policy that is sent with every file, from the next request on. A
 * weak one is warned about, and so is "", which sends none: text that gets into
 * a page as markup can then run as a script with the page's bridge.
 */
void
mullion_app_scheme_set_policy (MullionAppScheme *self,
                               const char       *policy)
{
  g_autofree char *old = NULL;

  g_return_if_fail (MULLION_IS_APP_SCHEME (self));

  old = self->policy;
  self->policy = g_strdup (policy != NULL ? policy : DEFAULT_POLICY);

  /* A policy may be written over several lines, a header may not. */
  g_strdelimit (self->policy, "\r\n", ' ');
  if (!g_str_equal (self->policy, old))
    warn_of_weaknesses (self);
}

/*
 * mullion_app_scheme_may_frame:
 * @self: a scheme
 * @uri: an address
 *
 * Returns: whether the policy lets a page of the app have @uri in a frame
 */
gboolean
mullion_app_scheme_may_frame (MullionAppScheme *self,
                              const char       *uri)
{
  g_autoptr(MullionContentPolicy) policy = mullion_content_policy_new (self->policy);

  return mullion_content_policy_may_frame (policy, self->origin, uri);
}

/*
 * mullion_app_scheme_dup_uri:
 * @self: a scheme
 * @path: a file: relative to the root, or absolute (or `resource:///…`) and below it
 * @query: (nullable): a query, with or without its question mark
 * @hash: (nullable): a fragment, with or without its number sign
 * @error: return location
 *
 * Finds the address of a file. While there is no root, the first call chooses
 * it: the folder of an absolute @path, else the current folder. The file need
 * not exist; to load it then fails.
 *
 * Fails with %MULLION_ERROR_NOT_ALLOWED for a file outside of the root, and
 * with %MULLION_ERROR_INVALID_ARGUMENT for names that no address can hold.
 *
 * Returns: (transfer full): an app:// address, or %NULL
 */
char *
mullion_app_scheme_dup_uri (MullionAppScheme  *self,
                            const char        *path,
                            const char        *query,
                            const char        *hash,
                            GError           **error)
{
  g_autofree char *relative = NULL;
  g_autofree char *encoded = NULL;
  g_autoptr(GString) uri = NULL;

  g_return_val_if_fail (MULLION_IS_APP_SCHEME (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  relative = dup_path (self, path, error);
  encoded = relative != NULL ? mullion_app_path_encode (relative, error) : NULL;
  if (encoded == NULL)
    return NULL;

  uri = g_string_new (self->origin);
  g_string_append (uri, encoded);
  append_part (uri, '?', query);
  append_part (uri, '#', hash);

  return g_string_free (g_steal_pointer (&uri), FALSE);
}
