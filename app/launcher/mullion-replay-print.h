/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Prints the report of a replay for people, or as it is. Returns whether there was no difference. */
gboolean mullion_replay_print (JsonNode *report,
                               gboolean  as_json);

G_END_DECLS
