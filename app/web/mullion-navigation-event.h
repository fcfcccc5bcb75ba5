/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_NAVIGATION_EVENT (mullion_navigation_event_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionNavigationEvent, mullion_navigation_event, MULLION, NAVIGATION_EVENT, GObject)

MULLION_AVAILABLE_IN_ALL
const char *mullion_navigation_event_get_url (MullionNavigationEvent *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_navigation_event_is_main_frame (MullionNavigationEvent *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_navigation_event_is_redirect (MullionNavigationEvent *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_navigation_event_is_user_gesture (MullionNavigationEvent *self);

MULLION_AVAILABLE_IN_ALL
void mullion_navigation_event_allow (MullionNavigationEvent *self);
MULLION_AVAILABLE_IN_ALL
void mullion_navigation_event_prevent_default (MullionNavigationEvent *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_navigation_event_is_default_prevented (MullionNavigationEvent *self);

G_END_DECLS
