/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "hostile-page.h"

#include "app/mullion-web-contents-private.h"

#include <errno.h>
#include <gio/gunixfdlist.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void
page_write (Page          *self,
            const guint8  *data,
            gsize          length)
{
  guint limit = ipc_limit_begin ("room in the socket");

  while (length > 0 && !self->is_closed)
    {
      gssize n = send (self->fd, data, length, MSG_DONTWAIT | MSG_NOSIGNAL);

      if (n < 0 && errno == EPIPE)
        break;
      g_assert_true (n > 0 || errno == EAGAIN);
      data += MAX (n, 0);
      length -= MAX (n, 0);
      g_main_context_iteration (NULL, FALSE);
    }
  g_source_remove (limit);
}

static void
page_send_bytes (Page       *self,
                 guint16     kind,
                 guint64     document,
                 guint64     id,
                 const char *body,
                 gsize       length)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  MullionFrameHeader header = {
    .length = length, .kind = kind, .document = document, .id = id,
  };

  g_byte_array_append (bytes, (const guint8 *) &header, sizeof header);
  g_byte_array_append (bytes, (const guint8 *) body, length);
  page_write (self, bytes->data, bytes->len);
}

void
page_send (Page       *self,
           guint16     kind,
           guint64     document,
           guint64     id,
           const char *body)
{
  page_send_bytes (self, kind, document, id, body, strlen (body));
}

static void
page_read (Page *self)
{
  void *room;
  gsize size = mullion_frame_reader_prepare (self->reader, &room);
  gssize n = recv (self->fd, room, size, MSG_DONTWAIT);

  if (n == 0)
    self->is_closed = TRUE;
  else if (n > 0)
    g_assert_true (mullion_frame_reader_commit (self->reader, n, NULL));
  else
    g_assert_cmpint (errno, ==, EAGAIN);
}

/* Runs the loop until a frame of this kind comes. */
MullionFrame *
page_wait_frame (Page             *self,
                 MullionFrameKind  kind)
{
  guint limit = ipc_limit_begin ("a frame");
  MullionFrame *frame;

  while ((frame = mullion_frame_reader_steal (self->reader, kind, G_MAXUINT64)) == NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      g_assert_false (self->is_closed);
      page_read (self);
    }
  g_source_remove (limit);

  return frame;
}

void
page_expect (Page             *self,
             MullionFrameKind  kind,
             guint64           document,
             guint64           id,
             const char       *body)
{
  g_autoptr(MullionFrame) frame = page_wait_frame (self, kind);

  g_assert_cmpuint (frame->header.document, ==, document);
  g_assert_cmpuint (frame->header.id, ==, id);
  g_assert_cmpstr (frame->body, ==, body);
}

void
page_wait_end (Page *self)
{
  guint limit = ipc_limit_begin ("the end of the channel");

  while (!self->is_closed)
    {
      g_main_context_iteration (NULL, FALSE);
      page_read (self);
    }
  g_source_remove (limit);
}

static char *
describe_document (gint64      frame,
                   const char *origin,
                   gboolean    is_main_frame)
{
  return g_strdup_printf ("{\"frame\":%" G_GINT64_FORMAT ",\"url\":\"%s/index.html\","
                          "\"origin\":\"%s\",\"isMainFrame\":%s}",
                          frame, origin, origin, is_main_frame ? "true" : "false");
}

/* The view is played too: it has gone where the page says that it is. */
static void
lead_view (IpcWindow  *window,
           const char *origin)
{
  g_autofree char *uri = g_strconcat (origin, "/", NULL);

  mullion_navigation_policy_expect (window->contents->navigation, uri);
}

void
page_begin_document (Page       *self,
                     guint64     document,
                     gint64      frame,
                     const char *origin,
                     gboolean    is_main_frame)
{
  g_autofree char *body = describe_document (frame, origin, is_main_frame);

  if (is_main_frame)
    lead_view (self->window, origin);
  page_send (self, MULLION_FRAME_DOCUMENT_CREATED, document, 0, body);
}

/* Offers a channel in the way of WebKit: as a message of the page to its view. */
Page *
page_offer (IpcWindow *window)
{
  Page *self = g_new0 (Page, 1);
  g_autoptr(GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr(WebKitUserMessage) message = NULL;
  gboolean handled = FALSE;
  int pair[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  g_assert_cmpint (g_unix_fd_list_append (fds, pair[1], NULL), >=, 0);
  close (pair[1]);
  self->window = window;
  self->fd = pair[0];
  self->reader = mullion_frame_reader_new ();
  lead_view (window, mullion_app_get_origin (ipc_app_get ()));

  message = g_object_ref_sink (webkit_user_message_new_with_fd_list (
    MULLION_WIRE_CHANNEL_MESSAGE, g_variant_new_uint32 (MULLION_WIRE_VERSION), fds));
  g_signal_emit_by_name (mullion_web_contents_get_web_view (window->contents),
                         "user-message-received", message, &handled);
  g_assert_true (handled);

  return self;
}

/* With one document, number 1 in frame 1, that listens. */
Page *
page_new (void)
{
  Page *self = page_offer (ipc_window_new ("{ \"show\": false }"));
  g_autoptr(MullionFrame) configuration = page_wait_frame (self, MULLION_FRAME_CONFIGURE);

  page_begin_document (self, 1, 1, mullion_app_get_origin (ipc_app_get ()), TRUE);
  page_send (self, MULLION_FRAME_DOCUMENT_READY, 1, 0, "{}");
  ipc_wait_until (mullion_web_contents_get_main_frame (self->window->contents) != NULL);

  return self;
}

void
page_free (Page *self)
{
  g_clear_pointer (&self->window, ipc_window_free);
  mullion_frame_reader_free (self->reader);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
