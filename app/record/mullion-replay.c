/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-replay.h"

#include "mullion-app-private.h"
#include "mullion-json-access.h"
#include "mullion-replay-page.h"
#include "mullion-web-contents-private.h"

/*
 * A replay: the messages of a recording go to the app's handlers once more.
 *
 * Lives in the main process, without a window or a web process. The lines are gone through in their
 * order. What a page said is said again by a MullionReplayPage; at what the app said the replay waits
 * until the app says it, and compares. So a handler that answers late, from a thread or after a call
 * of its own, comes to its answer before the page goes on, as it did when that was recorded.
 */

typedef struct
{
  MullionApp *app;
  MullionChannelSet *ignored; /* (nullable) */
  guint timeout_msec;
  MullionReplayReport *report;

  MullionRecorder *recorder;
  GHashTable *contents; /* number → MullionWebContents */
  GHashTable *pages;    /* number → MullionReplayPage */
  GHashTable *documents; /* "page/document" of those that live */
  GHashTable *unsaid;   /* "page/document/link/id" of what a page could not say */
  GHashTable *silent;   /* "kind/channel" of what was waited for in vain */

  GPtrArray *replies; /* of MullionRecordingLine: what the app said and nobody has asked for */
  guint n_heard;      /* what the app has heard of the page that spoke last */
  gboolean is_gone;   /* it has heard that a page is gone */
} Replay;

/* -- What is heard -- */

/* A MullionRecorderFunc. */
static void
heard_cb (const char *text,
          gsize       length,
          gpointer    user_data)
{
  Replay *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionRecordingLine) line = mullion_recording_line_new (text, length - 1, &error);

  /* What we have written ourselves, we can read. */
  g_assert_no_error (error);
  if (g_strcmp0 (line->event, MULLION_RECORD_PAGE_GONE) == 0)
    self->is_gone = TRUE;
  else if (line->kind == NULL || line->kind->is_from_page)
    self->n_heard++;
  else
    g_ptr_array_add (self->replies, g_steal_pointer (&line));
}

static gboolean
time_is_up_cb (gpointer is_up)
{
  *(gboolean *) is_up = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the loop until @is_done or the time is up. Returns whether it is done. */
static gboolean
wait_until (Replay   *self,
            gboolean (*is_done) (Replay *self, gconstpointer data),
            gconstpointer data,
            guint     msec)
{
  gboolean is_up = FALSE;
  guint source = g_timeout_add (msec, time_is_up_cb, &is_up);

  while (!is_done (self, data) && !is_up)
    g_main_context_iteration (NULL, TRUE);
  if (!is_up)
    g_source_remove (source);

  return is_done (self, data);
}

/* -- What pages say -- */

static MullionWebContents *
get_contents (Replay *self,
              guint   id)
{
  MullionWebContents *contents = g_hash_table_lookup (self->contents, GUINT_TO_POINTER (id));

  if (contents == NULL)
    {
      contents = mullion_web_contents_new_without_view (self->app, id);
      g_hash_table_insert (self->contents, GUINT_TO_POINTER (id), contents);
    }

  return contents;
}

static MullionReplayPage *
get_page (Replay                      *self,
          const MullionRecordingLine  *line,
          GError                     **error)
{
  MullionReplayPage *page = g_hash_table_lookup (self->pages, &line->page);

  if (page == NULL)
    {
      page = mullion_replay_page_new (get_contents (self, line->contents), line->page, error);
      if (page != NULL)
        g_hash_table_insert (self->pages, g_memdup2 (&line->page, sizeof line->page), page);
    }

  return page;
}

static char *
name_document (const MullionRecordingLine *line)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, line->page, line->document);
}

static char *
name_link (const MullionRecordingLine *line)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT "/%d/%" G_GUINT64_FORMAT,
                          line->page, line->document, line->kind->link, line->id);
}

/* Whoever speaks for a document that was not announced is cut off; the line should say so instead. */
static gboolean
check_document (Replay                      *self,
                const MullionRecordingLine  *line,
                GError                     **error)
{
  g_autofree char *name = name_document (line);

  if (g_strcmp0 (line->event, "document-created") == 0)
    g_hash_table_add (self->documents, g_strdup (name));
  if (g_hash_table_contains (self->documents, name))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "document %" G_GUINT64_FORMAT " of page %" G_GUINT64_FORMAT " was not created",
               line->document, line->page);
  return FALSE;
}

static gboolean
is_page_gone (Replay        *self,
              gconstpointer  nothing)
{
  return self->is_gone;
}

static gboolean
was_heard_or_closed (Replay        *self,
                     gconstpointer  data)
{
  const MullionRecordingLine *line = data;
  MullionReplayPage *page = g_hash_table_lookup (self->pages, &line->page);

  return self->n_heard > 0 || page == NULL || !mullion_replay_page_is_open (page);
}

static gboolean
say (Replay                      *self,
     const MullionRecordingLine  *line,
     GError                     **error)
{
  MullionReplayPage *page = get_page (self, line, error);

  self->n_heard = 0;
  if (page == NULL || !mullion_replay_page_say (page, line, error))
    return FALSE;
  if (wait_until (self, was_heard_or_closed, line, self->timeout_msec) && self->n_heard > 0)
    return TRUE;

  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                       mullion_replay_page_is_open (page) ? "the app does not hear the page"
                       : "the app cuts the page off, for what it says is not allowed");
  return FALSE;
}

static gboolean
replay_event (Replay                      *self,
              const MullionRecordingLine  *line,
              GError                     **error)
{
  if (g_str_equal (line->event, MULLION_RECORD_END))
    return TRUE;
  if (!g_str_equal (line->event, MULLION_RECORD_PAGE_GONE))
    return check_document (self, line, error) && say (self, line, error);

  self->is_gone = FALSE;
  if (g_hash_table_remove (self->pages, &line->page))
    wait_until (self, is_page_gone, NULL, self->timeout_msec);
  return TRUE;
}

static gboolean
replay_message (Replay                      *self,
                const MullionRecordingLine  *line,
                GError                     **error)
{
  const char *gap = mullion_replay_page_find_gap (line);

  if (!check_document (self, line, error))
    return FALSE;

  mullion_replay_report_add_said (self->report, line, gap);
  if (gap == NULL)
    return say (self, line, error);

  g_hash_table_add (self->unsaid, name_link (line));
  return TRUE;
}

/* -- What the app says -- */

static gboolean
is_same_message (const MullionRecordingLine *a,
                 const MullionRecordingLine *b)
{
  return a->contents == b->contents && a->page == b->page && a->document == b->document &&
         a->kind->link == b->kind->link && a->kind->begins == b->kind->begins &&
         (a->kind->link != MULLION_RECORD_LINK_NONE
            ? a->id == b->id
            : a->kind == b->kind && g_str_equal (a->channel, b->channel));
}

static gboolean
find_reply (Replay                     *self,
            const MullionRecordingLine *recorded,
            guint                      *index)
{
  for (*index = 0; *index < self->replies->len; (*index)++)
    if (is_same_message (recorded, self->replies->pdata[*index]))
      return TRUE;

  return FALSE;
}

static gboolean
has_replied (Replay        *self,
             gconstpointer  recorded)
{
  guint index;

  return find_reply (self, recorded, &index);
}

static gboolean
are_args_equal (const MullionRecordingLine *a,
                const MullionRecordingLine *b)
{
  if (a->args == NULL || b->args == NULL)
    return TRUE;

  return a->n_ports == b->n_ports && json_node_equal (a->args, b->args);
}

/* The answer of a call that no handler of this app took. */
static gboolean
lacks_handler (const MullionRecordingLine *line)
{
  g_autofree char *text = NULL;
  const char *said = NULL;

  if (line->kind->kind != MULLION_MESSAGE_REPLY_ERROR || line->args == NULL)
    return FALSE;

  said = mullion_json_string_at (json_node_get_array (line->args), 0);
  text = line->kind->is_sync
    ? g_strdup_printf ("ipcRenderer.sendSync() with '%s' channel without listeners.", line->channel)
    : g_strdup_printf ("Error: No handler registered for '%s'", line->channel);

  return said != NULL && g_str_has_suffix (said, text);
}

static gboolean
compare (Replay                      *self,
         const MullionRecordingLine  *recorded,
         const MullionRecordingLine  *replayed,
         GError                     **error)
{
  if (lacks_handler (replayed) && !lacks_handler (recorded))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                   "the channel '%s' was answered when this was recorded, and in this app nobody "
                   "answers it", recorded->channel);
      return FALSE;
    }

  if (recorded->kind == replayed->kind && are_args_equal (recorded, replayed))
    mullion_replay_report_add_same (self->report);
  else
    mullion_replay_report_add_differs (self->report, recorded, replayed);

  return TRUE;
}

/* What never came once is not waited for again: a message each second would make it a long wait. */
static guint
get_patience (Replay                     *self,
              const MullionRecordingLine *recorded)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", recorded->kind->name, recorded->channel);

  return g_hash_table_contains (self->silent, name) ? 0 : self->timeout_msec;
}

static void
add_missing (Replay                     *self,
             const MullionRecordingLine *recorded)
{
  g_hash_table_add (self->silent, g_strdup_printf ("%s/%s", recorded->kind->name,
                                                   recorded->channel));
  mullion_replay_report_add_differs (self->report, recorded, NULL);
}

static gboolean
is_ignored (Replay                     *self,
            const MullionRecordingLine *line)
{
  return self->ignored != NULL && mullion_channel_set_has (self->ignored, line->channel);
}

static gboolean
was_unsaid (Replay                     *self,
            const MullionRecordingLine *recorded)
{
  g_autofree char *name = name_link (recorded);

  return recorded->kind->link != MULLION_RECORD_LINK_NONE && !recorded->kind->begins &&
         g_hash_table_contains (self->unsaid, name);
}

static gboolean
replay_reply (Replay                      *self,
              const MullionRecordingLine  *recorded,
              GError                     **error)
{
  g_autoptr(MullionRecordingLine) replayed = NULL;
  guint index;

  if (was_unsaid (self, recorded))
    return TRUE;

  /* The page did not go on before an answer came; a message that nobody compares may be missing. */
  if (!is_ignored (self, recorded) || recorded->kind->link != MULLION_RECORD_LINK_NONE)
    wait_until (self, has_replied, recorded, get_patience (self, recorded));

  if (find_reply (self, recorded, &index))
    replayed = g_ptr_array_steal_index (self->replies, index);
  if (is_ignored (self, recorded))
    return TRUE;
  if (replayed != NULL)
    return compare (self, recorded, replayed, error);

  add_missing (self, recorded);
  return TRUE;
}

/* What the app says and the recording has not. A call may have been without an answer when the run
 * ended, and that it has one now is no fault. */
static void
report_additions (Replay *self)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;

  for (guint i = 0; i < self->replies->len; i++)
    {
      const MullionRecordingLine *line = self->replies->pdata[i];

      if (!is_ignored (self, line) &&
          (line->kind->link == MULLION_RECORD_LINK_NONE || line->kind->begins))
        mullion_replay_report_add_differs (self->report, NULL, line);
    }
}

/* -- The whole -- */

static gboolean
replay_line (Replay                      *self,
             const MullionRecordingLine  *line,
             GError                     **error)
{
  gboolean is_good;

  if (line->kind == NULL)
    is_good = replay_event (self, line, error);
  else if (line->kind->is_from_page)
    is_good = replay_message (self, line, error);
  else
    is_good = replay_reply (self, line, error);

  if (!is_good)
    g_prefix_error (error, "line %u: ", line->number);
  return is_good;
}

static void
begin (Replay *self)
{
  self->recorder = mullion_recorder_new (NULL, heard_cb, self, NULL);
  self->contents = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->pages = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify) mullion_replay_page_free);
  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unsaid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->silent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->replies = g_ptr_array_new_with_free_func ((GDestroyNotify) mullion_recording_line_free);
  mullion_app_set_recorder (self->app, self->recorder);
}

static void
end (Replay *self)
{
  GHashTableIter iter;
  gpointer contents;

  mullion_app_set_recorder (self->app, NULL);
  mullion_recorder_end (self->recorder);
  g_hash_table_iter_init (&iter, self->contents);
  while (g_hash_table_iter_next (&iter, NULL, &contents))
    mullion_web_contents_destroy (contents);

  g_hash_table_unref (self->pages);
  g_hash_table_unref (self->contents);
  g_hash_table_unref (self->documents);
  g_hash_table_unref (self->unsaid);
  g_hash_table_unref (self->silent);
  g_ptr_array_unref (self->replies);
  mullion_recorder_unref (self->recorder);
}

gboolean
mullion_replay_run (MullionApp           *app,
                    MullionRecording     *recording,
                    MullionChannelSet    *ignored,
                    guint                 timeout_msec,
                    MullionReplayReport  *report,
                    GError              **error)
{
  Replay self = {
    .app = app, .ignored = ignored, .timeout_msec = timeout_msec, .report = report,
  };
  gboolean is_good = TRUE;

  begin (&self);
  for (guint i = 0; is_good && i < recording->lines->len; i++)
    is_good = replay_line (&self, recording->lines->pdata[i], error);
  if (is_good)
    report_additions (&self);
  end (&self);

  return is_good;
}
