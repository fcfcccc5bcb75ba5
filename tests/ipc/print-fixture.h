/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ipc-fixture.h"

G_BEGIN_DECLS

/* What the tests of printing share: a page to print, and what became of it last. */
typedef struct
{
  IpcWindow *window;
  GBytes *pdf; /* (nullable) */
  GError *error; /* (nullable) */
  guint n_answers;
} PrintFixture;

typedef struct
{
  const char *path;
  void (*test) (PrintFixture *fixture, gconstpointer data);
} PrintTest;

/* The program's main (): an app, GTK's own printer and no other, and these tests. */
int   print_run_tests (int              argc,
                       char           **argv,
                       const PrintTest *tests,
                       gsize            n_tests);

void  print_set_up    (PrintFixture    *fixture,
                       gconstpointer    data);
void  print_tear_down (PrintFixture    *fixture,
                       gconstpointer    data);
void  print_forget    (PrintFixture    *fixture);

/* Jobs, with options of JSON. The second waits until it has ended. */
void  print_begin_job (PrintFixture    *fixture,
                       const char      *json,
                       GCancellable    *cancellable);
void  print_job       (PrintFixture    *fixture,
                       const char      *json);
/* The options of a job for the one printer. @path: (nullable) */
char *print_dup_job   (PrintFixture    *fixture,
                       gboolean         is_silent,
                       const char      *path);
/* What the job has written, which then is gone. */
void  print_read_file (PrintFixture    *fixture,
                       const char      *path);

G_END_DECLS
