/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-socket-listener.h"

#include "mullion-socket-error.h"

#include <sys/stat.h>
#include <unistd.h>

/*
 * MullionSocketListener: lets processes of this user in.
 *
 * Lives in the main process. The file of a Unix socket has its permissions before it has its name,
 * so there is no moment in which others could connect; and who connects is asked of the kernel.
 */

/* When the process has no file descriptor left, the one that waits stays in the kernel's queue. */
#define PAUSE_MS 500

struct _MullionSocketListener
{
  GSocket *socket;
  char *path;        /* (nullable): of the file that is ours to remove */
  struct stat file;  /* what it is */
  GSource *source; /* (nullable) (owned): waits for somebody, or for the end of a pause */

  const MullionSocketListenerFuncs *funcs;
  gpointer owner; /* (unowned) */
};

static void await (MullionSocketListener *self);

/* @source: (transfer full) */
static void
attach (MullionSocketListener *self,
        GSource               *source,
        GSourceFunc            func)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);

  self->source = source;
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static gboolean
resume_cb (gpointer user_data)
{
  await (user_data);
  return G_SOURCE_REMOVE;
}

static void
refuse (MullionSocketListener *self,
        GError                *reason)
{
  g_autoptr(GError) error = NULL;

  mullion_socket_address_set_error (&error, reason, "A connection was refused");
  self->funcs->refused (error, self->owner);
}

static gboolean
accept_cb (GSocket      *socket,
           GIOCondition  condition,
           gpointer      user_data)
{
  MullionSocketListener *self = user_data;
  GError *error = NULL;
  g_autoptr(GSocket) accepted = g_socket_accept (socket, NULL, &error);
  g_autoptr(GSocketConnection) connection = NULL;
  int pid = -1;

  /* Whoever it was has gone again. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_error_free (error);
      return G_SOURCE_CONTINUE;
    }

  if (accepted == NULL)
    {
      /* Before the owner hears of it, who may free this. */
      attach (self, g_timeout_source_new (PAUSE_MS), resume_cb);
      refuse (self, error);
      return G_SOURCE_REMOVE;
    }

  if (!mullion_socket_address_check_peer (accepted, &pid, &error))
    {
      refuse (self, error);
      return G_SOURCE_CONTINUE;
    }

  connection = g_socket_connection_factory_create_connection (accepted);
  self->funcs->accepted (connection, pid, self->owner);
  return G_SOURCE_CONTINUE;
}

static void
await (MullionSocketListener *self)
{
  attach (self, g_socket_create_source (self->socket, G_IO_IN, NULL),
          G_SOURCE_FUNC (accept_cb));
}

/* A server whose queue is full is alive, too; and it shall not keep us waiting. */
static gboolean
is_alive (GSocketAddress *where)
{
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr(GError) error = NULL;

  if (socket == NULL)
    return FALSE;

  g_socket_set_blocking (socket, FALSE);
  return g_socket_connect (socket, where, NULL, &error) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING);
}

/* A file that a server left behind makes room; one that is served does not, nor somebody else's. */
static gboolean
make_room (MullionSocketAddress  *address,
           GSocketAddress        *where,
           GError               **error)
{
  gboolean exists = FALSE;

  if (!mullion_socket_address_check_file (address, &exists, error))
    return FALSE;
  if (!exists)
    return TRUE;

  if (is_alive (where))
    {
      g_set_error (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_IN_USE,
                   "Another server listens at “%s”", address->path);
      return FALSE;
    }

  unlink (address->path);
  return TRUE;
}

/* (nullable) (transfer full) */
static GSocket *
open_socket (MullionSocketAddress  *address,
             GSocketAddress        *where,
             GError               **error)
{
  GError *reason = NULL;
  g_autofree char *name = mullion_socket_address_to_string (address);
  g_autoptr(GSocket) socket = g_socket_new (g_socket_address_get_family (where),
                                            G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                            &reason);

  if (socket != NULL)
    {
      /* The kernel gives the file of a Unix socket the mode that the socket has when it is bound. */
      if (address->path != NULL)
        fchmod (g_socket_get_fd (socket), S_IRUSR | S_IWUSR);
      g_socket_set_blocking (socket, FALSE);
      if (g_socket_bind (socket, where, TRUE, &reason) && g_socket_listen (socket, &reason))
        return g_steal_pointer (&socket);
    }

  mullion_socket_address_set_error (error, reason, "Cannot listen at “%s”", name);
  return NULL;
}

/* Another server may have put its file in the place of ours. */
static void
remove_file (MullionSocketListener *self)
{
  struct stat file;

  if (self->path != NULL && lstat (self->path, &file) == 0 && file.st_ino == self->file.st_ino &&
      file.st_dev == self->file.st_dev)
    unlink (self->path);
}

static guint16
get_port (GSocket *socket)
{
  g_autoptr(GSocketAddress) local = g_socket_get_local_address (socket, NULL);

  return G_IS_INET_SOCKET_ADDRESS (local)
             ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local)) : 0;
}

MullionSocketListener *
mullion_socket_listener_new (MullionSocketAddress              *address,
                             const MullionSocketListenerFuncs  *funcs,
                             gpointer                           owner,
                             guint16                           *port,
                             GError                           **error)
{
  g_autoptr(GSocketAddress) where = mullion_socket_address_to_gio (address, error);
  g_autoptr(GSocket) socket = NULL;
  MullionSocketListener *self;

  if (where == NULL || !make_room (address, where, error))
    return NULL;

  socket = open_socket (address, where, error);
  if (socket == NULL)
    return NULL;

  self = g_new0 (MullionSocketListener, 1);
  self->socket = g_steal_pointer (&socket);
  self->path = g_strdup (address->path);
  if (self->path != NULL)
    lstat (self->path, &self->file);
  self->funcs = funcs;
  self->owner = owner;
  *port = get_port (self->socket);
  await (self);

  return self;
}

void
mullion_socket_listener_free (MullionSocketListener *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);

  g_socket_close (self->socket, NULL);
  remove_file (self);
  g_object_unref (self->socket);
  g_free (self->path);
  g_free (self);
}
