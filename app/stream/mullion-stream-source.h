/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_STREAM_SOURCE (mullion_stream_source_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionStreamSource, mullion_stream_source, MULLION, STREAM_SOURCE,
                      GInputStream)

/**
 * MullionStreamPullFunc:
 * @source: the stream
 * @user_data: what was given with the function
 *
 * Is called when somebody wants to read from @source and nothing is there. It puts bytes into it, or
 * ends it, at once or later; it is not called again before that.
 *
 * Since: 0.1
 */
typedef void (*MullionStreamPullFunc) (MullionStreamSource *source,
                                       gpointer             user_data);

MULLION_AVAILABLE_IN_ALL
MullionStreamSource *mullion_stream_source_new  (MullionStreamPullFunc  pull,
                                                 gpointer               user_data,
                                                 GDestroyNotify         destroy);
MULLION_AVAILABLE_IN_ALL
void                 mullion_stream_source_put  (MullionStreamSource   *self,
                                                 GBytes                *bytes);
MULLION_AVAILABLE_IN_ALL
void                 mullion_stream_source_end  (MullionStreamSource   *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_stream_source_fail (MullionStreamSource   *self,
                                                 GError                *error);

G_END_DECLS
