/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bus-fixture.h"

#include "mullion-json-writer.h"
#include "mullion-message-error.h"
#include "mullion-value.h"

static void
message_cb (MullionMessageBus *bus,
            const char        *topic,
            JsonNode          *value,
            Member            *member)
{
  g_autofree char *text = mullion_json_to_string (value);

  g_ptr_array_add (member->heard, g_strdup_printf ("%s %s", topic, text));
}

static void
job_cb (MullionMessageBus *bus,
        MullionBusJob     *job,
        Member            *member)
{
  g_ptr_array_add (member->jobs, g_object_ref (job));
  if (member->acknowledges)
    mullion_bus_job_acknowledge (job);
}

static void
error_cb (MullionMessageBus *bus,
          const GError      *error,
          Member            *member)
{
  g_test_message ("%s", error->message);
  g_ptr_array_add (member->errors, g_error_copy (error));
}

static void
subscribed_cb (MullionMessageBus *bus,
               const char        *topic,
               Member            *member)
{
  g_ptr_array_add (member->topics, g_strdup (topic));
}

guint
count_topic (Member     *member,
             const char *topic)
{
  guint n = 0;

  for (guint i = 0; i < member->topics->len; i++)
    n += g_str_equal (member->topics->pdata[i], topic);

  return n;
}

static void
count_cb (GObject *object,
          guint   *count)
{
  (*count)++;
}

void
join (Member            *member,
      MullionMessageBus *bus)
{
  member->bus = bus;
  member->heard = g_ptr_array_new_with_free_func (g_free);
  member->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  member->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  member->topics = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (bus, "message", G_CALLBACK (message_cb), member);
  g_signal_connect (bus, "job", G_CALLBACK (job_cb), member);
  g_signal_connect (bus, "subscribed", G_CALLBACK (subscribed_cb), member);
  g_signal_connect (bus, "error", G_CALLBACK (error_cb), member);
  g_signal_connect (bus, "connect", G_CALLBACK (count_cb), &member->n_connects);
  g_signal_connect (bus, "disconnect", G_CALLBACK (count_cb), &member->n_disconnects);
}

void
leave (Member *member)
{
  g_signal_handlers_disconnect_by_data (member->bus, member);
  mullion_message_bus_close (member->bus);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (member->bus);
  g_ptr_array_unref (member->heard);
  g_ptr_array_unref (member->jobs);
  g_ptr_array_unref (member->errors);
  g_ptr_array_unref (member->topics);
}

void
connect_bus (Member *member)
{
  guint before = member->n_connects;

  mullion_message_bus_open (member->bus);
  wait_until (member->n_connects > before);
  g_assert_true (mullion_message_bus_is_connected (member->bus));
}

void
publish (Member     *member,
         const char *topic,
         const char *json)
{
  g_autoptr(GError) error = NULL;

  mullion_message_bus_publish (member->bus, topic, json_from_string (json, NULL), &error);
  g_assert_no_error (error);
}

static void
pushed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  mullion_message_bus_push_finish (MULLION_MESSAGE_BUS (source), result, &error);
  g_assert_no_error (error);
  (*(guint *) user_data)++;
}

void
push (Member     *member,
      const char *queue,
      gint64      number,
      guint      *n_taken)
{
  mullion_message_bus_push_async (member->bus, queue, mullion_value_new_number ((double) number), NULL,
                                  pushed_cb, n_taken);
}

void
overfill (Member     *member,
          const char *queue)
{
  g_autofree char *text = g_strnfill (1024 * 1024, 'x');
  g_autoptr(GError) error = NULL;
  guint n_taken = 0;

  while (mullion_message_bus_publish (member->bus, "nobody", mullion_value_new_string (text, -1), &error))
    ;
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_FULL);
  for (guint i = 0; i < 20; i++)
    mullion_message_bus_push_async (member->bus, queue, mullion_value_new_string (text, -1), NULL,
                                    pushed_cb, &n_taken);
  wait_until (n_taken == 20);
}

gint64
get_number (MullionBusJob *job)
{
  double number = -1;

  g_assert_true (mullion_value_get_number (mullion_bus_job_get_value (job), &number));
  return (gint64) number;
}
