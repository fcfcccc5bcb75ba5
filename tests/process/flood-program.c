/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-utility-process.h"
#include "mullion-value.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* flood-program MISDEED MEDIUM [PATH]: says one thing over a medium, and then behaves badly. */

#define TEXT_SIZE 4000

typedef struct
{
  const char *name;
  const char *before; /* the text of a message, */
  const char *after;  /* and what follows it */
  const char *first;  /* (nullable): is said before all */
} Medium;

static const Medium media[] = {
  { "stdio", "\"", "\"\n" },
  { "node", "\"", "\"\n" },
  { "socket", "{\"type\":\"flood\",\"data\":\"", "\"}\f" },
  { "bus", "{\"type\":\"publish\",\"data\":{\"topic\":\"flood\",\"value\":\"", "\"}}\f",
    "{\"type\":\"subscribe\",\"data\":{\"topic\":\"flood\"}}\f" },
  { "port", NULL, NULL },
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
      fd = atoi (g_getenv ("MULLION_PARENT_PORT_FD"));
      node = mullion_value_new_string (text, -1);
      return;
    }

  fd = STDOUT_FILENO;
  if (g_str_equal (medium->name, "node"))
    fd = atoi (g_getenv ("NODE_CHANNEL_FD"));
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
