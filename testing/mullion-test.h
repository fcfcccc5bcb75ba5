/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

#define MULLION_TYPE_TEST (mullion_test_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionTest, mullion_test, MULLION, TEST, GObject)

/* Starting */

MULLION_AVAILABLE_IN_ALL
MullionTest          *mullion_test_new                (MullionApp       *app);
MULLION_AVAILABLE_IN_ALL
MullionTest          *mullion_test_new_for_folder     (const char       *folder);

MULLION_AVAILABLE_IN_ALL
MullionApp           *mullion_test_get_app            (MullionTest      *self);
MULLION_AVAILABLE_IN_ALL
MullionBrowserWindow *mullion_test_get_window         (MullionTest      *self);
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_set_window         (MullionTest          *self,
                                                       MullionBrowserWindow *window);
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_set_timeout        (MullionTest      *self,
                                                       guint             msec);

/* Waiting */

MULLION_AVAILABLE_IN_ALL
void                  mullion_test_wait_for_selector  (MullionTest      *self,
                                                       const char       *selector);
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_wait_until         (MullionTest      *self,
                                                       const char       *expression);
MULLION_AVAILABLE_IN_ALL
JsonArray            *mullion_test_wait_for_channel   (MullionTest      *self,
                                                       const char       *channel);
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_wait_for_signal    (MullionTest      *self,
                                                       gpointer          object,
                                                       const char       *signal);

/* Scripts */

MULLION_AVAILABLE_IN_ALL
JsonNode             *mullion_test_evaluate           (MullionTest      *self,
                                                       const char       *code);

/* Input */

MULLION_AVAILABLE_IN_ALL
gboolean              mullion_test_has_real_input     (MullionTest      *self);
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_click              (MullionTest      *self,
                                                       const char       *selector);
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_type               (MullionTest      *self,
                                                       const char       *selector,
                                                       const char       *text);

/* Pictures */

MULLION_AVAILABLE_IN_ALL
GdkTexture           *mullion_test_take_screenshot    (MullionTest      *self);
MULLION_AVAILABLE_IN_ALL
guint                 mullion_test_compare_pictures   (GdkTexture       *picture,
                                                       GdkTexture       *reference,
                                                       guint             tolerance,
                                                       GdkTexture      **difference);
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_assert_screenshot  (MullionTest      *self,
                                                       const char       *reference,
                                                       guint             tolerance,
                                                       guint             max_pixels);

G_END_DECLS
