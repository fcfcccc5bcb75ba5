/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-network-rules.h"

/*
 * How the pages of an app meet servers, as their manifest says: by which name, and through which
 * proxy. Main process.
 */

gboolean
mullion_network_rules_check_user_agent (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (*c < ' ' || *c > '~')
      return FALSE;

  return TRUE;
}

gboolean
mullion_network_rules_apply (const char      *file,
                             const char      *user_agent,
                             JsonObject      *proxy,
                             MullionSession  *session,
                             GError         **error)
{
  MullionManifestPlace place = { file, "mullion.proxy" };
  g_autoptr(GError) reason = NULL;

  if (user_agent != NULL)
    mullion_session_set_user_agent (session, user_agent);
  if (proxy == NULL || mullion_session_set_proxy (session, proxy, &reason))
    return TRUE;

  return mullion_manifest_set_error (&place, reason->code, error, "is not what it must be: %s",
                                     reason->message);
}
