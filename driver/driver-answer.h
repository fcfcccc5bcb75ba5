/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a command is answered with: a status of HTTP and a JSON text. */
typedef struct
{
  guint status;
  GBytes *body; /* owned */
} DriverAnswer;

/* Takes @value (nullable): null. */
DriverAnswer *driver_answer_new           (JsonNode     *value);
DriverAnswer *driver_answer_new_error     (const GError *error);
/* As it came from another driver: takes @body. */
DriverAnswer *driver_answer_new_forwarded (guint         status,
                                           GBytes       *body);
void          driver_answer_free          (DriverAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DriverAnswer, driver_answer_free)

G_END_DECLS
