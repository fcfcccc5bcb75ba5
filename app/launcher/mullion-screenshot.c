/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-screenshot.h"

/*
 * One picture of one window's page, for --screenshot. Main process.
 *
 * The steps follow one another: the load finishes, the view gets its size, the page says from a
 * world of ours that its fonts are there and two frames were drawn, the picture is taken and
 * written aside, then renamed. A page that fails to load, loses its process or takes too long ends
 * it with an error: whoever started us waits for an answer.
 */

/* Chromium's ERR_ABORTED: another load took the place of this one, and will end in its own way. */
#define ERR_ABORTED (-3)

/* Frames that the view is given to take the wanted size, about a second. */
#define MAX_RESIZE_FRAMES 60
/* Frames in which the size must have stood still. */
#define STEADY_FRAMES 3

/* Our own world: the page may have replaced requestAnimationFrame in its own. A view that is not
 * painted at all never gets a frame, so a second is the most that it waits for one. */
#define AWAIT_PAINT                                                                               \
  "await Promise.race([new Promise(done => setTimeout(done, 1000)), (async () => {"               \
  "  await document.fonts.ready;"                                                                 \
  "  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));"        \
  "})()]);"

struct _MullionScreenshot
{
  GObject parent_instance;

  MullionBrowserWindow *window;
  MullionWebContents *contents;
  GtkWidget *view;
  char *file;

  /* What the view shall measure, 0 for what it has. */
  int width;
  int height;

  GCancellable *cancellable;
  guint timeout_id;
  guint tick_id;
  int n_frames;
  int n_steady;
  gboolean has_loaded;
  gboolean is_done;
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionScreenshot, mullion_screenshot, G_TYPE_OBJECT)

static void
stop (MullionScreenshot *self)
{
  self->is_done = TRUE;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (self->view, self->tick_id);
  self->tick_id = 0;
  g_signal_handlers_disconnect_by_data (self->contents, self);
  g_cancellable_cancel (self->cancellable);
}

/* @error: (nullable) (transfer full) */
static void
finish (MullionScreenshot *self,
        GError            *error)
{
  if (!self->is_done)
    {
      stop (self);
      g_signal_emit (self, signals[DONE], 0, error);
    }
  g_clear_error (&error);
}

static void
captured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (MullionScreenshot) self = user_data;
  g_autoptr (GBytes) png = NULL;
  GError *error = NULL;

  png = mullion_web_contents_capture_page_finish (MULLION_WEB_CONTENTS (source), result, &error);
  if (png != NULL && !self->is_done)
    g_file_set_contents_full (self->file, g_bytes_get_data (png, NULL), g_bytes_get_size (png),
                              G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666,
                              &error);
  finish (self, error);
}

static void
painted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (MullionScreenshot) self = user_data;
  g_autoptr (JSCValue) value = NULL;

  /* A page without JavaScript has nothing that could change after its load: its error is no error
   * here. */
  value = webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (source), result,
                                                                 NULL);
  if (!self->is_done)
    mullion_web_contents_capture_page_async (self->contents, self->cancellable, captured_cb,
                                             g_object_ref (self));
}

static void
await_paint (MullionScreenshot *self)
{
  webkit_web_view_call_async_javascript_function (WEBKIT_WEB_VIEW (self->view), AWAIT_PAINT, -1,
                                                  NULL, "mullion-screenshot", NULL,
                                                  self->cancellable, painted_cb,
                                                  g_object_ref (self));
}

/* Whether the view measures what it shall; asks the window for what is missing. The window's size
 * counts its title bar where GTK draws one, so the difference is what has to be added. */
static gboolean
fits (MullionScreenshot *self)
{
  int missing_width = self->width != 0 ? self->width - gtk_widget_get_width (self->view) : 0;
  int missing_height = self->height != 0 ? self->height - gtk_widget_get_height (self->view) : 0;
  GtkWidget *window = GTK_WIDGET (self->window);

  if (missing_width == 0 && missing_height == 0)
    return TRUE;
  gtk_window_set_default_size (GTK_WINDOW (window),
                               MAX (1, gtk_widget_get_width (window) + missing_width),
                               MAX (1, gtk_widget_get_height (window) + missing_height));
  return FALSE;
}

static gboolean
tick_cb (GtkWidget     *view,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  MullionScreenshot *self = user_data;
  gboolean is_late = ++self->n_frames > MAX_RESIZE_FRAMES;

  self->n_steady = fits (self) ? self->n_steady + 1 : 0;
  if (self->n_steady < STEADY_FRAMES && !is_late)
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  if (self->n_steady > 0)
    await_paint (self);
  else
    finish (self, g_error_new (MULLION_ERROR, MULLION_ERROR_FAILED,
                               "the window cannot take the size: the page has %d×%d and not %d×%d",
                               gtk_widget_get_width (view), gtk_widget_get_height (view),
                               self->width, self->height));
  return G_SOURCE_REMOVE;
}

static void
did_finish_load_cb (MullionScreenshot *self)
{
  if (self->has_loaded)
    return;
  self->has_loaded = TRUE;
  if (self->width != 0)
    {
      /* A window that fills the screen keeps the screen's size. */
      mullion_browser_window_set_full_screen (self->window, FALSE);
      mullion_browser_window_unmaximize (self->window);
    }
  /* A window that its app keeps hidden is shown for the picture: what is not mapped is not drawn. */
  mullion_browser_window_show (self->window);
  gtk_widget_queue_draw (self->view);
  self->tick_id = gtk_widget_add_tick_callback (self->view, tick_cb, self, NULL);
}

static void
did_fail_load_cb (MullionScreenshot  *self,
                  int                 code,
                  const char         *description,
                  const char         *uri)
{
  if (code != ERR_ABORTED)
    finish (self, g_error_new (MULLION_ERROR, MULLION_ERROR_FAILED, "cannot load %s: %s", uri,
                               description));
}

static void
render_process_gone_cb (MullionScreenshot *self,
                        const char        *reason)
{
  finish (self, g_error_new (MULLION_ERROR, MULLION_ERROR_GONE,
                             "the page's process is gone: %s", reason));
}

static void
closed_cb (MullionScreenshot *self)
{
  finish (self, g_error_new_literal (MULLION_ERROR, MULLION_ERROR_GONE,
                                     "the window was closed before its picture was taken"));
}

static gboolean
timeout_cb (gpointer user_data)
{
  MullionScreenshot *self = user_data;

  self->timeout_id = 0;
  finish (self, g_error_new_literal (MULLION_ERROR, MULLION_ERROR_FAILED,
                                     self->has_loaded ? "the page was not painted in time"
                                                      : "the page did not finish to load in time"));
  return G_SOURCE_REMOVE;
}

static void
mullion_screenshot_dispose (GObject *object)
{
  MullionScreenshot *self = MULLION_SCREENSHOT (object);

  if (!self->is_done)
    stop (self);
  g_clear_object (&self->view);
  g_clear_object (&self->window);

  G_OBJECT_CLASS (mullion_screenshot_parent_class)->dispose (object);
}

static void
mullion_screenshot_finalize (GObject *object)
{
  MullionScreenshot *self = MULLION_SCREENSHOT (object);

  g_object_unref (self->contents);
  g_object_unref (self->cancellable);
  g_free (self->file);

  G_OBJECT_CLASS (mullion_screenshot_parent_class)->finalize (object);
}

static void
mullion_screenshot_class_init (MullionScreenshotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mullion_screenshot_dispose;
  object_class->finalize = mullion_screenshot_finalize;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
mullion_screenshot_init (MullionScreenshot *self)
{
  self->cancellable = g_cancellable_new ();
}

MullionScreenshot *
mullion_screenshot_new (MullionBrowserWindow *window,
                        const char           *file,
                        guint                 timeout)
{
  MullionScreenshot *self = g_object_new (MULLION_TYPE_SCREENSHOT, NULL);

  self->window = g_object_ref (window);
  self->contents = g_object_ref (mullion_browser_window_get_web_contents (window));
  self->view = g_object_ref (GTK_WIDGET (mullion_web_contents_get_web_view (self->contents)));
  self->file = g_strdup (file);
  self->timeout_id = g_timeout_add_seconds (timeout, timeout_cb, self);

  g_signal_connect_swapped (self->contents, "did-finish-load", G_CALLBACK (did_finish_load_cb), self);
  g_signal_connect_swapped (self->contents, "did-fail-load", G_CALLBACK (did_fail_load_cb), self);
  g_signal_connect_swapped (self->contents, "render-process-gone",
                            G_CALLBACK (render_process_gone_cb), self);
  g_signal_connect_swapped (self->contents, "closed", G_CALLBACK (closed_cb), self);
  return self;
}

void
mullion_screenshot_set_size (MullionScreenshot *self,
                             int                width,
                             int                height)
{
  self->width = width;
  self->height = height;
}
