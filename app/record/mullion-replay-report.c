/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-replay-report.h"

/*
 * MullionReplayReport: what was said again, and what was different.
 *
 * Lives in the main process. docs/record-replay.md has its shape.
 */

struct _MullionReplayReport
{
  JsonObject *root;
  JsonArray *skipped;
  JsonArray *differences;
  guint n_said;
  guint n_compared;
};

MullionReplayReport *
mullion_replay_report_new (const MullionRecording *recording)
{
  MullionReplayReport *self = g_new0 (MullionReplayReport, 1);

  self->root = json_object_new ();
  self->skipped = json_array_new ();
  self->differences = json_array_new ();
  json_object_set_string_member (self->root, "app", recording->app_id);
  json_object_set_boolean_member (self->root, "complete", recording->is_complete);

  return self;
}

void
mullion_replay_report_free (MullionReplayReport *self)
{
  json_object_unref (self->root);
  json_array_unref (self->skipped);
  json_array_unref (self->differences);
  g_free (self);
}

static JsonObject *
describe (const MullionRecordingLine *line)
{
  JsonObject *object = json_object_new ();

  if (line->number > 0)
    json_object_set_int_member (object, "line", line->number);
  json_object_set_string_member (object, "kind", line->kind->name);
  json_object_set_string_member (object, "channel", line->channel);
  json_object_set_int_member (object, "contents", line->contents);

  return object;
}

void
mullion_replay_report_add_said (MullionReplayReport        *self,
                                const MullionRecordingLine *line,
                                const char                 *gap)
{
  JsonObject *object;

  if (gap == NULL)
    {
      self->n_said++;
      return;
    }

  object = describe (line);
  json_object_set_string_member (object, "reason", gap);
  json_array_add_object_element (self->skipped, object);
}

void
mullion_replay_report_add_same (MullionReplayReport *self)
{
  self->n_compared++;
}

static void
set_args (JsonObject                 *object,
          const char                 *name,
          const MullionRecordingLine *line)
{
  if (line != NULL && line->args != NULL)
    json_object_set_member (object, name, json_node_copy (line->args));
}

void
mullion_replay_report_add_differs (MullionReplayReport        *self,
                                   const MullionRecordingLine *recorded,
                                   const MullionRecordingLine *replayed)
{
  JsonObject *object = describe (recorded != NULL ? recorded : replayed);

  if (recorded == NULL)
    json_object_set_string_member (object, "type", "added");
  else
    json_object_set_string_member (object, "type", replayed != NULL ? "changed" : "missing");
  set_args (object, "recorded", recorded);
  set_args (object, "replayed", replayed);
  if (recorded != NULL && replayed != NULL && recorded->kind != replayed->kind)
    json_object_set_string_member (object, "replayedKind", replayed->kind->name);
  self->n_compared += recorded != NULL;
  json_array_add_object_element (self->differences, object);
}

JsonNode *
mullion_replay_report_to_json (MullionReplayReport *self)
{
  json_object_set_int_member (self->root, "messages", self->n_said);
  json_object_set_int_member (self->root, "compared", self->n_compared);
  json_object_set_array_member (self->root, "skipped", json_array_ref (self->skipped));
  json_object_set_array_member (self->root, "differences", json_array_ref (self->differences));

  return json_node_init_object (json_node_alloc (), self->root);
}
