/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-cookies.h"

G_BEGIN_DECLS

typedef struct _MullionCookieWatch MullionCookieWatch;

/* @cookies: (unowned): whose signal `changed` it emits; it calls mullion_cookie_watch_end () */
MullionCookieWatch *mullion_cookie_watch_new       (MullionCookies      *cookies,
                                                    WebKitCookieManager *manager);
/* (transfer full): nothing is told from now on. */
void                mullion_cookie_watch_end       (MullionCookieWatch  *self);
/* Sees what is there, if somebody listens and it has not been seen yet. */
void                mullion_cookie_watch_look      (MullionCookieWatch  *self);
/* The same when whoever asks has had the time to connect a handler. */
void                mullion_cookie_watch_look_soon (MullionCookieWatch  *self);

G_END_DECLS
