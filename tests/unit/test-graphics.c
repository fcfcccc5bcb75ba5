/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-graphics.h"

#include "tests/test-folder.h"
#include "tests/test-warnings.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* The choice of how to draw, on machines made of a few files. */

typedef struct
{
  char *root;
} Machine;

static void
add_file (Machine    *machine,
          const char *path)
{
  g_autofree char *file = g_build_filename (machine->root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_file_set_contents (file, "", 0, &error);
  g_assert_no_error (error);
}

static void
set_up (Machine       *machine,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  machine->root = g_dir_make_tmp ("mullion-machine-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Machine       *machine,
           gconstpointer  data)
{
  remove_folder (machine->root);
  g_free (machine->root);
}

static void
assert_kind (Machine             *machine,
             const char          *wish,
             MullionGraphicsKind  kind)
{
  g_autoptr(MullionGraphics) graphics = mullion_graphics_look (machine->root, wish);

  g_assert_cmpint (graphics->kind, ==, kind);
  g_assert_cmpuint (strlen (graphics->reason), >, 0);
}

static void
test_no_gpu (Machine       *machine,
             gconstpointer  data)
{
  assert_kind (machine, NULL, MULLION_GRAPHICS_SOFTWARE);
  /* A card that can only show a picture does not draw one. */
  add_file (machine, "dev/dri/card0");
  assert_kind (machine, "auto", MULLION_GRAPHICS_SOFTWARE);
}

static void
test_gpu (Machine       *machine,
          gconstpointer  data)
{
  add_file (machine, "dev/dri/renderD128");
  assert_kind (machine, NULL, MULLION_GRAPHICS_GPU);
  assert_kind (machine, "", MULLION_GRAPHICS_GPU);
}

static void
test_nvidia (Machine       *machine,
             gconstpointer  data)
{
  add_file (machine, "dev/dri/renderD128");
  add_file (machine, "proc/driver/nvidia/version");
  assert_kind (machine, NULL, MULLION_GRAPHICS_NVIDIA);
}

static void
test_wish (Machine       *machine,
           gconstpointer  data)
{
  assert_kind (machine, "gpu", MULLION_GRAPHICS_GPU);
  add_file (machine, "dev/dri/renderD128");
  assert_kind (machine, "software", MULLION_GRAPHICS_SOFTWARE);

  expect_warning ("MULLION_GRAPHICS is \"fast\": expected auto, gpu or software");
  assert_kind (machine, "fast", MULLION_GRAPHICS_GPU);
  assert_warned ();
}

static void
test_apply (void)
{
  g_setenv ("GSK_RENDERER", "gl", TRUE);
  g_unsetenv ("WEBKIT_SKIA_ENABLE_CPU_RENDERING");
  g_unsetenv ("WEBKIT_DISABLE_DMABUF_RENDERER");

  mullion_graphics_apply (MULLION_GRAPHICS_GPU);
  g_assert_null (g_getenv ("WEBKIT_SKIA_ENABLE_CPU_RENDERING"));
  g_assert_null (g_getenv ("WEBKIT_DISABLE_DMABUF_RENDERER"));

  mullion_graphics_apply (MULLION_GRAPHICS_SOFTWARE);
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, "gl");
  g_assert_cmpstr (g_getenv ("WEBKIT_SKIA_ENABLE_CPU_RENDERING"), ==, "1");
  g_assert_null (g_getenv ("WEBKIT_DISABLE_DMABUF_RENDERER"));

  mullion_graphics_apply (MULLION_GRAPHICS_NVIDIA);
  g_assert_cmpstr (g_getenv ("WEBKIT_DISABLE_DMABUF_RENDERER"), ==, "1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  watch_warnings ();

#define ADD(path, test) g_test_add (path, Machine, NULL, set_up, test, tear_down)
  ADD ("/graphics/no-gpu", test_no_gpu);
  ADD ("/graphics/gpu", test_gpu);
  ADD ("/graphics/nvidia", test_nvidia);
  ADD ("/graphics/wish", test_wish);
#undef ADD
  g_test_add_func ("/graphics/apply", test_apply);

  return g_test_run ();
}
