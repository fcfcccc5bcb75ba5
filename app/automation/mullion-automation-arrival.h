/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-browser-window.h"

G_BEGIN_DECLS

#define MULLION_TYPE_AUTOMATION_ARRIVAL (mullion_automation_arrival_get_type ())
G_DECLARE_FINAL_TYPE (MullionAutomationArrival, mullion_automation_arrival, MULLION,
                      AUTOMATION_ARRIVAL, GObject)

/* One key, button or notch of a wheel: its number on the keyboard, or GTK's of the button. */
#define MULLION_AUTOMATION_BUTTON (1u << 16)
#define MULLION_AUTOMATION_RELEASE (1u << 17)

/* What is asked of it: whether that has come true, and was not only given up. */
typedef void (*MullionAutomationArrived) (gboolean has_arrived,
                                          gpointer user_data);

MullionAutomationArrival *mullion_automation_arrival_new        (void);

/* Notes from now on what comes to @window. */
void                      mullion_automation_arrival_watch      (MullionAutomationArrival *self,
                                                                 MullionBrowserWindow     *window);

/* While they are hidden, pages hear nothing of keys and buttons, or of the pointer either. */
void                      mullion_automation_arrival_hide       (MullionAutomationArrival *self,
                                                                 gboolean                  hides_keys,
                                                                 gboolean                  hides_pointer);

/* How much has come until now. */
guint64                   mullion_automation_arrival_count      (MullionAutomationArrival *self);

/* (nullable): the window in which the pointer is, and where in its surface */
MullionBrowserWindow     *mullion_automation_arrival_find       (MullionAutomationArrival *self,
                                                                 double                   *x,
                                                                 double                   *y);

/* (nullable): the window to which keys go */
MullionBrowserWindow     *mullion_automation_arrival_find_active (MullionAutomationArrival *self);

/* The group of the keyboard's layout that was used last. */
guint                     mullion_automation_arrival_get_layout (MullionAutomationArrival *self);

/* Calls @arrived once @expected have come in this order, among others, since the count was @since. */
void                      mullion_automation_arrival_await_input
                                                                (MullionAutomationArrival *self,
                                                                 guint64                   since,
                                                                 GArray                   *expected,
                                                                 MullionAutomationArrived  arrived,
                                                                 gpointer                  user_data);
/* Once the pointer is there. */
void                      mullion_automation_arrival_await_pointer
                                                                (MullionAutomationArrival *self,
                                                                 MullionBrowserWindow     *window,
                                                                 double                    x,
                                                                 double                    y,
                                                                 MullionAutomationArrived  arrived,
                                                                 gpointer                  user_data);
/* Once keys go to a window that is not the one with the id @previous. */
void                      mullion_automation_arrival_await_focus
                                                                (MullionAutomationArrival *self,
                                                                 guint                     previous,
                                                                 MullionAutomationArrived  arrived,
                                                                 gpointer                  user_data);

G_END_DECLS
