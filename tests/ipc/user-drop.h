/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _UserDrop UserDrop;

/* Another program on the X display, that drags @uris, a `text/uri-list`, over the middle of @widget. */
UserDrop *user_drop_begin       (GtkWidget  *widget,
                                 const char *uris);
/* Drops them there. GTK says that it takes them before WebKit has read them, and a page never hears of
 * what is dropped in between: wait until it has heard of the drag. */
void      user_drop_let_go      (UserDrop   *self);
gboolean  user_drop_is_finished (UserDrop   *self);
/* It must be finished. */
void      user_drop_end         (UserDrop   *self);

G_END_DECLS
