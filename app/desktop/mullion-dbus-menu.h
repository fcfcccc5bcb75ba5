/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-menu.h"

G_BEGIN_DECLS

#define MULLION_TYPE_DBUS_MENU (mullion_dbus_menu_get_type ())
G_DECLARE_FINAL_TYPE (MullionDbusMenu, mullion_dbus_menu, MULLION, DBUS_MENU, GObject)

/* (transfer full): @menu as com.canonical.dbusmenu at @path, as long as this object lives. */
MullionDbusMenu *mullion_dbus_menu_new (GDBusConnection *connection,
                                        const char      *path,
                                        MullionMenu     *menu);

G_END_DECLS
