/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "attacks.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

gboolean
attacker_write (Attacker   *self,
                const void *data,
                gsize       length)
{
  const char *at = data;

  while (length > 0)
    {
      gssize n = send (self->fd, at, length, MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      at += n;
      length -= n;
    }

  return TRUE;
}

gboolean
attacker_send (Attacker   *self,
               guint16     kind,
               guint64     document,
               guint64     id,
               const char *body)
{
  MullionFrameHeader header = {
    .length = strlen (body), .kind = kind, .document = document, .id = id,
  };

  return attacker_write (self, &header, sizeof header) &&
         attacker_write (self, body, header.length);
}

gboolean
attacker_send_with_fds (Attacker                 *self,
                        const MullionFrameHeader *header,
                        const char               *body,
                        int                       fd,
                        guint                     n_fds)
{
  union { struct cmsghdr header; char bytes[CMSG_SPACE (253 * sizeof (int))]; } control = { 0 };
  struct iovec part = { (void *) header, sizeof *header };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control,
    .msg_controllen = CMSG_SPACE (n_fds * sizeof (int)),
  };

  g_assert (n_fds <= 253);
  control.header.cmsg_level = SOL_SOCKET;
  control.header.cmsg_type = SCM_RIGHTS;
  control.header.cmsg_len = CMSG_LEN (n_fds * sizeof (int));
  for (guint i = 0; i < n_fds; i++)
    memcpy (CMSG_DATA (&control.header) + i * sizeof fd, &fd, sizeof fd);

  return sendmsg (self->fd, &message, MSG_NOSIGNAL) == sizeof *header &&
         attacker_write (self, body, strlen (body));
}

static gpointer
read_on (gpointer data)
{
  Attacker *self = data;
  char room[65536];

  while (recv (self->fd, room, sizeof room, 0) > 0)
    ;

  return NULL;
}

void
attacker_listen (Attacker *self)
{
  g_thread_unref (g_thread_new ("listen", read_on, self));
}

guint64
attacker_begin_document (Attacker *self)
{
  const char *end = strchr (strstr (self->url, "://") + 3, '/');
  g_autofree char *origin = g_strndup (self->url, end - self->url);
  g_autofree char *body =
    g_strdup_printf ("{\"frame\":1,\"url\":\"%s\",\"origin\":\"%s\",\"isMainFrame\":true}",
                     self->url, origin);

  attacker_send (self, MULLION_FRAME_DOCUMENT_CREATED, ++self->last_document, 0, body);
  attacker_send (self, MULLION_FRAME_DOCUMENT_READY, self->last_document, 0, "{}");

  return self->last_document;
}

void
attacker_say_done (Attacker *self,
                   guint64   document)
{
  attacker_send (self, MULLION_FRAME_MESSAGES, document, 0, "[[1,0,\"done\",[]]]");
}
