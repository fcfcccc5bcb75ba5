/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-replay-print.h"

#include "mullion-json-writer.h"

/*
 * What `mullion replay` prints. Main process; the report is the library's own.
 */

/* Of each value that differs. */
#define MAX_VALUE 300

static void
print_value (JsonObject *difference,
             const char *name,
             const char *title)
{
  g_autofree char *text = NULL;

  if (!json_object_has_member (difference, name))
    return;

  text = mullion_json_to_string (json_object_get_member (difference, name));
  if (g_utf8_strlen (text, -1) > MAX_VALUE)
    {
      g_autofree char *start = g_utf8_substring (text, 0, MAX_VALUE);

      g_print ("  %s %s…\n", title, start);
    }
  else
    g_print ("  %s %s\n", title, text);
}

static void
print_difference (JsonObject *difference)
{
  const char *kind = json_object_get_string_member (difference, "kind");
  const char *other_kind =
    json_object_get_string_member_with_default (difference, "replayedKind", NULL);
  const char *type = json_object_get_string_member (difference, "type");

  if (json_object_has_member (difference, "line"))
    g_print ("line %" G_GINT64_FORMAT ": ", json_object_get_int_member (difference, "line"));
  g_print ("%s of '%s' %s", kind, json_object_get_string_member (difference, "channel"),
           g_str_equal (type, "added") ? "is new"
           : g_str_equal (type, "missing") ? "did not come" : "differs");
  if (other_kind != NULL)
    g_print (": it is a %s now", other_kind);
  g_print ("\n");
  print_value (difference, "recorded", "recorded:");
  print_value (difference, "replayed", "now:     ");
}

static void
print_skipped (JsonObject *message)
{
  g_print ("line %" G_GINT64_FORMAT ": %s of '%s' was not replayed: %s\n",
           json_object_get_int_member (message, "line"),
           json_object_get_string_member (message, "kind"),
           json_object_get_string_member (message, "channel"),
           json_object_get_string_member (message, "reason"));
}

static void
print_for_people (JsonObject *report)
{
  JsonArray *skipped = json_object_get_array_member (report, "skipped");
  JsonArray *differences = json_object_get_array_member (report, "differences");

  for (guint i = 0; i < json_array_get_length (skipped); i++)
    print_skipped (json_array_get_object_element (skipped, i));
  for (guint i = 0; i < json_array_get_length (differences); i++)
    print_difference (json_array_get_object_element (differences, i));
  if (!json_object_get_boolean_member (report, "complete"))
    g_print ("The recording has no end: the run was cut short, or goes on.\n");
  g_print ("%" G_GINT64_FORMAT " messages replayed, %u not, %" G_GINT64_FORMAT " compared, "
           "%u different\n",
           json_object_get_int_member (report, "messages"), json_array_get_length (skipped),
           json_object_get_int_member (report, "compared"), json_array_get_length (differences));
}

gboolean
mullion_replay_print (JsonNode *report,
                      gboolean  as_json)
{
  JsonObject *object = json_node_get_object (report);

  if (as_json)
    {
      g_autofree char *text = mullion_json_to_string (report);

      g_print ("%s\n", text);
    }
  else
    print_for_people (object);

  return json_array_get_length (json_object_get_array_member (object, "differences")) == 0;
}
