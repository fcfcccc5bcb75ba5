/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-private.h"

#include "mullion-error.h"
#include "mullion-record-file.h"
#include "mullion-replay.h"

/*
 * What MullionApp records of its pages' messages, and how it is told them again.
 *
 * docs/record-replay.md describes what the file has in it, and what a replay can and cannot do.
 */

#define DEFAULT_TIMEOUT_MSEC 5000

MullionRecorder *
mullion_app_get_recorder (MullionApp *self)
{
  return self != NULL ? mullion_app_get_private (self)->recorder : NULL;
}

void
mullion_app_set_recorder (MullionApp      *self,
                          MullionRecorder *recorder)
{
  MullionAppPrivate *priv = mullion_app_get_private (self);

  g_clear_pointer (&priv->recorder, mullion_recorder_unref);
  priv->recorder = recorder != NULL ? mullion_recorder_ref (recorder) : NULL;
}

gboolean
mullion_app_has_windows (MullionApp *self)
{
  if (mullion_app_get_private (self)->is_replaying)
    g_warning ("A replay has no windows");

  return !mullion_app_get_private (self)->is_replaying;
}

static void
write_line (const char *line,
            gsize       length,
            gpointer    file)
{
  mullion_record_file_add (file, line, length);
}

/* Returns: (nullable): NULL with @error when one of @patterns (nullable) is none */
static MullionChannelSet *
read_patterns (const char *const  *patterns,
               GError            **error)
{
  g_autoptr(MullionChannelSet) set = mullion_channel_set_new ();

  for (gsize i = 0; patterns != NULL && patterns[i] != NULL; i++)
    {
      if (!mullion_channel_set_is_pattern (patterns[i]))
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                       "\"%s\" is no channel and no pattern: one * may stand for any text",
                       patterns[i]);
          return NULL;
        }
      mullion_channel_set_add (set, patterns[i]);
    }

  return g_steal_pointer (&set);
}

/**
 * mullion_app_start_recording:
 * @self: an app
 * @path: the file that gets the recording; what it held is gone
 * @redacted: (nullable) (array zero-terminated=1): channels of which nothing is written but that they
 *   were used; one `*` in each may stand for any text
 * @error: return location for an error
 *
 * Writes down every message between the main process and the pages that are made from now on, both
 * ways: a line of JSON each. `mullion replay` and [method@App.replay] say them again. Call it before
 * the first window is made. The variables `MULLION_RECORD` and `MULLION_RECORD_REDACT` of the
 * environment do the same for any app.
 *
 * The file is for its owner alone, as it holds what pages and the app told each other. When it cannot
 * be written any more, a full disk for one, there is a warning and the app goes on.
 *
 * Fails with %MULLION_ERROR_INVALID_ARGUMENT when one of @redacted is no pattern, and with an error of
 * %G_IO_ERROR when @path cannot be written. It goes on with the recording that it has then.
 *
 * Returns: whether messages are recorded
 *
 * Since: 0.1
 */
gboolean
mullion_app_start_recording (MullionApp         *self,
                             const char         *path,
                             const char *const  *redacted,
                             GError            **error)
{
  g_autoptr(MullionChannelSet) set = NULL;
  g_autoptr(MullionRecorder) recorder = NULL;
  MullionRecordFile *file;

  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  set = read_patterns (redacted, error);
  file = set != NULL ? mullion_record_file_new (path, error) : NULL;
  if (file == NULL)
    return FALSE;

  mullion_app_stop_recording (self);
  recorder = mullion_recorder_new (g_steal_pointer (&set), write_line, file,
                                   (GDestroyNotify) mullion_record_file_free);
  mullion_recorder_begin (recorder, g_application_get_application_id (G_APPLICATION (self)));
  mullion_app_set_recorder (self, recorder);
  return TRUE;
}

/**
 * mullion_app_stop_recording:
 * @self: an app
 *
 * Ends what [method@App.start_recording] began. The end of the app does the same.
 *
 * Since: 0.1
 */
void
mullion_app_stop_recording (MullionApp *self)
{
  MullionRecorder *recorder;

  g_return_if_fail (MULLION_IS_APP (self));

  recorder = mullion_app_get_recorder (self);
  if (recorder != NULL)
    mullion_recorder_end (recorder);
  mullion_app_set_recorder (self, NULL);
}

void
mullion_app_record_from_environment (MullionApp *self)
{
  const char *path = g_getenv ("MULLION_RECORD");
  const char *patterns = g_getenv ("MULLION_RECORD_REDACT");
  g_auto(GStrv) redacted = NULL;
  g_autoptr(GError) error = NULL;

  if (path == NULL || *path == '\0' || mullion_app_get_recorder (self) != NULL)
    return;

  if (patterns != NULL && *patterns != '\0')
    redacted = g_strsplit (patterns, ",", -1);
  mullion_app_start_recording (self, path, (const char *const *) redacted, &error);
  if (error != NULL)
    g_warning ("MULLION_RECORD: %s", error->message);
}

/**
 * mullion_app_replay:
 * @self: an app that does not run
 * @path: the file of a recording
 * @ignored: (nullable) (array zero-terminated=1): channels whose messages and answers are not
 *   compared; one `*` in each may stand for any text
 * @timeout_msec: how long to wait for each answer, in milliseconds; 0 waits for 5000
 * @error: return location for an error
 *
 * Says to the handlers of the app what the pages of a recording said, and compares what the app says
 * to that. This takes the place of [method@App.run], starts neither GTK nor WebKit and needs no
 * display. The app becomes ready, with [signal@App::ready], but it has no windows:
 * [ctor@BrowserWindow.new] warns and returns %NULL, and contents have no web view.
 *
 * The report is an object with the members `app`, `complete`, `messages`, `compared`, `skipped` and
 * `differences`, which docs/record-replay.md describes. There was no difference when `differences` is
 * an empty array.
 *
 * Fails with %MULLION_ERROR_INVALID_ARGUMENT when the file is no recording or not of this app, with
 * %MULLION_ERROR_NOT_FOUND when the recording has answers of a channel that nobody answers here, and
 * with %MULLION_ERROR_NOT_ALLOWED when the app does not listen to a page any more. Messages name the
 * line.
 *
 * Returns: (transfer full): the report, %NULL with @error
 *
 * Since: 0.1
 */
JsonNode *
mullion_app_replay (MullionApp         *self,
                    const char         *path,
                    const char *const  *ignored,
                    guint               timeout_msec,
                    GError            **error)
{
  g_autoptr(MullionChannelSet) set = NULL;
  g_autoptr(MullionRecording) recording = NULL;
  g_autoptr(MullionReplayReport) report = NULL;
  const char *id;

  g_return_val_if_fail (MULLION_IS_APP (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (!mullion_app_is_ready (self), NULL);

  set = read_patterns (ignored, error);
  recording = set != NULL ? mullion_recording_load (path, error) : NULL;
  if (recording == NULL)
    return NULL;

  id = g_application_get_application_id (G_APPLICATION (self));
  if (g_strcmp0 (id != NULL ? id : "", recording->app_id) != 0)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "%s: line 1: this was recorded of the app \"%s\", and this is \"%s\"", path,
                   recording->app_id, id != NULL ? id : "");
      return NULL;
    }

  report = mullion_replay_report_new (recording);
  mullion_app_begin_replay (self);
  if (mullion_replay_run (self, recording, set,
                          timeout_msec != 0 ? timeout_msec : DEFAULT_TIMEOUT_MSEC, report, error))
    return mullion_replay_report_to_json (report);

  g_prefix_error (error, "%s: ", path);
  return NULL;
}
