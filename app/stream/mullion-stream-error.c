/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-stream-error.h"

#include "mullion-error.h"

/*
 * How the errors of streams are told to C.
 *
 * Lives in the main process. A page may say of an error what it likes: it is MULLION_ERROR_SCRIPT in
 * any case, so that no page can pretend to be a disk that is full or a user who cancelled.
 */

GError *
mullion_stream_error_new (const MullionStreamFailure *failure)
{
  if (failure->is_ours)
    return g_error_new_literal (MULLION_ERROR, MULLION_ERROR_GONE, failure->message);

  if (failure->name != NULL && *failure->name != '\0')
    return g_error_new (MULLION_ERROR, MULLION_ERROR_SCRIPT, "%s: %s", failure->name,
                        failure->message);

  return g_error_new_literal (MULLION_ERROR, MULLION_ERROR_SCRIPT, failure->message);
}

MullionStreamFailure *
mullion_stream_failure_new_let_go (const char *message)
{
  return mullion_stream_failure_new ("AbortError", message);
}
