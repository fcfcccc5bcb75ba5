/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-port-list.h"

#include "mullion-channel.h"
#include "mullion-error.h"
#include "mullion-message-port-main-private.h"
#include "mullion-wire.h"

/*
 * The ports of a message, on their way out and in.
 *
 * Lives in the main process.
 */

static const char *
describe_fault (MullionMessagePortMain **ports,
                guint                    index,
                MullionMessagePortMain  *source)
{
  if (ports[index] == NULL)
    return "is null";
  if (ports[index] == source)
    return "contains the source port";
  if (!mullion_message_port_main_is_open (ports[index]))
    return "is already neutered";
  for (guint i = 0; i < index; i++)
    if (ports[i] == ports[index])
      return "is a duplicate";

  return NULL;
}

gboolean
mullion_port_list_check (MullionMessagePortMain **ports,
                         guint                    n_ports,
                         MullionMessagePortMain  *source,
                         GError                 **error)
{
  if (n_ports > MULLION_WIRE_MAX_PORTS)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                   "%u ports in one message are over the limit of %d", n_ports,
                   MULLION_WIRE_MAX_PORTS);
      return FALSE;
    }

  for (guint i = 0; i < n_ports; i++)
    {
      const char *fault = describe_fault (ports, i, source);

      if (fault != NULL)
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                       "Port at index %u %s.", i, fault);
          return FALSE;
        }
    }

  return TRUE;
}

GUnixFDList *
mullion_port_list_take (MullionMessagePortMain **ports,
                        guint                    n_ports,
                        GError                 **error)
{
  g_autoptr(GArray) fds = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(GUnixFDList) list = NULL;

  for (guint i = 0; i < n_ports; i++)
    {
      int fd = mullion_message_port_main_take_fd (ports[i], error);

      if (fd < 0)
        break;
      g_array_append_val (fds, fd);
    }

  if (fds->len > 0)
    list = g_unix_fd_list_new_from_array ((int *) fds->data, fds->len);

  return fds->len == n_ports ? g_steal_pointer (&list) : NULL;
}

GPtrArray *
mullion_port_list_receive (GUnixFDList       *list,
                           MullionPortQuota  *quota,
                           GError           **error)
{
  g_autoptr(GPtrArray) ports = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree int *fds = NULL;
  int n_fds = list != NULL ? g_unix_fd_list_get_length (list) : 0;

  if (quota != NULL && !mullion_port_quota_take (quota, n_fds))
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                   "A page brought more ports than the limit of %d that it may have open",
                   MULLION_WIRE_MAX_HELD_PORTS);
      return NULL;
    }

  if (n_fds > 0)
    fds = g_unix_fd_list_steal_fds (list, NULL);
  for (int i = 0; i < n_fds; i++)
    g_ptr_array_add (ports, mullion_message_port_main_new (fds[i], quota));

  return g_steal_pointer (&ports);
}
