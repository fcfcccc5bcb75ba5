/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-navigation-event.h"

G_BEGIN_DECLS

typedef enum
{
  MULLION_NAVIGATION_MAIN_FRAME = 1 << 0,
  MULLION_NAVIGATION_REDIRECT = 1 << 1,
  MULLION_NAVIGATION_USER_GESTURE = 1 << 2,
  MULLION_NAVIGATION_STAYS = 1 << 3, /* happens unless somebody prevents it */
} MullionNavigationFlags;

MullionNavigationEvent *mullion_navigation_event_new        (const char             *url,
                                                             MullionNavigationFlags  flags);
/* Whether a handler decided, one way or the other. */
gboolean                mullion_navigation_event_is_decided (MullionNavigationEvent *self);

G_END_DECLS
