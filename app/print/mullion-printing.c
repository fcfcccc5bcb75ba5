/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-printing.h"

#include "mullion-error.h"

/*
 * MullionPrinting: what is printed of one page, one after the other. Main process.
 *
 * Whether backgrounds are printed is a setting of the view, and a scale is a style sheet of it: so no
 * two may be under way at once. WebKit has a scale of its own, which scales the margins, too, and
 * leaves half of the page empty or cuts the rest off; a style sheet lays the page out anew.
 */

typedef struct
{
  MullionPrintOptions *options;
  GTask *task;
  GError *error; /* (nullable) */
} Job;

struct _MullionPrinting
{
  WebKitWebView *view;
  GQueue jobs; /* of Job; the first is under way if there is an operation */
  WebKitPrintOperation *operation; /* (nullable) */
  WebKitUserStyleSheet *scale;     /* while there is an operation */
  gboolean had_backgrounds;        /* the page, before */
};

static void start_next (MullionPrinting *self);

static void
free_job (Job *job)
{
  g_clear_error (&job->error);
  g_object_unref (job->task);
  g_free (job);
}

/* -- What a job needs of the view -- */

/* WebKit lays out 1.25 pixels of CSS for each point of the paper, which are 90 an inch, and CSS has
 * 96: left alone, an inch of a page measures 1.067 on paper. */
#define INCH_OF_CSS (90.0 / 96.0)

static void
set_scale (MullionPrinting *self,
           double           scale)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = g_strdup_printf ("@media print { html { zoom: %s !important } }",
                                           g_ascii_dtostr (number, sizeof number,
                                                           scale * INCH_OF_CSS));

  self->scale = webkit_user_style_sheet_new (text, WEBKIT_USER_CONTENT_INJECT_TOP_FRAME,
                                             WEBKIT_USER_STYLE_LEVEL_USER, NULL, NULL);
  webkit_user_content_manager_add_style_sheet (
    webkit_web_view_get_user_content_manager (self->view), self->scale);
}

static void
prepare (MullionPrinting     *self,
         MullionPrintOptions *options)
{
  WebKitSettings *settings = webkit_web_view_get_settings (self->view);

  self->had_backgrounds = webkit_settings_get_print_backgrounds (settings);
  webkit_settings_set_print_backgrounds (settings, options->has_backgrounds);
  set_scale (self, options->scale);
}

static void
restore (MullionPrinting *self)
{
  if (self->operation == NULL)
    return;

  webkit_settings_set_print_backgrounds (webkit_web_view_get_settings (self->view),
                                         self->had_backgrounds);
  webkit_user_content_manager_remove_style_sheet (
    webkit_web_view_get_user_content_manager (self->view), self->scale);
  g_clear_pointer (&self->scale, webkit_user_style_sheet_unref);
  g_signal_handlers_disconnect_by_data (self->operation, self);
  g_clear_object (&self->operation);
}

/* -- One job -- */

static void
failed_cb (WebKitPrintOperation *operation,
           GError               *error,
           MullionPrinting      *self)
{
  Job *job = g_queue_peek_head (&self->jobs);

  if (job->error == NULL)
    job->error = g_error_copy (error);
}

static void
finished_cb (WebKitPrintOperation *operation,
             MullionPrinting      *self)
{
  Job *job = g_queue_pop_head (&self->jobs);
  g_autoptr(GObject) alive = g_object_ref (g_task_get_source_object (job->task));

  restore (self);
  start_next (self);
  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (job->task, TRUE);
  free_job (job);
}

static void
start (MullionPrinting *self,
       Job             *job)
{
  g_autoptr(WebKitPrintOperation) alive = NULL;

  prepare (self, job->options);
  self->operation = webkit_print_operation_new (self->view);
  webkit_print_operation_set_print_settings (self->operation, job->options->settings);
  webkit_print_operation_set_page_setup (self->operation, job->options->page_setup);
  g_signal_connect (self->operation, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect (self->operation, "finished", G_CALLBACK (finished_cb), self);
  /* It may have ended when this returns. */
  alive = g_object_ref (self->operation);
  webkit_print_operation_print (alive);
}

/* Whoever hears that his job was cancelled may destroy the contents, and ask for others. */
static void
start_next (MullionPrinting *self)
{
  Job *job;

  while (self->operation == NULL && (job = g_queue_peek_head (&self->jobs)) != NULL)
    {
      g_autoptr(GObject) alive = g_object_ref (g_task_get_source_object (job->task));

      if (!g_cancellable_is_cancelled (g_task_get_cancellable (job->task)))
        {
          start (self, job);
          return;
        }
      g_queue_pop_head (&self->jobs);
      g_task_return_error_if_cancelled (job->task);
      free_job (job);
      if (g_queue_is_empty (&self->jobs))
        return;
    }
}

void
mullion_printing_add (MullionPrinting     *self,
                      MullionPrintOptions *options,
                      GTask               *task)
{
  Job *job = g_new0 (Job, 1);

  job->options = options;
  job->task = task;
  g_queue_push_tail (&self->jobs, job);
  start_next (self);
}

void
mullion_printing_fail (MullionPrinting *self)
{
  Job *job;

  restore (self);
  while ((job = g_queue_pop_head (&self->jobs)) != NULL)
    {
      g_task_return_new_error (job->task, MULLION_ERROR, MULLION_ERROR_GONE,
                               "The page was gone before it was printed");
      free_job (job);
    }
}

MullionPrinting *
mullion_printing_new (WebKitWebView *view)
{
  MullionPrinting *self = g_new0 (MullionPrinting, 1);

  self->view = view;
  g_queue_init (&self->jobs);

  return self;
}

void
mullion_printing_free (MullionPrinting *self)
{
  mullion_printing_fail (self);
  g_free (self);
}
