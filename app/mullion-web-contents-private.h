/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-web-contents.h"
#include "mullion-web-preferences.h"

G_BEGIN_DECLS

/* @preferences: (transfer full) */
MullionWebContents *mullion_web_contents_new     (MullionApp            *app,
                                                  MullionWebPreferences *preferences);
const MullionWebPreferences *
                    mullion_web_contents_get_preferences (MullionWebContents *self);
/* Ends the contents: its channel, its pending calls, its place in the table of ids. Emits `closed`. */
void                mullion_web_contents_destroy (MullionWebContents    *self);

G_END_DECLS
