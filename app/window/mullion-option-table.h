/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

typedef enum
{
  MULLION_OPTION_BOOLEAN,
  MULLION_OPTION_INTEGER,
  MULLION_OPTION_NUMBER,
  MULLION_OPTION_STRING,
  MULLION_OPTION_STRINGS,
  MULLION_OPTION_COLOR,
  MULLION_OPTION_OBJECT,
  MULLION_OPTION_ARRAY,
  MULLION_OPTION_ANY,
} MullionOptionType;

typedef enum
{
  MULLION_OPTION_HONOURED,      /* does what Electron documents */
  MULLION_OPTION_ELSEWHERE,     /* Electron itself leaves it to macOS or Windows: silent */
  MULLION_OPTION_IGNORED,       /* warned about: it cannot be done here */
  MULLION_OPTION_REFUSED,       /* warned about: it would weaken isolation */
} MullionOptionStance;

/* A row of a table of options: what the value must be and where it goes. */
typedef struct
{
  const char *name;
  MullionOptionType type;
  MullionOptionStance stance;
  gsize offset;         /* honoured: the member of the target, of the C type of @type */
  double minimum;       /* honoured numbers: the least and the greatest value */
  double maximum;
  gboolean harmless;    /* ignored and refused booleans: the value that asks for nothing */
  const char *reason;   /* ignored and refused: why, for the warning */
} MullionOption;

/* The C type of a MULLION_OPTION_COLOR member. */
typedef struct
{
  gboolean is_set;
  GdkRGBA rgba;
} MullionOptionColor;

void     mullion_option_table_read  (const MullionOption *table,
                                     gsize                n_rows,
                                     const char          *scope,
                                     JsonObject          *object,
                                     gpointer             target);
gboolean mullion_option_parse_color (const char          *text,
                                     GdkRGBA             *color);

G_END_DECLS
