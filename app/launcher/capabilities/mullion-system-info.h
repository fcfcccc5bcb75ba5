/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* (transfer full): what `mullion:system.info` answers. */
JsonNode *mullion_system_info_describe (void);

G_END_DECLS
