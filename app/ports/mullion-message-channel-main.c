/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-channel-main.h"

#include "mullion-message-port-main-private.h"

#include <errno.h>
#include <sys/socket.h>

/**
 * MullionMessageChannelMain:
 *
 * A pair of message ports, like Electron's `MessageChannelMain`: what is posted to one arrives at the
 * other. Each can stay here or be sent to a page.
 *
 * Since: 0.1
 */
struct _MullionMessageChannelMain
{
  GObject parent_instance;

  MullionMessagePortMain *ports[2];
};

G_DEFINE_FINAL_TYPE (MullionMessageChannelMain, mullion_message_channel_main, G_TYPE_OBJECT)

/**
 * mullion_message_channel_main_get_port1:
 * @self: a channel
 *
 * Gets one end. It lives on without the channel when somebody references it.
 *
 * Returns: (transfer none): a port
 *
 * Since: 0.1
 */
MullionMessagePortMain *
mullion_message_channel_main_get_port1 (MullionMessageChannelMain *self)
{
  g_return_val_if_fail (MULLION_IS_MESSAGE_CHANNEL_MAIN (self), NULL);

  return self->ports[0];
}

/**
 * mullion_message_channel_main_get_port2:
 * @self: a channel
 *
 * Gets the other end, like [method@MessageChannelMain.get_port1].
 *
 * Returns: (transfer none): a port
 *
 * Since: 0.1
 */
MullionMessagePortMain *
mullion_message_channel_main_get_port2 (MullionMessageChannelMain *self)
{
  g_return_val_if_fail (MULLION_IS_MESSAGE_CHANNEL_MAIN (self), NULL);

  return self->ports[1];
}

static void
mullion_message_channel_main_dispose (GObject *object)
{
  MullionMessageChannelMain *self = MULLION_MESSAGE_CHANNEL_MAIN (object);

  g_clear_object (&self->ports[0]);
  g_clear_object (&self->ports[1]);

  G_OBJECT_CLASS (mullion_message_channel_main_parent_class)->dispose (object);
}

static void
mullion_message_channel_main_class_init (MullionMessageChannelMainClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_message_channel_main_dispose;
}

static void
mullion_message_channel_main_init (MullionMessageChannelMain *self)
{
}

/**
 * mullion_message_channel_main_new:
 *
 * Makes a pair of ports. Fails with an error of `GIOErrorEnum` when the process has too many files
 * open.
 *
 * Returns: (transfer full): a channel
 *
 * Since: 0.1
 */
MullionMessageChannelMain *
mullion_message_channel_main_new (GError **error)
{
  MullionMessageChannelMain *self;
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   "Making a socket pair failed: %s", g_strerror (saved_errno));
      return NULL;
    }

  self = g_object_new (MULLION_TYPE_MESSAGE_CHANNEL_MAIN, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (self->ports); i++)
    self->ports[i] = mullion_message_port_main_new (pair[i], NULL);

  return self;
}
