/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ipc-fixture.h"

G_BEGIN_DECLS

/* Windows on a display with a window manager, and what happens to them as one text: every event adds
 * its name and a space. */
typedef struct
{
  GString *events;
  MullionBrowserWindow *window;
} WmFixture;

/* Whether there is a window manager to be had; before the app is made. */
gboolean              wm_start          (void);
void                  wm_stop           (void);

void                  wm_set_up         (WmFixture    *fixture,
                                         gconstpointer data);
void                  wm_tear_down      (WmFixture    *fixture,
                                         gconstpointer data);
void                  wm_open           (WmFixture    *fixture,
                                         const char   *options);
/* (transfer none): another one, which the test destroys */
MullionBrowserWindow *wm_open_other     (const char   *options);
/* Forgets what came before it, and itself. */
void                  wm_wait_for_event (WmFixture    *fixture,
                                         const char   *name);

/* Nobody may tell of what is waited for, so that it is looked at again and again. */
#define wm_wait_until(condition) \
  G_STMT_START { \
    guint tick_of_wait = g_timeout_add (20, wm_look_again_cb, NULL); \
    ipc_wait_until (condition); \
    g_source_remove (tick_of_wait); \
  } G_STMT_END
gboolean              wm_look_again_cb  (gpointer unused);

typedef struct
{
  const char *path;
  void (*test) (WmFixture *, gconstpointer);
} WmTest;

void                  wm_add_tests      (const WmTest *tests,
                                         gsize         n_tests);
/* Those of window-manager-hints.c. */
void                  wm_add_hint_tests (void);

G_END_DECLS
