/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-process-gone.h"

#include "mullion-app.h"

#include <signal.h>

/*
 * The end of a helper, as the app hears of it with Electron's names. Main process.
 *
 * The kernel says how a process ended, and nothing that the helper wrote has a part in it.
 */

/* The signals that a program gets for what it did itself; Chromium has the same list. */
static gboolean
is_crash (int signal_number)
{
  static const int crashes[] = { SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP };

  for (guint i = 0; i < G_N_ELEMENTS (crashes); i++)
    if (crashes[i] == signal_number)
      return TRUE;

  return FALSE;
}

/* NULL is an end that surprises nobody. Who was asked to end may do it with any code and with the
 * signal that asked, but does not crash. */
static const char *
describe (int      code,
          int      signal_number,
          gboolean has_run,
          gboolean was_asked)
{
  if (!has_run)
    return "launch-failed";
  if (is_crash (signal_number))
    return "crashed";
  if (was_asked || code == 0)
    return NULL;

  return signal_number != 0 ? "killed" : "abnormal-exit";
}

/* As waitpid () packs it, without the flag of a core dump, of which GLib tells nothing. */
static int
make_status (int code,
             int signal_number)
{
  return signal_number != 0 ? signal_number : code << 8;
}

void
mullion_process_gone_tell (const char *name,
                           int         code,
                           int         signal_number,
                           gboolean    has_run,
                           gboolean    was_asked)
{
  const char *reason = describe (code, signal_number, has_run, was_asked);
  MullionApp *app = mullion_app_get_default ();

  if (reason != NULL && app != NULL)
    g_signal_emit_by_name (app, "child-process-gone", "Utility", reason,
                           make_status (code, signal_number), name);
}
