/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-cookie.h"

#include "mullion-error.h"
#include "mullion-options.h"

#include <string.h>

/*
 * Cookies in Electron's words. Main process; a cookie may be a server's, the words are the app's.
 */

#define MAX_TEXT 4096
#define LAST_DATE 253402300799.0 /* the end of the year 9999 */

static const struct
{
  const char *name;
  SoupSameSitePolicy policy;
} policies[] = {
  { "no_restriction", SOUP_SAME_SITE_POLICY_NONE },
  { "lax", SOUP_SAME_SITE_POLICY_LAX },
  { "strict", SOUP_SAME_SITE_POLICY_STRICT },
};

static const char *
name_policy (SoupSameSitePolicy policy)
{
  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    if (policies[i].policy == policy)
      return policies[i].name;

  return "unspecified";
}

JsonObject *
mullion_cookie_to_json (SoupCookie *cookie)
{
  JsonObject *object = json_object_new ();
  const char *domain = soup_cookie_get_domain (cookie);
  GDateTime *expires = soup_cookie_get_expires (cookie);

  json_object_set_string_member (object, "name", soup_cookie_get_name (cookie));
  json_object_set_string_member (object, "value", soup_cookie_get_value (cookie));
  json_object_set_string_member (object, "domain", domain);
  json_object_set_boolean_member (object, "hostOnly", domain != NULL && *domain != '.');
  json_object_set_string_member (object, "path", soup_cookie_get_path (cookie));
  json_object_set_boolean_member (object, "secure", soup_cookie_get_secure (cookie));
  json_object_set_boolean_member (object, "httpOnly", soup_cookie_get_http_only (cookie));
  json_object_set_boolean_member (object, "session", expires == NULL);
  json_object_set_string_member (object, "sameSite",
                                 name_policy (soup_cookie_get_same_site_policy (cookie)));
  if (expires != NULL)
    json_object_set_double_member (object, "expirationDate", (double) g_date_time_to_unix (expires));

  return object;
}

/* -- What the app means -- */

typedef struct
{
  const char *url;
  const char *name;
  const char *value;
  const char *domain; /* (nullable) */
  const char *path;   /* (nullable) */
  const char *same_site;
  gboolean is_secure;
  gboolean is_http_only;
  double expires; /* seconds since 1970, 0 for the end of the app */
} Details;

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, message);
  return FALSE;
}

static gboolean
read_details (JsonObject  *object,
              Details     *details,
              GError     **error)
{
  return mullion_options_get_string (object, "url", MAX_TEXT, &details->url, error) &&
         mullion_options_get_string (object, "name", MAX_TEXT, &details->name, error) &&
         mullion_options_get_string (object, "value", MAX_TEXT, &details->value, error) &&
         mullion_options_get_string (object, "domain", MAX_TEXT, &details->domain, error) &&
         mullion_options_get_string (object, "path", MAX_TEXT, &details->path, error) &&
         mullion_options_get_string (object, "sameSite", MAX_TEXT, &details->same_site, error) &&
         mullion_options_get_boolean (object, "secure", &details->is_secure, error) &&
         mullion_options_get_boolean (object, "httpOnly", &details->is_http_only, error) &&
         mullion_options_get_double (object, "expirationDate", &details->expires, error);
}

static GUri *
parse_url (const char  *url,
           GError     **error)
{
  g_autoptr(GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    fail (error, "Failed to get cookie domain");
  else if (g_strcmp0 (g_uri_get_scheme (uri), "http") != 0 &&
           g_strcmp0 (g_uri_get_scheme (uri), "https") != 0)
    fail (error, "Cannot set cookie for current scheme");
  else
    return g_steal_pointer (&uri);

  return NULL;
}

/* Security: what these hold is written between semicolons into a header. */
static gboolean
is_plain (const char *text,
          const char *forbidden)
{
  for (const char *c = text != NULL ? text : ""; *c != '\0'; c++)
    if ((guchar) *c < ' ' || *c == 0x7f || strchr (forbidden, *c) != NULL)
      return FALSE;

  return TRUE;
}

/* A cookie with a domain is for all hosts below it, and its address must be one of them. */
static gboolean
is_within (const char *host,
           const char *domain)
{
  gsize length, domain_length;

  domain += *domain == '.';
  length = strlen (host);
  domain_length = strlen (domain);

  return length >= domain_length &&
         g_ascii_strcasecmp (host + length - domain_length, domain) == 0 &&
         (length == domain_length || host[length - domain_length - 1] == '.');
}

static gboolean
is_trustworthy (GUri *uri)
{
  return g_str_equal (g_uri_get_scheme (uri), "https") ||
         g_ascii_strcasecmp (g_uri_get_host (uri), "localhost") == 0;
}

/* Names promise something to the server. */
static gboolean
keeps_prefix_rules (const Details *details)
{
  if (g_ascii_strncasecmp (details->name, "__Host-", 7) == 0)
    return details->is_secure && details->domain == NULL && g_strcmp0 (details->path, "/") == 0;

  return g_ascii_strncasecmp (details->name, "__Secure-", 9) != 0 || details->is_secure;
}

static gboolean
check_details (const Details  *details,
               GUri           *uri,
               GError        **error)
{
  if (!is_plain (details->name, ";=") || !is_plain (details->value, ";") ||
      !is_plain (details->path, ";") || (*details->name == '\0' && *details->value == '\0') ||
      (details->path != NULL && *details->path != '\0' && *details->path != '/'))
    return fail (error, "Failed to parse cookie");
  if (details->domain != NULL &&
      (!is_plain (details->domain, "; ") || !is_within (g_uri_get_host (uri), details->domain)))
    return fail (error, "Failed to get cookie domain");
  if (details->is_secure && !is_trustworthy (uri))
    return fail (error, "Cannot create a secure cookie from an insecure URL");
  if (!keeps_prefix_rules (details))
    return fail (error, "Failed because the cookie violated prefix rules.");
  return TRUE;
}

/* (transfer full): without a path a cookie is for the folder of its address. */
static char *
dup_path (const Details *details,
          GUri          *uri)
{
  const char *path = g_uri_get_path (uri);
  const char *end = strrchr (path, '/');

  if (details->path != NULL && *details->path != '\0')
    return g_strdup (details->path);

  return end == NULL || end == path ? g_strdup ("/") : g_strndup (path, end - path);
}

/* (transfer full) */
static char *
dup_domain (const Details *details,
            GUri          *uri)
{
  if (details->domain == NULL || *details->domain == '\0')
    return g_strdup (g_uri_get_host (uri));

  return *details->domain == '.' ? g_strdup (details->domain)
                                 : g_strconcat (".", details->domain, NULL);
}

/* Electron's default is lax. */
static gboolean
find_policy (const char          *name,
             SoupSameSitePolicy  *policy,
             GError             **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    if (g_str_equal (g_str_equal (name, "unspecified") ? "lax" : name, policies[i].name))
      {
        *policy = policies[i].policy;
        return TRUE;
      }

  return fail (error, "sameSite: expected unspecified, no_restriction, lax or strict");
}

SoupCookie *
mullion_cookie_from_json (JsonObject  *object,
                          GError     **error)
{
  Details details = { .url = "", .name = "", .value = "", .same_site = "lax" };
  g_autoptr(GUri) uri = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GDateTime) expires = NULL;
  SoupSameSitePolicy policy;
  SoupCookie *cookie;

  if (!read_details (object, &details, error) ||
      (uri = parse_url (details.url, error)) == NULL ||
      !check_details (&details, uri, error) ||
      !find_policy (details.same_site, &policy, error))
    return NULL;

  domain = dup_domain (&details, uri);
  path = dup_path (&details, uri);
  cookie = soup_cookie_new (details.name, details.value, domain, path, -1);
  soup_cookie_set_secure (cookie, details.is_secure);
  soup_cookie_set_http_only (cookie, details.is_http_only);
  soup_cookie_set_same_site_policy (cookie, policy);
  if (details.expires != 0)
    expires = g_date_time_new_from_unix_utc ((gint64) CLAMP (details.expires, 0, LAST_DATE));
  if (expires != NULL)
    soup_cookie_set_expires (cookie, expires);

  return cookie;
}

/* -- Filters -- */

typedef struct
{
  const char *name;
  const char *domain;
  const char *path;
  const char *url;
  int is_secure; /* -1 for either */
  int is_http_only;
  int is_session;
} Filter;

static gboolean
read_choice (JsonObject  *object,
             const char  *name,
             int         *choice,
             GError     **error)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  gboolean value = FALSE;

  *choice = -1;
  if (!mullion_options_get_boolean (object, name, &value, error))
    return FALSE;
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    *choice = value;
  return TRUE;
}

static gboolean
read_filter (JsonObject  *object,
             Filter      *filter,
             GError     **error)
{
  return mullion_options_get_string (object, "name", MAX_TEXT, &filter->name, error) &&
         mullion_options_get_string (object, "domain", MAX_TEXT, &filter->domain, error) &&
         mullion_options_get_string (object, "path", MAX_TEXT, &filter->path, error) &&
         mullion_options_get_string (object, "url", MAX_TEXT, &filter->url, error) &&
         read_choice (object, "secure", &filter->is_secure, error) &&
         read_choice (object, "httpOnly", &filter->is_http_only, error) &&
         read_choice (object, "session", &filter->is_session, error);
}

gboolean
mullion_cookie_check_filter (JsonObject  *object,
                             GError     **error)
{
  Filter filter = { 0 };
  g_autoptr(GUri) uri = NULL;

  if (!read_filter (object, &filter, error))
    return FALSE;
  if (filter.url == NULL)
    return TRUE;

  uri = parse_url (filter.url, error);
  return uri != NULL;
}

static gboolean
matches_choice (int      choice,
                gboolean value)
{
  return choice < 0 || !choice == !value;
}

gboolean
mullion_cookie_matches (SoupCookie *cookie,
                        JsonObject *object)
{
  Filter filter = { 0 };
  const char *domain = soup_cookie_get_domain (cookie);

  if (!read_filter (object, &filter, NULL))
    return FALSE;
  if (domain != NULL)
    domain += *domain == '.';

  return (filter.domain == NULL || (domain != NULL && is_within (domain, filter.domain))) &&
         (filter.name == NULL || g_strcmp0 (filter.name, soup_cookie_get_name (cookie)) == 0) &&
         (filter.path == NULL || g_strcmp0 (filter.path, soup_cookie_get_path (cookie)) == 0) &&
         matches_choice (filter.is_secure, soup_cookie_get_secure (cookie)) &&
         matches_choice (filter.is_http_only, soup_cookie_get_http_only (cookie)) &&
         matches_choice (filter.is_session, soup_cookie_get_expires (cookie) == NULL);
}
