/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <webkit/webkit.h>

G_BEGIN_DECLS

typedef void (*MullionAutomationSettled) (gpointer user_data);

/* Calls @settled once the page has heard of the @n_events that the display has by now, of which so
 * many are motions. */
void mullion_automation_settle (WebKitWebView            *view,
                                guint                     n_events,
                                guint                     n_motions,
                                MullionAutomationSettled  settled,
                                gpointer                  user_data);

G_END_DECLS
