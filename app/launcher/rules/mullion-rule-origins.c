/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-rule-origins.h"

#include <mullion.h>

/*
 * Origins in the rules of a manifest. Main process.
 *
 * They are compared as WebKit writes them, so that a port that goes without saying and a capital
 * letter make no difference. An address without an origin is of nobody.
 */

char *
mullion_rule_origins_dup_origin (const char *uri)
{
  WebKitSecurityOrigin *origin;
  char *text;

  if (uri == NULL || g_uri_peek_scheme (uri) == NULL)
    return g_strdup ("null");

  origin = webkit_security_origin_new_for_uri (uri);
  text = webkit_security_origin_to_string (origin);
  webkit_security_origin_unref (origin);

  return text != NULL ? text : g_strdup ("null");
}

GStrv
mullion_rule_origins_read (const MullionManifestPlace  *place,
                           JsonNode                    *node,
                           GError                     **error)
{
  g_auto(GStrv) origins = NULL;

  if (node == NULL)
    return g_new0 (char *, 1);

  origins = mullion_manifest_check_strings (place, node, error);
  for (guint i = 0; origins != NULL && origins[i] != NULL; i++)
    {
      char *written = origins[i];

      if (!mullion_manifest_check_origin (place, written, error))
        return NULL;
      origins[i] = mullion_rule_origins_dup_origin (written);
      g_free (written);
    }

  return g_steal_pointer (&origins);
}

gboolean
mullion_rule_origins_match (const char *const *origins,
                            const char        *own,
                            const char        *uri)
{
  g_autofree char *origin = mullion_rule_origins_dup_origin (uri);

  return g_str_equal (origin, own) || g_strv_contains (origins, origin);
}
