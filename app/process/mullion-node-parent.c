/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-node-channel-private.h"

#include "mullion-parent-socket.h"
#include "mullion-process-error.h"

/*
 * The channel to the Node.js that started this program, which two variables of the environment tell
 * of.
 */

#define FD_VARIABLE "NODE_CHANNEL_FD"
#define MODE_VARIABLE "NODE_CHANNEL_SERIALIZATION_MODE"

static gboolean
read_mode (const char            *mode,
           MullionSerialization  *serialization,
           GError               **error)
{
  *serialization = g_strcmp0 (mode, "advanced") == 0 ? MULLION_SERIALIZATION_ADVANCED
                                                     : MULLION_SERIALIZATION_JSON;
  if (mode == NULL || g_str_equal (mode, mullion_node_codec_get_name (*serialization)))
    return TRUE;

  g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_NO_PARENT,
               "The channel to the parent has the serialization “%s”, which is unknown", mode);
  return FALSE;
}

static MullionNodeChannel *
open_parent (GError **error)
{
  MullionSerialization serialization;
  int fd = -1;

  if (g_getenv (FD_VARIABLE) == NULL)
    {
      g_set_error_literal (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_NO_PARENT,
                           "There is no channel to a parent: the program was not started by Node.js "
                           "with fork (), or with 'ipc' in its stdio");
      return NULL;
    }

  if (!read_mode (g_getenv (MODE_VARIABLE), &serialization, error) ||
      !mullion_parent_socket_check (FD_VARIABLE, &fd, error))
    return NULL;

  mullion_parent_socket_claim (FD_VARIABLE, fd);
  g_unsetenv (MODE_VARIABLE);

  return mullion_node_channel_new (fd, serialization, error);
}

/**
 * mullion_node_channel_get_parent:
 * @error: return location for an error
 *
 * Gets the channel to the program that started this one, if that was Node.js with `fork`, or with
 * `ipc` in its `stdio`, or a program that is linked with Mullion and did the same.
 *
 * To be called on the main thread, early: it takes two variables out of the environment. Connect to
 * [signal@NodeChannel::message] in the same turn of the main loop.
 *
 * Returns: (transfer none): the channel, always the same; %NULL with an error of
 *   %MULLION_PROCESS_ERROR if there is none
 *
 * Since: 0.1
 */
MullionNodeChannel *
mullion_node_channel_get_parent (GError **error)
{
  static MullionNodeChannel *parent;

  if (parent == NULL)
    parent = open_parent (error);

  return parent;
}
