/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MULLION_TYPE_PACED_INPUT (mullion_paced_input_get_type ())

/* A stream that can be polled, for a reader that reads as long as there is something. */
G_DECLARE_FINAL_TYPE (MullionPacedInput, mullion_paced_input, MULLION, PACED_INPUT, GFilterInputStream)

/* @base: one that can be polled */
MullionPacedInput *mullion_paced_input_new     (GInputStream      *base);
/* How much may be read between two messages; more is MULLION_MESSAGE_ERROR_TOO_LARGE. */
void               mullion_paced_input_set_max (MullionPacedInput *self,
                                                gsize              max);
/* A message is complete. */
void               mullion_paced_input_mark    (MullionPacedInput *self);

G_END_DECLS
