/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

#include "mullion-port-list.h"
#include "mullion-web-frame-main-private.h"

/*
 * Messages of MullionWebContents that take ports along.
 */

/* The page does not listen yet: the ports wait with their message. */
static gboolean
post_later (MullionWebContents      *self,
            const char              *channel,
            JsonNode                *message,
            MullionMessagePortMain **ports,
            guint                    n_ports,
            GError                 **error)
{
  JsonArray *args;
  GUnixFDList *fds = NULL;

  if (n_ports > 0 && (fds = mullion_port_list_take (ports, n_ports, error)) == NULL)
    {
      g_clear_pointer (&message, json_node_unref);
      return FALSE;
    }

  args = json_array_sized_new (1);
  if (message != NULL)
    json_array_add_element (args, message);
  mullion_outbox_put_ports (self->outbox, channel, args, fds);

  return TRUE;
}

/**
 * mullion_web_contents_post_message:
 * @self: web contents
 * @channel: the name that the preload listens to with `ipcRenderer.on`
 * @message: (nullable) (transfer full): what its listener gets after the event; %NULL is `undefined`
 * @ports: (array length=n_ports) (nullable): ports that go with it, and are gone from here then
 * @n_ports: how many, 200 at most
 *
 * Sends a message to the main frame of the page, with ports that its listener finds in `event.ports`.
 *
 * While a page loads, the message waits with those of [method@WebContents.send] until the preload
 * script has run.
 *
 * Fails with %MULLION_ERROR_GONE when the contents are destroyed, and with
 * %MULLION_ERROR_INVALID_ARGUMENT when one of @ports is closed, was sent away, or is there twice. All
 * ports stay as they are then.
 *
 * Returns: whether the message is on its way
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_post_message (MullionWebContents      *self,
                                   const char              *channel,
                                   JsonNode                *message,
                                   MullionMessagePortMain **ports,
                                   guint                    n_ports,
                                   GError                 **error)
{
  MullionWebFrameMain *frame;
  g_autoptr(JsonNode) owned_message = message;

  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);
  g_return_val_if_fail (channel != NULL, FALSE);
  g_return_val_if_fail (ports != NULL || n_ports == 0, FALSE);

  if (self->is_destroyed)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE, "The web contents are closed");
      return FALSE;
    }

  frame = mullion_web_contents_get_main_frame (self);
  if (frame != NULL && !self->is_awaiting_document)
    return mullion_web_frame_main_post_message (frame, channel, g_steal_pointer (&owned_message),
                                                ports, n_ports, error);

  return mullion_port_list_check (ports, n_ports, NULL, error) &&
         post_later (self, channel, g_steal_pointer (&owned_message), ports, n_ports, error);
}
