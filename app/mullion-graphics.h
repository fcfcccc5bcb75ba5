/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MULLION_GRAPHICS_GPU,      /* what GTK and WebKit choose by themselves */
  MULLION_GRAPHICS_NVIDIA,   /* a GPU whose driver cannot share buffers with WebKit */
  MULLION_GRAPHICS_SOFTWARE, /* no GPU, or none wanted: OpenGL would run on the CPU */
} MullionGraphicsKind;

typedef struct
{
  MullionGraphicsKind kind;
  char *reason; /* a sentence without its stop */
} MullionGraphics;

/* An environment variable that GTK or WebKit reads when it starts. */
typedef struct
{
  const char *name;
  const char *value;
  const char *effect;
} MullionGraphicsSetting;

MullionGraphics              *mullion_graphics_look         (const char            *root,
                                                             const char            *wish);
const MullionGraphicsSetting *mullion_graphics_get_settings (MullionGraphicsKind    kind);
const char                   *mullion_graphics_get_wish     (void);
void                          mullion_graphics_apply        (MullionGraphicsKind    kind);
void                          mullion_graphics_free         (MullionGraphics       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionGraphics, mullion_graphics_free)

G_END_DECLS
