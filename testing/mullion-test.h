/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/**
 * MullionTest:
 *
 * An app in this process, for tests with GTest.
 *
 * Every function that waits has a deadline, 10 seconds unless [method@Test.set_timeout] says another.
 * When it passes, the test fails and says what was waited for and what the page showed. All is done on
 * the thread of the main loop, which runs while a function waits.
 *
 * Since: 0.1
 */
typedef struct _MullionTest MullionTest;

/* Starting and ending */

/* Makes @app ready, as mullion_app_run () does, and waits for its first window to have loaded. A process
 * can do that once, so the tests of a program share the app.
 * @app: (transfer full): not running */
MULLION_AVAILABLE_IN_ALL
MullionTest          *mullion_test_new                (MullionApp       *app);
/* The same for a folder with a package.json, as the program `mullion` runs it. */
MULLION_AVAILABLE_IN_ALL
MullionTest          *mullion_test_new_for_folder     (const char       *folder);
/* Closes all windows, and waits for the app to be gone. */
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_free               (MullionTest      *self);

MULLION_AVAILABLE_IN_ALL
MullionApp           *mullion_test_get_app            (MullionTest      *self);
/* (transfer none): the window that the functions below are about: the first one, or what was set */
MULLION_AVAILABLE_IN_ALL
MullionBrowserWindow *mullion_test_get_window         (MullionTest      *self);
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_set_window         (MullionTest          *self,
                                                       MullionBrowserWindow *window);
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_set_timeout        (MullionTest      *self,
                                                       guint             msec);

/* Waiting */

/* Until the page has an element for the CSS selector. */
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_wait_for_selector  (MullionTest      *self,
                                                       const char       *selector);
/* Until an expression of JavaScript is true, which is looked at with each frame of the page. */
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_wait_until         (MullionTest      *self,
                                                       const char       *expression);
/* (transfer full): the arguments of the next message that a page sends on the channel with send,
 * sendSync or postMessage, from the start of the app on; each is returned once */
MULLION_AVAILABLE_IN_ALL
JsonArray            *mullion_test_wait_for_channel   (MullionTest      *self,
                                                       const char       *channel);
/* Until @object emits a signal, from now on. */
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_wait_for_signal    (MullionTest      *self,
                                                       gpointer          object,
                                                       const char       *signal);

/* Scripts */

/* (transfer full): what a script comes to in the page's world; a promise is waited for. A script that
 * throws fails the test. */
MULLION_AVAILABLE_IN_ALL
JsonNode             *mullion_test_evaluate           (MullionTest      *self,
                                                       const char       *code);

/* Input */

/* Whether clicks and keys come from the display itself, and are trusted events for the page. So it is
 * on X11 with XTEST; elsewhere they are events that a script makes, with isTrusted false. */
MULLION_AVAILABLE_IN_ALL
gboolean              mullion_test_has_real_input     (MullionTest      *self);
/* Waits for an element, scrolls to it and clicks into its middle. */
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_click              (MullionTest      *self,
                                                       const char       *selector);
/* Clicks an element and types @text, which the keyboard must have the characters of. */
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_type               (MullionTest      *self,
                                                       const char       *selector,
                                                       const char       *text);

/* Pictures */

/* (transfer full): what is visible of the page */
MULLION_AVAILABLE_IN_ALL
GdkTexture           *mullion_test_take_screenshot    (MullionTest      *self);
/* How many pixels of two pictures differ by more than @tolerance, from 0 to 255, in some channel.
 * @difference: (nullable) (out) (transfer full): a picture in which those are red; NULL without any.
 * G_MAXUINT for pictures of two sizes. */
MULLION_AVAILABLE_IN_ALL
guint                 mullion_test_compare_pictures   (GdkTexture       *picture,
                                                       GdkTexture       *reference,
                                                       guint             tolerance,
                                                       GdkTexture      **difference);
/* Takes a screenshot and compares it with the PNG @reference. When more than @max_pixels differ, the
 * test fails, and says where picture and difference are: beside each other in the folder that
 * MULLION_TEST_PICTURES names, or that of temporary files. With MULLION_TEST_UPDATE=1 in the
 * environment the screenshot becomes the reference. */
MULLION_AVAILABLE_IN_ALL
void                  mullion_test_assert_screenshot  (MullionTest      *self,
                                                       const char       *reference,
                                                       guint             tolerance,
                                                       guint             max_pixels);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionTest, mullion_test_free)

G_END_DECLS
