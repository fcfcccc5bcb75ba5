/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-graphics.h"

#include <unistd.h>

/*
 * MullionGraphics: how GTK and WebKit shall draw on this machine.
 *
 * Lives in the main process and has its say before GTK starts. Both libraries draw with OpenGL
 * wherever it can be had, and without a GPU that is an emulation on the CPU: it costs a third of the
 * memory and most of the time until a window shows something. Their own software renderers give the
 * same picture. WebKit still composites with OpenGL, for without that 3D transforms and backdrop
 * filters would be lost.
 *
 * Whatever the user has set in the environment stays.
 */

/* What the user may say instead of us. */
#define WISH_VARIABLE "MULLION_GRAPHICS"

static const MullionGraphicsSetting gpu_settings[] = {
  { NULL, NULL, NULL },
};

static const MullionGraphicsSetting nvidia_settings[] = {
  { "WEBKIT_DISABLE_DMABUF_RENDERER", "1", "windows would stay blank with shared GPU buffers" },
  { NULL, NULL, NULL },
};

static const MullionGraphicsSetting software_settings[] = {
  { "GSK_RENDERER", "cairo", "GTK draws without OpenGL" },
  /* This also keeps most pages at one OpenGL context, the compositor's. Two of Mesa's software
   * contexts in one process race: lp_scene_is_resource_referenced () of Mesa 22.3 reads a scene that
   * the other thread has freed, and now and then the web process crashes of it. */
  { "WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1", "pages are painted without OpenGL" },
  { NULL, NULL, NULL },
};

static MullionGraphics *
graphics_new (MullionGraphicsKind  kind,
              const char          *reason)
{
  MullionGraphics *self = g_new0 (MullionGraphics, 1);

  self->kind = kind;
  self->reason = g_strdup (reason);

  return self;
}

static gboolean
has_render_node (const char *root)
{
  g_autofree char *folder = g_build_filename (root, "dev", "dri", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, "renderD") && access (path, R_OK | W_OK) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_nvidia_driver (const char *root)
{
  g_autofree char *path = g_build_filename (root, "proc", "driver", "nvidia", "version", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* @root: "/" outside of tests
 * @wish: (nullable): "gpu" or "software" to choose, "auto" or NULL to look at the machine
 *
 * Returns: (transfer full) */
MullionGraphics *
mullion_graphics_look (const char *root,
                       const char *wish)
{
  if (g_strcmp0 (wish, "gpu") == 0)
    return graphics_new (MULLION_GRAPHICS_GPU, WISH_VARIABLE " asks for the GPU");
  if (g_strcmp0 (wish, "software") == 0)
    return graphics_new (MULLION_GRAPHICS_SOFTWARE, WISH_VARIABLE " asks for software");
  if (wish != NULL && *wish != '\0' && g_strcmp0 (wish, "auto") != 0)
    g_warning (WISH_VARIABLE " is \"%s\": expected auto, gpu or software", wish);

  /* NVIDIA's driver is asked for first: its machines have a render node too. */
  if (has_nvidia_driver (root))
    return graphics_new (MULLION_GRAPHICS_NVIDIA, "NVIDIA's own driver is loaded");
  if (has_render_node (root))
    return graphics_new (MULLION_GRAPHICS_GPU, "/dev/dri has a render node");

  return graphics_new (MULLION_GRAPHICS_SOFTWARE,
                       "/dev/dri has no render node that this user may open");
}

/* Returns: (transfer none): the last one has no name */
const MullionGraphicsSetting *
mullion_graphics_get_settings (MullionGraphicsKind kind)
{
  switch (kind)
    {
    case MULLION_GRAPHICS_NVIDIA:
      return nvidia_settings;
    case MULLION_GRAPHICS_SOFTWARE:
      return software_settings;
    case MULLION_GRAPHICS_GPU:
    default:
      return gpu_settings;
    }
}

/* Returns: (nullable) (transfer none) */
const char *
mullion_graphics_get_wish (void)
{
  return g_getenv (WISH_VARIABLE);
}

/* GTK reads its part when the first window is made, a web process gets its part when it starts. To
 * be called before either, and before there are threads: the environment belongs to all of them. */
void
mullion_graphics_apply (MullionGraphicsKind kind)
{
  const MullionGraphicsSetting *settings = mullion_graphics_get_settings (kind);

  for (gsize i = 0; settings[i].name != NULL; i++)
    g_setenv (settings[i].name, settings[i].value, FALSE);
}

void
mullion_graphics_free (MullionGraphics *self)
{
  g_free (self->reason);
  g_free (self);
}
