/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean is_integer;
  gint64 integer;

  /* Only if it is no integer; infinite if it is too large. */
  double real;
} MullionJsonNumber;

gboolean mullion_json_number_parse (MullionJsonNumber *number,
                                    const char *text,
                                    const char **end);

void mullion_json_number_write_integer (GString *out,
                                        gint64 value);

void mullion_json_number_write_real (GString *out,
                                     double value);

G_END_DECLS
