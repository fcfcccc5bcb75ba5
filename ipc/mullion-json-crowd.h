/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How the names of one object spread over its hash table; zero at first. */
typedef struct
{
  guint8 *loads;
  guint shift;
} MullionJsonCrowd;

gboolean mullion_json_crowd_add (MullionJsonCrowd *self,
                                 JsonObject *object,
                                 const char *name);

void mullion_json_crowd_clear (MullionJsonCrowd *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MullionJsonCrowd, mullion_json_crowd_clear)

G_END_DECLS
