/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <webkit/webkit.h>

G_BEGIN_DECLS

/* Takes the samples, in microseconds. */
typedef void (*BenchDoneFunc) (JsonArray *samples,
                               gpointer   user_data);

/* @arrived: called whenever a message with a reply comes in */
void bench_webkit_add_handlers (WebKitWebView *view,
                                GCallback      arrived,
                                gpointer       user_data);
void bench_webkit_evaluate     (WebKitWebView *view,
                                BenchDoneFunc  done,
                                gpointer       user_data);

G_END_DECLS
