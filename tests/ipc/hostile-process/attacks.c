/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "attacks.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* What an attacker tries who has taken over a web process. The first half are lies, for which main
 * must end the process; the second half keeps to the rules and tries to be more than main can bear:
 * those say at their end that they are done. */

static void
forge_document (Attacker *self)
{
  attacker_begin_document (self);
  attacker_send (self, MULLION_FRAME_MESSAGES, 77, 0, "[[1,0,\"tell\",[1]]]");
}

static void
replay_document (Attacker *self)
{
  attacker_begin_document (self);
  attacker_begin_document (self);
  self->last_document = 0;
  attacker_begin_document (self);
}

static void
speak_after_end (Attacker *self)
{
  guint64 document = attacker_begin_document (self);

  attacker_send (self, MULLION_FRAME_DOCUMENT_GONE, document, 0, "{}");
  attacker_send (self, MULLION_FRAME_MESSAGES, document, 0, "[[1,0,\"tell\",[1]]]");
}

static void
replay_call (Attacker *self)
{
  guint64 document = attacker_begin_document (self);

  attacker_send (self, MULLION_FRAME_MESSAGES, document, 0,
                 "[[2,5,\"keep\",[]],[2,5,\"keep\",[]]]");
}

static void
speak_for_another_site (Attacker *self)
{
  attacker_send (self, MULLION_FRAME_DOCUMENT_CREATED, 1, 0,
                 "{\"frame\":1,\"url\":\"https://example.org/\",\"origin\":\"https://example.org\","
                 "\"isMainFrame\":true}");
  attacker_send (self, MULLION_FRAME_MESSAGES, 1, 0, "[[1,0,\"tell\",[1]]]");
}

/* The page is a remote one: what it claims to be, the view never was. */
static void
claim (Attacker   *self,
       const char *is_main_frame)
{
  const char *origin = strrchr (self->url, '=') + 1;
  g_autofree char *body =
    g_strdup_printf ("{\"frame\":%d,\"url\":\"%s/lifecycle/index.html\",\"origin\":\"%s\","
                     "\"isMainFrame\":%s}", 7, origin, origin, is_main_frame);

  attacker_send (self, MULLION_FRAME_DOCUMENT_CREATED, 1, 0, body);
  attacker_send (self, MULLION_FRAME_MESSAGES, 1, 0, "[[1,0,\"tell\",[1]]]");
}

static void
claim_app (Attacker *self)
{
  claim (self, "true");
}

static void
claim_frame_of_app (Attacker *self)
{
  claim (self, "false");
}

static void
send_nonsense (Attacker *self)
{
  char bytes[4096];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = i * 167;
  while (attacker_write (self, bytes, sizeof bytes))
    ;
}

static void
announce (Attacker           *self,
          MullionFrameHeader  header)
{
  header.kind = MULLION_FRAME_MESSAGES;
  header.document = attacker_begin_document (self);
  attacker_write (self, &header, sizeof header);
}

static void
announce_length (Attacker *self)
{
  announce (self, (MullionFrameHeader) { .length = G_MAXUINT32 });
}

static void
announce_side (Attacker *self)
{
  announce (self, (MullionFrameHeader) { .side_length = G_MAXUINT64 });
}

static void
announce_ports (Attacker *self)
{
  announce (self, (MullionFrameHeader) { .n_ports = 255 });
}

/* A handful with each frame, so that no single message is over the kernel's limit. */
static void
send_fds (Attacker *self)
{
  MullionFrameHeader header = {
    .length = 2, .kind = MULLION_FRAME_MESSAGES, .document = attacker_begin_document (self),
  };

  for (guint i = 0; i < 1000; i++)
    if (!attacker_send_with_fds (self, &header, "[]", 0, 200))
      return;
}

static void
announce_fds (Attacker *self)
{
  MullionFrameHeader header = {
    .length = 2, .kind = MULLION_FRAME_MESSAGES, .n_ports = 200,
    .document = attacker_begin_document (self),
  };

  for (guint i = 0; i < 1000; i++)
    if (!attacker_send_with_fds (self, &header, "[]", 0, 200))
      return;
}

static gboolean
send_port (Attacker   *self,
           guint64     document,
           const char *body,
           int         fd)
{
  MullionFrameHeader header = {
    .length = strlen (body), .kind = MULLION_FRAME_MESSAGES, .n_ports = 1, .document = document,
  };

  return attacker_send_with_fds (self, &header, body, fd, 1);
}

static int
make_port (int *other)
{
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    g_error ("There is no socket to attack with");
  *other = pair[1];

  return pair[0];
}

/* The numbers of ports are places in the frame: of those of others there is none. */
static void
forge_port (Attacker *self)
{
  attacker_send (self, MULLION_FRAME_MESSAGES, attacker_begin_document (self), 0,
                 "[[4,0,\"tell\",[0],[0]]]");
}

static void
forge_far_port (Attacker *self)
{
  int other;

  make_port (&other);
  send_port (self, attacker_begin_document (self), "[[4,0,\"tell\",[0],[4294967296]]]", other);
}

static void
send_port_twice (Attacker *self)
{
  int other;

  make_port (&other);
  send_port (self, attacker_begin_document (self), "[[4,0,\"tell\",[0],[0,0]]]", other);
}

/* Ports that the app keeps, one with each message. */
static void
hoard_ports (Attacker *self)
{
  guint64 document = attacker_begin_document (self);
  int other;

  for (guint i = 0; i < 300; i++)
    {
      make_port (&other);
      if (!send_port (self, document, "[[4,0,\"port\",[0],[0]]]", other))
        return;
      close (other);
    }
}

static void
hoard (Attacker *self,
       int       fd,
       gsize     size)
{
  MullionFrameHeader header = {
    .kind = MULLION_FRAME_MESSAGES, .flags = MULLION_FRAME_SIDE_IN_MEMFD, .side_length = size,
    .document = attacker_begin_document (self),
  };

  if (fcntl (fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0)
    g_error ("There is no memory to hoard");

  for (guint i = 1; i < 100; i++)
    {
      g_autofree char *body = g_strdup_printf (
        "[[2,%u,\"keep\",[{\"$mullion\":\"buffer\",\"at\":0,\"size\":8}]]]", i);

      header.length = strlen (body);
      if (!attacker_send_with_fds (self, &header, body, fd, 1))
        return;
    }
}

/* The same bytes again and again cost the attacker their memory once. */
static void
hoard_memory (Attacker *self)
{
  const gsize size = 64 * 1024 * 1024;
  int fd = memfd_create ("hoard", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (posix_fallocate (fd, 0, size) != 0)
    g_error ("There is no memory to hoard");
  hoard (self, fd, size);
}

/* Sealed as they must be, and of nothing: a gigabyte of them costs the attacker no memory. */
static void
hoard_holes (Attacker *self)
{
  const gsize size = MULLION_WIRE_MAX_SIDE - 4096;
  int fd = memfd_create ("hoard", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (ftruncate (fd, size) != 0)
    g_error ("There is no memory to hoard");
  hoard (self, fd, size);
}

/* -- Floods -- */

static void
flood (Attacker *self)
{
  guint64 document = attacker_begin_document (self);

  for (guint i = 0; i < 50000; i++)
    attacker_send (self, MULLION_FRAME_MESSAGES, document, 0, "[[1,0,\"tell\",[1]]]");
  attacker_say_done (self, document);
}

static char *
repeat (const char *begin,
        const char *part,
        guint       n,
        const char *end)
{
  GString *text = g_string_new (begin);

  for (guint i = 0; i < n; i++)
    g_string_append (text, part);

  return g_string_free (g_string_append (text, end), FALSE);
}

/* One frame of as many messages as fit. */
static void
flood_in_one_frame (Attacker *self)
{
  guint64 document = attacker_begin_document (self);
  g_autofree char *body = repeat ("[[1,0,\"tell\",[]]", ",[1,0,\"tell\",[]]", 400000, "]");

  for (guint i = 0; i < 2; i++)
    attacker_send (self, MULLION_FRAME_MESSAGES, document, 0, body);
  attacker_say_done (self, document);
}

/* One message of many values. */
static void
send_values (Attacker *self)
{
  guint64 document = attacker_begin_document (self);
  g_autofree char *body = repeat ("[[1,0,\"tell\",[0", ",1", 1000000, "]]]");

  for (guint i = 0; i < 4; i++)
    attacker_send (self, MULLION_FRAME_MESSAGES, document, 0, body);
  attacker_say_done (self, document);
}

/* As long as a frame may be. */
static void
send_text (Attacker *self)
{
  guint64 document = attacker_begin_document (self);
  g_autofree char *text = g_strnfill (MULLION_WIRE_MAX_LENGTH - 100, 'x');
  g_autofree char *body = g_strdup_printf ("[[1,0,\"tell\",[\"%s\"]]]", text);

  for (guint i = 0; i < 2; i++)
    attacker_send (self, MULLION_FRAME_MESSAGES, document, 0, body);
  attacker_say_done (self, document);
}

/* Names of binary values, which main has to look up one by one. */
static void
send_places (Attacker *self)
{
  const char *part = ",{\"$mullion\":\"buffer\",\"at\":0,\"size\":8}";
  g_autofree char *body = repeat ("[[1,0,\"tell\",[0", part, 100000, "]]]");
  MullionFrameHeader header = {
    .length = strlen (body), .kind = MULLION_FRAME_MESSAGES, .side_length = 8,
    .document = attacker_begin_document (self),
  };

  for (guint i = 0; i < 3; i++)
    {
      attacker_write (self, &header, sizeof header);
      attacker_write (self, body, header.length);
      attacker_write (self, "01234567", 8);
    }
  attacker_say_done (self, header.document);
}

static void
storm (Attacker *self)
{
  guint64 document = attacker_begin_document (self);

  attacker_listen (self);
  for (guint i = 1; i <= 20000; i++)
    attacker_send (self, MULLION_FRAME_MESSAGES_SYNC, document, i, "[[3,1,\"ask\",[]]]");
  attacker_say_done (self, document);
}

static void
pile_calls (Attacker *self)
{
  guint64 document = attacker_begin_document (self);

  attacker_listen (self);
  for (guint i = 1; i <= 70000; i++)
    {
      g_autofree char *body = g_strdup_printf ("[[2,%u,\"keep\",[]]]", i);

      attacker_send (self, MULLION_FRAME_MESSAGES, document, 0, body);
    }
  attacker_say_done (self, document);
}

static void
flood_port (Attacker *self)
{
  guint64 document = attacker_begin_document (self);
  Attacker port = { 0 };
  int other;

  port.fd = make_port (&other);
  send_port (self, document, "[[4,0,\"port\",[0],[0]]]", other);
  close (other);
  for (guint i = 0; i < 50000; i++)
    attacker_send (&port, MULLION_FRAME_PORT_MESSAGE, 0, 0, "[[1]]");
  attacker_say_done (self, document);
}

/* As many as may be open, and all at once. */
static void
flood_ports (Attacker *self)
{
  guint64 document = attacker_begin_document (self);
  Attacker ports[256] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      int other;

      ports[i].fd = make_port (&other);
      send_port (self, document, "[[4,0,\"port\",[0],[0]]]", other);
      close (other);
    }
  for (guint round = 0; round < 200; round++)
    for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
      attacker_send (&ports[i], MULLION_FRAME_PORT_MESSAGE, 0, 0, "[[1]]");
  attacker_say_done (self, document);
}

/* A thread reads each message, and main has much to free. */
static void
send_values_by_ports (Attacker *self)
{
  guint64 document = attacker_begin_document (self);
  g_autofree char *body = repeat ("[[0", ",1", 200000, "]]");
  Attacker ports[32] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      int other;

      ports[i].fd = make_port (&other);
      send_port (self, document, "[[4,0,\"port\",[0],[0]]]", other);
      close (other);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    attacker_send (&ports[i], MULLION_FRAME_PORT_MESSAGE, 0, 0, body);
  attacker_say_done (self, document);
}

/* The test looks at main meanwhile. What is done is said before, for the frame never ends. */
static void
dawdle (Attacker *self)
{
  MullionFrameHeader header = {
    .length = MULLION_WIRE_MAX_LENGTH, .kind = MULLION_FRAME_MESSAGES,
    .document = attacker_begin_document (self),
  };

  attacker_say_done (self, header.document);
  attacker_write (self, &header, sizeof header);
  while (attacker_write (self, "[", 1))
    g_usleep (100);
}

/* Answers to what main has asked of others, or will. */
static void
forge_answers (Attacker *self)
{
  guint64 document = attacker_begin_document (self);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *body = g_strdup_printf (
        "[[6,%u,\"\",[\"forged\"]],[10,%u,\"\",[\"forged\"]],[9,%u,\"\",[]]]", i, i, i);

      attacker_send (self, MULLION_FRAME_MESSAGES, document, 0, body);
    }
  attacker_say_done (self, document);
}

static void
chatter (Attacker *self)
{
  guint64 document = attacker_begin_document (self);
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"level\":1,\"line\":1,\"text\":\"%s\","
                                           "\"source\":\"%s\"}", text, text);

  for (guint i = 0; i < 300; i++)
    attacker_send (self, MULLION_FRAME_CONSOLE, 0, 0, body);
  attacker_say_done (self, document);
}

AttackFunc
attack_find (const char *name)
{
  const struct { const char *name; AttackFunc func; } attacks[] = {
    { "forge-document", forge_document },
    { "replay-document", replay_document },
    { "speak-after-end", speak_after_end },
    { "replay-call", replay_call },
    { "speak-for-another-site", speak_for_another_site },
    { "claim-app", claim_app },
    { "claim-frame-of-app", claim_frame_of_app },
    { "send-nonsense", send_nonsense },
    { "announce-length", announce_length },
    { "announce-side", announce_side },
    { "announce-ports", announce_ports },
    { "send-fds", send_fds },
    { "announce-fds", announce_fds },
    { "forge-port", forge_port },
    { "forge-far-port", forge_far_port },
    { "send-port-twice", send_port_twice },
    { "hoard-ports", hoard_ports },
    { "hoard-memory", hoard_memory },
    { "hoard-holes", hoard_holes },
    { "flood", flood },
    { "flood-in-one-frame", flood_in_one_frame },
    { "send-values", send_values },
    { "send-text", send_text },
    { "send-places", send_places },
    { "storm", storm },
    { "pile-calls", pile_calls },
    { "flood-port", flood_port },
    { "flood-ports", flood_ports },
    { "send-values-by-ports", send_values_by_ports },
    { "dawdle", dawdle },
    { "forge-answers", forge_answers },
    { "chatter", chatter },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++)
    if (g_str_equal (attacks[i].name, name))
      return attacks[i].func;

  return NULL;
}
