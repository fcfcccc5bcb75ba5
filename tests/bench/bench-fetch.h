/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <webkit/webkit.h>

G_BEGIN_DECLS

#define BENCH_FETCH_SCHEME "bench"

/* @arrived: called whenever a request comes in */
void bench_fetch_add_scheme (WebKitWebView *view,
                             GCallback      arrived,
                             gpointer       user_data);

G_END_DECLS
