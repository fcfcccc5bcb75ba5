/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-screen.h"

G_BEGIN_DECLS

/* @monitors: of GdkMonitor. For tests, whose display has one and keeps it. */
MullionScreen *mullion_screen_new (GListModel *monitors);

G_END_DECLS
