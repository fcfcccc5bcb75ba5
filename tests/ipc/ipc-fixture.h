/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* What the tests in real windows share: one app, windows that note what happens to them, and the
 * main loop that runs until something has. Nothing here sleeps. */

/* More than the slowest machine needs: who waits longer has found a defect. Sanitizers slow all down. */
#ifdef __SANITIZE_ADDRESS__
#define IPC_TIME_LIMIT_SECONDS 300
#else
#define IPC_TIME_LIMIT_SECONDS 100
#endif

typedef struct
{
  MullionBrowserWindow *window; /* owned */
  MullionWebContents *contents; /* owned */
  GQueue events;                /* of text: the name of the signal, then what it said */
} IpcWindow;

/* Registers the app whose folder is tests/ipc/apps; once, before the tests. */
MullionApp *ipc_app_new       (const char *id);
/* The same; @prepare sees the app before it starts. */
MullionApp *ipc_app_new_with  (const char *id,
                               void      (*prepare) (MullionApp *app));
MullionApp *ipc_app_get       (void);

IpcWindow  *ipc_window_new    (const char *options);
/* The same for a window that is there. */
IpcWindow  *ipc_window_watch  (MullionBrowserWindow *window);
/* Destroys the window and asserts that neither it nor its contents outlive that. */
void        ipc_window_free   (IpcWindow  *self);

void        ipc_window_load   (IpcWindow  *self,
                               const char *path);

/* (transfer full): the next event that begins with @prefix; those before it are dropped. */
char       *ipc_window_wait   (IpcWindow  *self,
                               const char *prefix);
gboolean    ipc_window_has    (IpcWindow  *self,
                               const char *prefix);

/* (transfer full): what a script comes to, as JSON text, or "!" and the text of its error. */
char       *ipc_window_run    (IpcWindow  *self,
                               const char *code);
#define ipc_assert_run(self, code, expected) \
  G_STMT_START { \
    g_autofree char *result_of_run = ipc_window_run (self, code); \
    g_assert_cmpstr (result_of_run, ==, expected); \
  } G_STMT_END

guint       ipc_limit_begin   (const char *what);
void        ipc_settle        (void);

#define ipc_wait_until(condition) \
  G_STMT_START { \
    guint limit_of_wait = ipc_limit_begin (#condition); \
    while (!(condition)) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (limit_of_wait); \
  } G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IpcWindow, ipc_window_free)

G_END_DECLS
