/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-input.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _DriverActions DriverActions;

/* Where an element of the page has its middle, in CSS pixels of the window. */
typedef gboolean (*DriverFindElement) (JsonNode  *element,
                                       double    *x,
                                       double    *y,
                                       gpointer   user_data,
                                       GError   **error);

/* Reads the body of "Perform Actions", all of it before anything is done. */
DriverActions *driver_actions_read    (JsonObject         *body,
                                       GError            **error);
void           driver_actions_free    (DriverActions      *self);

/* @x, @y: where the frame that is driven lies in its window */
gboolean       driver_actions_perform (DriverActions      *self,
                                       DriverInput        *input,
                                       double              x,
                                       double              y,
                                       DriverFindElement   find_element,
                                       gpointer            user_data,
                                       GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DriverActions, driver_actions_free)

G_END_DECLS
