/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../mullion-manifest-checks.h"

#include <mullion.h>

G_BEGIN_DECLS

/* Whether @text can be what pages name themselves to servers: a line more would be a header more. */
gboolean mullion_network_rules_check_user_agent (const char                  *text);

/* The manifest's `userAgent` and `proxy`, both (nullable), for the pages of @session to come.
 * @file: the manifest */
gboolean mullion_network_rules_apply            (const char                  *file,
                                                 const char                  *user_agent,
                                                 JsonObject                  *proxy,
                                                 MullionSession              *session,
                                                 GError                     **error);

G_END_DECLS
