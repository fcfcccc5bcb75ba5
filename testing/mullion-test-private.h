/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-test.h"

G_BEGIN_DECLS

struct _MullionTest
{
  GObject parent_instance;

  MullionApp *app; /* NULL once it was ended */
  MullionBrowserWindow *window; /* (weak) */
  guint timeout_msec;
  GQueue messages; /* of Message, in mullion-test.c: what pages have sent and nobody has taken */
  gboolean has_loaded;
};

typedef gboolean (*MullionTestCondition) (gpointer data);

/* Runs the loop until @is_met, FALSE when the time is up first. */
gboolean  mullion_test_run_until  (MullionTest          *self,
                                   MullionTestCondition  is_met,
                                   gpointer              data);
/* Ends the test: what was wanted, and what the page shows. */
void      mullion_test_fail       (MullionTest          *self,
                                   const char           *format,
                                   ...) G_GNUC_PRINTF (2, 3) G_GNUC_NORETURN;
/* (nullable) (transfer full): NULL when the time is up, or with @error */
JsonNode *mullion_test_run_script (MullionTest          *self,
                                   const char           *code,
                                   GError              **error);
/* (transfer full): a text as JavaScript has it */
char     *mullion_test_quote      (const char           *text);

G_END_DECLS
