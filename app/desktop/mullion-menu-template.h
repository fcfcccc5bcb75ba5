/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-menu-item.h"

G_BEGIN_DECLS

/* (transfer full), or NULL with @error set. @path is where @object stands, for the message. */
MullionMenuItem *mullion_menu_template_read_item (JsonObject   *object,
                                                  const char   *path,
                                                  guint         depth,
                                                  GError      **error);
gboolean         mullion_menu_template_read      (MullionMenu  *menu,
                                                  JsonArray    *items,
                                                  const char   *path,
                                                  guint         depth,
                                                  GError      **error);
/* The menu that a role brings along. */
void             mullion_menu_template_fill      (MullionMenu  *menu,
                                                  const char   *roles);

G_END_DECLS
