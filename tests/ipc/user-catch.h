/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _UserCatch UserCatch;

/* Another program on the X display, with a window at that place that takes what is dropped on it, as
 * `text/uri-list`. */
UserCatch  *user_catch_new         (int        x,
                                    int        y,
                                    int        width,
                                    int        height);
/* Whether the window is there. */
gboolean    user_catch_is_ready    (UserCatch *self);
/* Whether the pointer is above it with a drag, which knows that it may be dropped. */
gboolean    user_catch_is_entered  (UserCatch *self);
/* (nullable): what was dropped; NULL until then */
const char *user_catch_get_dropped (UserCatch *self);
/* Something must have been dropped. */
void        user_catch_free        (UserCatch *self);

G_END_DECLS
