/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "utility-echo.h"

#include <mullion.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static void message_cb (MullionMessagePortMain *port,
                        MullionMessageEvent    *event,
                        gpointer                user_data);

static void
take_ports (MullionMessageEvent *event)
{
  guint n_ports = 0;
  MullionMessagePortMain **ports = mullion_message_event_get_ports (event, &n_ports);

  for (guint i = 0; i < n_ports; i++)
    {
      g_signal_connect (g_object_ref (ports[i]), "message", G_CALLBACK (message_cb), NULL);
      g_signal_connect (ports[i], "close", G_CALLBACK (g_object_unref), NULL);
      mullion_message_port_main_start (ports[i]);
    }
}

static void
crash_cb (int signal_number)
{
  abort ();
}

/* What has to be so when the text is said again. */
static void
prepare (const char *text)
{
  if (g_str_equal (text, "crash on SIGTERM"))
    signal (SIGTERM, crash_cb);
}

static void
obey (const char *text)
{
  if (g_str_equal (text, "crash"))
    abort ();
  else if (g_str_equal (text, "leave"))
    exit (7);
  else if (g_str_has_prefix (text, "exit "))
    exit (atoi (text + strlen ("exit ")));
  else if (g_str_equal (text, "hang"))
    for (;;)
      g_usleep (G_USEC_PER_SEC);
}

static void
message_cb (MullionMessagePortMain *port,
            MullionMessageEvent    *event,
            gpointer                user_data)
{
  JsonNode *data = mullion_message_event_get_data (event);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  if (data != NULL && mullion_value_get_kind (data) == MULLION_VALUE_STRING)
    text = mullion_value_dup_string (data, NULL);

  take_ports (event);
  if (text != NULL)
    prepare (text);
  mullion_message_port_main_post_message (port, data != NULL ? json_node_ref (data) : NULL, NULL, 0,
                                          &error);
  g_assert_no_error (error);
  if (text != NULL)
    obey (text);
}

void
start_echo (MullionMessagePortMain *port)
{
  g_assert_null (g_getenv ("MULLION_PARENT_PORT_FD"));
  g_assert_null (g_getenv ("MULLION_UTILITY_STATUS_FD"));
  g_signal_connect (port, "message", G_CALLBACK (message_cb), NULL);
}
