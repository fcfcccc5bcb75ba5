/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"

/*
 * What a user sees of a page, read from the window's own picture: 3D transforms, a backdrop filter,
 * a scrolled box, a canvas and a video. The machine that runs this has no GPU as a rule, so it is the
 * software renderers that are looked at. Each of the two tests needs a process of its own, for the
 * way to draw is chosen once.
 */

#define SIZE 200
#define TOLERANCE 24

typedef struct
{
  const char *what;
  int x;
  int y;
  guint32 color;      /* 0xrrggbb */
  guint32 flat_color; /* without compositing */
} Sample;

static const Sample samples[] = {
  { "perspective", 10, 20, 0xff0000, 0xffffff },
  { "backface-visibility", 300, 100, 0xffffff, 0x000000 },
  { "backdrop-filter", 450, 100, 0xffffff, 0x000000 },
  { "scrolling", 100, 300, 0x00ff00, 0x00ff00 },
  { "canvas", 300, 300, 0xff00ff, 0xff00ff },
  { "video", 500, 300, 0xff00ff, 0xff00ff },
};

typedef struct
{
  guint32 *pixels;
  int width;
  int height;
} Picture;

/* (nullable): NULL until there is something to see */
static GskRenderNode *
paint (GtkWidget *widget)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));

  return gtk_snapshot_free_to_node (snapshot);
}

static void
take_picture (GtkWidget *widget,
              Picture   *picture)
{
  GskRenderNode *node = paint (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 3 * SIZE, 2 * SIZE);
  g_autoptr(GdkTexture) texture = NULL;

  picture->width = 3 * SIZE;
  picture->height = 2 * SIZE;
  picture->pixels = g_new0 (guint32, picture->width * picture->height);
  if (node == NULL)
    return;

  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)),
                                         node, &bounds);
  gdk_texture_download (texture, (guchar *) picture->pixels, (gsize) picture->width * 4);
  gsk_render_node_unref (node);
}

static gboolean
is_near (guint32 a,
         guint32 b)
{
  for (int shift = 0; shift < 24; shift += 8)
    if (ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)) > TOLERANCE)
      return FALSE;

  return TRUE;
}

/* Returns: (nullable): what does not look as it should */
static const char *
find_fault (GtkWidget *widget,
            gboolean   is_flat)
{
  Picture picture;
  const char *fault = NULL;

  take_picture (widget, &picture);
  for (gsize i = 0; i < G_N_ELEMENTS (samples) && fault == NULL; i++)
    {
      guint32 pixel = picture.pixels[samples[i].y * picture.width + samples[i].x] & 0xffffff;

      if (!is_near (pixel, is_flat ? samples[i].flat_color : samples[i].color))
        fault = samples[i].what;
    }
  g_free (picture.pixels);

  return fault;
}

static gboolean
look_again_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
assert_picture (gboolean is_flat)
{
  g_autoptr(IpcWindow) window =
    ipc_window_new ("{ \"width\": 640, \"height\": 480, \"useContentSize\": true }");
  GtkWidget *view = GTK_WIDGET (mullion_web_contents_get_web_view (window->contents));
  const char *fault = "the page";
  guint ticks;
  guint limit;

  ipc_window_load (window, "rendering.html");

  /* Frames come when they come: looks again and again, and says at the end what was missing. */
  limit = ipc_limit_begin ("the picture as it should be");
  ticks = g_timeout_add (100, look_again_cb, NULL);
  while ((fault = find_fault (view, is_flat)) != NULL)
    {
      g_test_message ("Not yet as it should be: %s", fault);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (ticks);
  g_source_remove (limit);
}

static void
test_default (void)
{
  g_autoptr(MullionApp) app = ipc_app_new ("org.example.Rendering");

  assert_picture (FALSE);
}

static void
disable_cb (MullionApp *app)
{
  mullion_app_disable_hardware_acceleration (app);
}

static void
test_unaccelerated (void)
{
  g_autoptr(MullionApp) app = ipc_app_new_with ("org.example.Rendering", disable_cb);

  assert_picture (TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rendering/default", test_default);
  g_test_add_func ("/rendering/unaccelerated", test_unaccelerated);

  return g_test_run ();
}
