/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-utility-process.h"
#include "mullion-value.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* flood-program MISDEED MEDIUM [PATH]: says one thing over a medium, and then behaves badly. Where it
 * is a server, descriptor 3 is the socket at which it listens. */

#define TEXT_SIZE 4000
#define TEXT_LENGTH "4002" /* with its quotes */

#define LISTENER 3

/* The first behind the usual ones; the library has taken the variable that says so. */
#define PORT 3

/* Of the specification of WebSockets. */
#define ACCEPT_SUFFIX "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

typedef struct
{
  const char *name;
  const char *before; /* the text of a message, */
  const char *after;  /* and what follows it */
  const char *first;  /* (nullable): is said before all */
  int (*serve) (void); /* (nullable): accepts a client, and what it asks */
} Medium;

static int serve_redis (void);
static int serve_web_socket (void);

static const Medium media[] = {
  { "stdio", "\"", "\"\n" },
  { "node", "\"", "\"\n" },
  { "socket", "{\"type\":\"flood\",\"data\":\"", "\"}\f" },
  { "bus", "{\"type\":\"publish\",\"data\":{\"topic\":\"flood\",\"value\":\"", "\"}}\f",
    "{\"type\":\"subscribe\",\"data\":{\"topic\":\"flood\"}}\f" },
  { "port", NULL, NULL },
  { "redis", "*3\r\n$7\r\nmessage\r\n$19\r\nmullion:topic:flood\r\n$" TEXT_LENGTH "\r\n\"", "\"\r\n",
    .serve = serve_redis },
  { "web-socket", "\x81\x7e\x0f\xa0", "", .serve = serve_web_socket },
};

static const Medium *medium;
static int fd;
static char *message;
static gsize message_size;
static JsonNode *node;

/* -- Saying something -- */

static void
open_socket (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  fd = socket (AF_UNIX, SOCK_STREAM, 0);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("%s: %s", path, g_strerror (errno));
}

static void
write_out (const char *text,
           gsize       size)
{
  for (gsize done = 0; done < size;)
    {
      gssize n = write (fd, text + done, size - done);

      if (n < 0)
        exit (1);
      done += (gsize) n;
    }
}

/* Lets two connections in, and returns the one that is for topics. */
static int
serve_redis (void)
{
  static const char pong[] = "+PONG\r\n";
  struct pollfd fds[3] = { { LISTENER, POLLIN, 0 } };
  nfds_t n = 1;
  guint n_pongs = 0;
  int topics = -1;

  while ((topics < 0 || n_pongs < 2) && poll (fds, n, -1) > 0)
    {
      if (n < G_N_ELEMENTS (fds) && (fds[0].revents & POLLIN) != 0)
        fds[n++] = (struct pollfd) { accept (LISTENER, NULL, NULL), POLLIN, 0 };
      else
        fds[0].fd = n < G_N_ELEMENTS (fds) ? LISTENER : -1;

      for (nfds_t i = 1; i < n; i++)
        {
          char text[1000] = "";

          if ((fds[i].revents & POLLIN) == 0 || read (fds[i].fd, text, sizeof text - 1) <= 0)
            continue;
          if (strstr (text, "SUBSCRIBE") != NULL)
            topics = fds[i].fd;
          if (strstr (text, "PING") != NULL && write (fds[i].fd, pong, sizeof pong - 1) > 0)
            n_pongs++;
        }
    }

  return topics;
}

static int
serve_web_socket (void)
{
  int client = accept (LISTENER, NULL, NULL);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *accepted = NULL;
  g_autofree char *answer = NULL;
  char text[2000] = "";
  guint8 digest[20];
  gsize size = sizeof digest;
  char *key;

  for (gsize n = 0; strstr (text, "\r\n\r\n") == NULL;)
    {
      gssize more = read (client, text + n, sizeof text - 1 - n);

      if (more <= 0)
        exit (1);
      n += (gsize) more;
    }

  key = strstr (text, "Sec-WebSocket-Key: ") + strlen ("Sec-WebSocket-Key: ");
  g_checksum_update (checksum, (guchar *) key, (gssize) strcspn (key, "\r"));
  g_checksum_update (checksum, (guchar *) ACCEPT_SUFFIX, -1);
  g_checksum_get_digest (checksum, digest, &size);
  accepted = g_base64_encode (digest, size);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", accepted);
  if (write (client, answer, strlen (answer)) < 0)
    exit (1);
  return client;
}

static void
post (void)
{
  MullionMessagePortMain *port = mullion_utility_process_get_parent_port (NULL);

  while (!mullion_message_port_main_post_message (port, json_node_ref (node), NULL, 0, NULL))
    if (mullion_message_port_main_is_open (port))
      g_main_context_iteration (NULL, TRUE);
    else
      exit (1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
say (void)
{
  if (message != NULL)
    write_out (message, message_size);
  else
    post ();
}

static void
prepare (const char *path)
{
  g_autofree char *text = g_strnfill (TEXT_SIZE, 'f');

  if (g_str_equal (medium->name, "port"))
    {
      fd = PORT;
      node = mullion_value_new_string (text, -1);
      return;
    }

  fd = STDOUT_FILENO;
  if (g_str_equal (medium->name, "node"))
    fd = atoi (g_getenv ("NODE_CHANNEL_FD"));
  else if (medium->serve != NULL)
    fd = medium->serve ();
  else if (path != NULL)
    open_socket (path);
  if (medium->first != NULL)
    write_out (medium->first, strlen (medium->first));
  message = g_strconcat (medium->before, text, medium->after, NULL);
  message_size = strlen (message);
}

/* -- Misdeeds -- */

static void
flood (void)
{
  for (;;)
    say ();
}

static void
hang (void)
{
  raise (SIGSTOP);
}

static void
never_read (void)
{
  for (;;)
    pause ();
}

static void
die (void)
{
  if (message != NULL)
    write_out (message, message_size / 2);
  else if (write (fd, "half", 4) != 4)
    exit (1);
  abort ();
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void (*act) (void);
  } misdeeds[] = {
    { "flood", flood },
    { "hang", hang },
    { "never-read", never_read },
    { "die", die },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (media); i++)
    if (g_str_equal (media[i].name, argv[2]))
      medium = &media[i];

  prepare (argv[3]);
  say ();
  for (gsize i = 0; i < G_N_ELEMENTS (misdeeds); i++)
    if (g_str_equal (misdeeds[i].name, argv[1]))
      misdeeds[i].act ();

  return 0;
}
