/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MULLION_TYPE_APP_STREAM (mullion_app_stream_get_type ())

G_DECLARE_FINAL_TYPE (MullionAppStream, mullion_app_stream, MULLION, APP_STREAM, GFilterInputStream)

GInputStream *mullion_app_stream_new (GInputStream *base,
                                      guint64       length);

G_END_DECLS
