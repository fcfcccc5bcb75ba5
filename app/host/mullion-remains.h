/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Values that nobody needs any more, and that are too many to be freed at once. */
typedef struct _MullionRemains MullionRemains;

MullionRemains *mullion_remains_new       (void);
gboolean        mullion_remains_is_empty  (MullionRemains *self);
/* @node: (transfer full) */
void            mullion_remains_add       (MullionRemains *self,
                                           JsonNode       *node);
/* Frees some of them until it is @end, in monotonic time. */
void            mullion_remains_free_some (MullionRemains *self,
                                           gint64          end);
/* What is left is freed when the loop is idle. */
void            mullion_remains_free      (MullionRemains *self);

G_END_DECLS
