/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-stream.h"

/* Answers { type, payload } messages over its standard input and output until its input ends:
 *   handshake-program lines|length */

static void
answer (MullionMessageStream *stream,
        const char           *type,
        JsonNode             *payload)
{
  g_autoptr(JsonObject) message = json_object_new ();
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (message, "type", type);
  json_object_set_member (message, "payload", payload);
  mullion_message_stream_send (stream, json_node_init_object (json_node_alloc (), message), &error);
  g_assert_no_error (error);
}

static void
shake_hands (MullionMessageStream *stream,
             JsonObject           *payload)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", "c");
  json_object_set_string_member (object, "hello", json_object_get_string_member (payload, "name"));
  answer (stream, "handshake", json_node_init_object (json_node_alloc (), object));
  json_object_unref (object);
}

static void
add (MullionMessageStream *stream,
     JsonObject           *payload)
{
  JsonArray *numbers = json_object_get_array_member (payload, "numbers");
  double sum = 0;

  for (guint i = 0; i < json_array_get_length (numbers); i++)
    sum += json_array_get_double_element (numbers, i);
  answer (stream, "sum", json_node_init_double (json_node_alloc (), sum));
}

static void
message_cb (MullionMessageStream *stream,
            JsonNode             *value,
            gpointer              user_data)
{
  JsonObject *message = json_node_get_object (value);
  const char *type = json_object_get_string_member (message, "type");

  /* What is printed must not get between the messages. */
  g_print ("got %s\n", type);

  if (g_str_equal (type, "handshake"))
    shake_hands (stream, json_object_get_object_member (message, "payload"));
  else if (g_str_equal (type, "add"))
    add (stream, json_object_get_object_member (message, "payload"));
  else
    {
      g_autofree char *text = g_strdup_printf ("unknown type %s", type);

      answer (stream, "error", json_node_init_string (json_node_alloc (), text));
    }
}

static void
closed_cb (MullionMessageStream *stream,
           const GError         *error,
           gpointer              user_data)
{
  g_assert_no_error (error);
  g_main_loop_quit (user_data);
}

int
main (int   argc,
      char *argv[])
{
  gboolean has_lengths = argc == 2 && g_str_equal (argv[1], "length");
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionMessageStream) stream = mullion_message_stream_new_for_stdio (
      has_lengths ? MULLION_FRAMING_LENGTH : MULLION_FRAMING_LINES, &error);

  if (stream == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  g_signal_connect (stream, "message", G_CALLBACK (message_cb), NULL);
  g_signal_connect (stream, "closed", G_CALLBACK (closed_cb), loop);
  g_main_loop_run (loop);
  return 0;
}
