/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-programs.h"

#include "bench-processes.h"
#include "bench-program.h"

#include <stdlib.h>

/*
 * What it takes to start a program and to have it there: small apps (programs/app.c) beside bare
 * ones (programs/bare.c), in turns. Each is started anew for each sample, as its user would.
 */

#define SETTLE_MS 3000
#define CALM_MS 4000 /* WebKit goes on tidying up for longer than its memory grows */
#define IDLE_MS 5000
#define QUICK_MS 300

/* Memory and idleness vary little, and have to be waited for. */
#define STAY_EVERY 5

/* A program, or some of it at once. Its series are its name and what was measured. */
typedef struct
{
  const char *name;
  const char *program;
  const char *windows;
  const char *option;   /* (nullable) */
  const char *graphics; /* (nullable): what MULLION_GRAPHICS says */
  guint copies;
  const char *further; /* (nullable): a series that is made of it and another one */
} Subject;

#define APP "mullion-bench-app"
#define BARE "mullion-bench-bare"

static const Subject subjects[] = {
  { "app", APP, "1", .copies = 1, .further = "app-further" },
  { "bare", BARE, "1", .copies = 1, .further = "bare-further" },
  /* What GTK and WebKit choose by themselves, as the bare program leaves it to them. */
  { "app-same", APP, "1", .graphics = "gpu", .copies = 1 },
  { "app-unaccelerated", APP, "1", "--no-acceleration", .copies = 1 },
  { "app-2", APP, "2", .copies = 1 },
  { "app-5", APP, "5", .copies = 1, .further = "app-further" },
  { "bare-2", BARE, "2", .copies = 1 },
  { "bare-5", BARE, "5", .copies = 1 },
  { "bares-2", BARE, "1", .copies = 2, .further = "bare-further" },
  { "bares-5", BARE, "1", .copies = 5 },
};

#define START "-start"
#define PAINT "-paint"
#define MEMORY "-memory"
#define IDLE "-idle"

typedef struct
{
  BenchResults *results; /* (unowned) */
  const char *folder;    /* of this program */
  gboolean is_quick;
  double memory[G_N_ELEMENTS (subjects)]; /* MiB, of this round */
} Programs;

/* -- Which series there are -- */

static char *
name_series (const Subject *subject,
             const char    *measure)
{
  return g_strconcat (subject->name, measure, NULL);
}

static gboolean
wants (Programs      *self,
       const Subject *subject,
       const char    *measure)
{
  g_autofree char *series = name_series (subject, measure);

  return bench_results_wants (self->results, series);
}

static gboolean
is_starting_wanted (Programs      *self,
                    const Subject *subject)
{
  return wants (self, subject, START) || wants (self, subject, PAINT);
}

static gboolean
is_staying_wanted (Programs      *self,
                   const Subject *subject)
{
  return wants (self, subject, MEMORY) || wants (self, subject, IDLE) ||
         (subject->further != NULL && bench_results_wants (self->results, subject->further));
}

static void
add_sample (Programs      *self,
            const Subject *subject,
            const char    *measure,
            double         value)
{
  g_autofree char *series = name_series (subject, measure);

  if (bench_results_wants (self->results, series))
    bench_results_add (self->results, series, &value, 1);
}

/* Returns: whether it is measured here, and not by the page */
gboolean
bench_programs_measure (const char *series)
{
  const char *measures[] = { START, PAINT, MEMORY, IDLE };

  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      if (g_strcmp0 (subjects[i].further, series) == 0)
        return TRUE;

      for (gsize j = 0; j < G_N_ELEMENTS (measures); j++)
        {
          g_autofree char *name = name_series (&subjects[i], measures[j]);

          if (g_str_equal (name, series))
            return TRUE;
        }
    }

  return FALSE;
}

/* -- Samples -- */

static BenchProgram *
start (Programs       *self,
       const Subject  *subject,
       GError        **error)
{
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autofree char *path = g_build_filename (self->folder, "programs", subject->program, NULL);
  g_autofree char *extension = g_build_filename (self->folder, "../../renderer", NULL);
  g_autofree char *extension_dir = g_canonicalize_filename (extension, NULL);
  const char *argv[] = { path, subject->windows, subject->option, NULL };

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_setenv (launcher, "MULLION_EXTENSION_DIR", extension_dir, TRUE);
  if (subject->graphics != NULL)
    g_subprocess_launcher_setenv (launcher, "MULLION_GRAPHICS", subject->graphics, TRUE);

  return bench_program_start (launcher, argv, error);
}

/* Returns: (nullable): the program, with all of its windows painted */
static BenchProgram *
start_and_wait (Programs       *self,
                const Subject  *subject,
                gboolean        is_counted,
                GError        **error)
{
  BenchProgram *program = start (self, subject, error);
  int windows = atoi (subject->windows);
  gint64 loaded = 0;
  gint64 painted = 0;

  if (program == NULL)
    return NULL;

  if (windows == 1)
    loaded = bench_program_wait_for_stage (program, "loaded", 1);
  painted = bench_program_wait_for_stage (program, "painted", windows);
  if (painted == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s did not show its page",
                   subject->program);
      bench_program_end (program);
      return NULL;
    }

  if (is_counted)
    {
      add_sample (self, subject, START, loaded / 1e6);
      add_sample (self, subject, PAINT, painted / 1e6);
    }

  return program;
}

static GArray *
list_processes (GPtrArray *copies)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < copies->len; i++)
    {
      int id = bench_program_get_id (g_ptr_array_index (copies, i));
      g_autoptr(GArray) processes = bench_processes_list (id);

      g_array_append_vals (all, processes->data, processes->len);
    }

  return all;
}

static void
let_pass (Programs *self,
      guint     milliseconds)
{
  g_usleep ((self->is_quick ? QUICK_MS : milliseconds) * G_TIME_SPAN_MILLISECOND);
}

/* Looks at programs that have nothing to do, after a while in which they end what they began. */
static void
look_at (Programs      *self,
         const Subject *subject,
         GPtrArray     *copies)
{
  g_autoptr(GArray) processes = NULL;
  g_autoptr(GHashTable) before = NULL;

  let_pass (self, SETTLE_MS);
  processes = list_processes (copies);
  self->memory[subject - subjects] = bench_processes_get_memory (processes);
  add_sample (self, subject, MEMORY, self->memory[subject - subjects]);
  if (!wants (self, subject, IDLE))
    return;

  let_pass (self, CALM_MS);
  before = bench_processes_list_wake_ups (processes);
  let_pass (self, IDLE_MS);
  add_sample (self, subject, IDLE, bench_processes_count_wake_ups (processes, before));
}

static gboolean
measure (Programs       *self,
         const Subject  *subject,
         gboolean        is_staying,
         gboolean        is_counted,
         GError        **error)
{
  g_autoptr(GPtrArray) copies =
    g_ptr_array_new_with_free_func ((GDestroyNotify) bench_program_end);

  for (guint i = 0; i < subject->copies; i++)
    {
      BenchProgram *program = start_and_wait (self, subject, is_counted, error);

      if (program == NULL)
        return FALSE;
      g_ptr_array_add (copies, program);
    }

  if (is_staying)
    look_at (self, subject, copies);

  return TRUE;
}

/* -- Rounds -- */

static double
get_memory (Programs   *self,
            const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (g_str_equal (subjects[i].name, name))
      return self->memory[i];

  g_assert_not_reached ();
}

/* What a window more costs, of an app and where it is a program more. */
static void
add_further (Programs *self)
{
  double app = (get_memory (self, "app-5") - get_memory (self, "app")) / 4;
  double bare = get_memory (self, "bares-2") - get_memory (self, "bare");

  if (bench_results_wants (self->results, "app-further"))
    bench_results_add (self->results, "app-further", &app, 1);
  if (bench_results_wants (self->results, "bare-further"))
    bench_results_add (self->results, "bare-further", &bare, 1);
}

static gboolean
run_round (Programs  *self,
           int        round,
           gboolean   is_counted,
           GError   **error)
{
  const gboolean is_staying = is_counted && round % STAY_EVERY == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      gsize n = round % 2 == 0 ? i : G_N_ELEMENTS (subjects) - 1 - i;
      gboolean stays = is_staying && is_staying_wanted (self, &subjects[n]);

      if (!stays && !is_starting_wanted (self, &subjects[n]))
        continue;
      if (!measure (self, &subjects[n], stays, is_counted, error))
        return FALSE;
    }

  if (is_staying)
    add_further (self);

  return TRUE;
}

/*
 * Measures the series that are wanted of it. @folder is that of this program, which has the others
 * beside it. The first start of all is slower than the next ones, and not counted.
 */
gboolean
bench_programs_run (BenchResults  *results,
                    const char    *folder,
                    int            rounds,
                    gboolean       is_quick,
                    GError       **error)
{
  Programs self = { .results = results, .folder = folder, .is_quick = is_quick };

  if (!is_quick && !run_round (&self, 0, FALSE, error))
    return FALSE;

  for (int round = 0; round < rounds; round++)
    if (!run_round (&self, round, TRUE, error))
      return FALSE;

  return TRUE;
}
