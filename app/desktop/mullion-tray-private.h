/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-dbus-menu.h"
#include "mullion-menu.h"
#include "mullion-tray.h"

G_BEGIN_DECLS

struct _MullionTray
{
  GObject parent_instance;

  char *image;
  char *tool_tip;
  char *title;
  MullionMenu *menu; /* (nullable) */
  gboolean needs_attention;

  char *path;
  char *menu_path;
  GDBusConnection *connection; /* (nullable) until there is a tray */
  MullionDbusMenu *exported;   /* (nullable) */
  guint watch;
  guint registration;
  gboolean is_destroyed;
};

/* (transfer floating) (nullable): a property as the tray reads it; NULL where there is none of that
 * name */
GVariant *mullion_tray_get_property_value (MullionTray *self,
                                           const char  *name);

G_END_DECLS
