/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* The arguments of a message REPLY_ERROR: `[ text ]` … */
JsonArray *mullion_error_reply_new       (const char   *prefix,
                                          const char   *message);
/* … or `[ text, domain, code, details ]`, without the last when it is NULL. */
JsonArray *mullion_error_reply_new_typed (const char   *prefix,
                                          const GError *error,
                                          JsonNode     *details);

G_END_DECLS
