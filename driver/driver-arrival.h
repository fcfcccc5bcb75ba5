/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-app.h"

G_BEGIN_DECLS

/* What the app says of the input that has come to its windows: see mullion-automation-arrival.h. All
 * fail when the app is gone. */

/* The numbers of what is waited for: of a key as the app sees it, or of a button. */
#define DRIVER_ARRIVAL_BUTTON (1u << 16)
#define DRIVER_ARRIVAL_RELEASE (1u << 17)

/* While they are hidden, no page hears of keys and buttons, or of the pointer. */
gboolean driver_arrival_hide          (DriverApp  *app,
                                       gboolean    hides_keys,
                                       gboolean    hides_pointer,
                                       GError    **error);
/* How much has come. */
gboolean driver_arrival_count         (DriverApp  *app,
                                       guint64    *count,
                                       GError    **error);
/* Returns once @expected (of guint32) have come since the count was @since, or will not. */
gboolean driver_arrival_await_input   (DriverApp  *app,
                                       guint64     since,
                                       GArray     *expected,
                                       GError    **error);

/* @window: 0 where the pointer is in none of the app's */
gboolean driver_arrival_find_pointer  (DriverApp  *app,
                                       guint      *window,
                                       double     *x,
                                       double     *y,
                                       GError    **error);
gboolean driver_arrival_await_pointer (DriverApp  *app,
                                       guint       window,
                                       double      x,
                                       double      y,
                                       gboolean   *has_arrived,
                                       GError    **error);
/* The width and the height of all monitors. */
gboolean driver_arrival_get_screen    (DriverApp  *app,
                                       int        *width,
                                       int        *height,
                                       GError    **error);

/* @window: the one to which keys go, or 0 */
gboolean driver_arrival_find_active   (DriverApp  *app,
                                       guint      *window,
                                       GError    **error);
/* Returns once that is one that is not @previous, or does not become one. */
gboolean driver_arrival_await_focus   (DriverApp  *app,
                                       guint       previous,
                                       GError    **error);

/* @keycode: 0 where no key gives @keysym; @level: 0 alone, 1 with shift */
gboolean driver_arrival_find_key      (DriverApp  *app,
                                       gulong      keysym,
                                       guint      *keycode,
                                       guint      *level,
                                       GError    **error);
/* As an input method does. */
gboolean driver_arrival_insert_text   (DriverApp   *app,
                                       guint        window,
                                       const char  *text,
                                       GError     **error);

G_END_DECLS
