/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_GRANTS (mullion_grants_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionGrants, mullion_grants, MULLION, GRANTS, GObject)

/**
 * MullionGrantFrames:
 * @MULLION_GRANT_MAIN_FRAME: the page itself
 * @MULLION_GRANT_SUB_FRAMES: frames inside a page
 *
 * The kinds of frames to which channels are granted.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_GRANT_MAIN_FRAME = 1 << 0,
  MULLION_GRANT_SUB_FRAMES = 1 << 1,
} MullionGrantFrames;

MULLION_AVAILABLE_IN_ALL
MullionGrants *mullion_grants_new (void);
MULLION_AVAILABLE_IN_ALL
MullionGrants *mullion_grants_new_from_json (JsonNode  *json,
                                             GError   **error);
MULLION_AVAILABLE_IN_ALL
JsonNode *mullion_grants_to_json (MullionGrants *self);

MULLION_AVAILABLE_IN_ALL
void mullion_grants_add (MullionGrants *self,
                         const char    *channel);
MULLION_AVAILABLE_IN_ALL
void mullion_grants_add_for (MullionGrants      *self,
                             const char         *channel,
                             const char         *origin,
                             MullionGrantFrames  frames);

G_END_DECLS
