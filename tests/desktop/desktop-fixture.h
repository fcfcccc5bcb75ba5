/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ipc-fixture.h"
#include "launcher/capabilities/mullion-capability.h"
#include "mock-service.h"

G_BEGIN_DECLS

/* What the tests of the desktop for pages share: a page that has `mullion/desktop` and nothing else. */
typedef struct
{
  MullionCapabilitySet *set;
  IpcWindow *window;
} DesktopFixture;

/* Before the app: files and settings of pages go into a home of the test's own, and warnings are those
 * that a test expects. */
void         desktop_start                  (const char     *name);

/* @capabilities: an object as in the manifest. */
void         desktop_set_up                 (DesktopFixture *fixture,
                                             const char     *capabilities);
void         desktop_tear_down              (DesktopFixture *fixture);

/* What a call rejects with, without the words that all begin with. */
void         desktop_assert_rejects         (DesktopFixture *fixture,
                                             const char     *call,
                                             const char     *reason);
/* The same where the arguments are not what they must be, of which the log tells too. */
void         desktop_assert_invalid         (DesktopFixture *fixture,
                                             const char     *channel,
                                             const char     *call,
                                             const char     *mistake);
/* Ends the web process of a page, of which the log tells too. */
void         desktop_crash                  (MullionWebContents *contents);
/* What the next dialog is answered with. */
void         desktop_answer_next            (const char     *text);

/* A desktop that shows notifications, numbered from 1 on. */
MockService *desktop_notifications_start    (void);
guint        desktop_notifications_get_last (void);
/* The user presses a button of the last one. */
void         desktop_notifications_press    (MockService    *service,
                                             const char     *action);
void         desktop_notifications_reply    (MockService    *service,
                                             const char     *reply);
void         desktop_notifications_end      (MockService    *service,
                                             guint           id,
                                             guint           reason);

G_END_DECLS
