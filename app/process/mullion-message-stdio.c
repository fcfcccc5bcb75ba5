/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-stream.h"

#include "mullion-message-error.h"
#include "mullion-patient-output.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <unistd.h>

/*
 * Messages over the app's own standard input and output, to the process that started it.
 */

static int
duplicate (int      fd,
           GError **error)
{
  int copy = fcntl (fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  int saved_errno = errno;

  if (copy < 0)
    g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED,
                 "There is nobody to talk to over standard %s: %s",
                 fd == STDIN_FILENO ? "input" : "output", g_strerror (saved_errno));
  return copy;
}

/* Whoever reads standard input finds its end, and what is printed does not get between messages. */
static void
put_others_in_place (void)
{
  int null = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  if (null >= 0)
    {
      dup2 (null, STDIN_FILENO);
      close (null);
    }
  dup2 (STDERR_FILENO, STDOUT_FILENO);
}

/**
 * mullion_message_stream_new_for_stdio: (constructor)
 * @framing: how messages are told apart
 * @error: return location for an error
 *
 * Makes a stream of messages to the process that started this one, over standard input and output.
 *
 * They are the stream's alone then: what the program prints from now on goes to standard error, so
 * that no stray line gets between the messages. To be called once, before anything is printed.
 *
 * Returns: (transfer full): the stream; %NULL with an error of %MULLION_MESSAGE_ERROR if standard
 *   input or output is not open
 *
 * Since: 0.1
 */
MullionMessageStream *
mullion_message_stream_new_for_stdio (MullionFraming   framing,
                                      GError         **error)
{
  g_autoptr(GInputStream) input = NULL;
  g_autoptr(GOutputStream) output = NULL;
  int in = duplicate (STDIN_FILENO, error);
  int out;

  if (in < 0)
    return NULL;

  input = g_unix_input_stream_new (in, TRUE);
  out = duplicate (STDOUT_FILENO, error);
  if (out < 0)
    return NULL;

  output = mullion_patient_output_new (out);
  put_others_in_place ();
  return mullion_message_stream_new (input, output, framing);
}
