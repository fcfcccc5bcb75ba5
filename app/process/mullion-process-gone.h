/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tells the app of the end of a helper, unless it was to be expected.
 * @name: (nullable): of the helper
 * @code: what it ended with, or -1 if a signal ended it
 * @signal_number: the signal, or 0
 * @has_run: whether it got as far as running what it is for
 * @was_asked: whether the app had asked it to end */
void mullion_process_gone_tell (const char *name,
                                int         code,
                                int         signal_number,
                                gboolean    has_run,
                                gboolean    was_asked);

G_END_DECLS
