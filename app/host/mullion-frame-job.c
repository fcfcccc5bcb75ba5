/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-frame-job.h"

#include "mullion-json-reader.h"

#include <gio/gio.h>

/*
 * MullionFrameJob: a large frame, whose content is read in a thread of its own.
 *
 * Lives in the main process. A frame within its limits can hold a million values, which take most of
 * a second to read, as long as a page likes to send such frames. The window must not stand still for
 * that. Nobody else sees what the thread makes before it is done, and from then on it is the main
 * loop's alone: json-glib counts the references of arrays and objects without care for threads.
 */

struct _MullionFrameJob
{
  int ref_count; /* atomic: the owner's and the thread's */

  MullionFrame *frame;
  MullionByteMeter *meter;
  MullionPortQuota *quota; /* (nullable) */
  GSource *source; /* tells the owner */

  GMutex lock;
  GCond is_done_cond;
  gboolean is_done;
  MullionFrameContent content; /* of the thread until it is done */
  GError *error;
};

gboolean
mullion_frame_content_read (MullionFrameContent  *self,
                            const MullionFrame   *frame,
                            MullionByteMeter     *meter,
                            MullionPortQuota     *quota,
                            GError              **error)
{
  g_autoptr(GBytes) side = NULL;
  g_autoptr(GBytes) counted = NULL;

  *self = (MullionFrameContent) { NULL };
  self->body = mullion_json_read (frame->body, frame->header.length, MULLION_WIRE_MAX_DEPTH, error);
  if (self->body == NULL)
    {
      g_prefix_error (error, "A frame of kind %u holds no JSON: ", frame->header.kind);
      return FALSE;
    }

  if (frame->header.side_length == 0 && frame->header.n_ports == 0)
    return TRUE;

  self->ports = quota != NULL ? mullion_frame_ports_new (frame) : NULL;
  side = mullion_frame_dup_side (frame, error);
  if (side != NULL)
    counted = mullion_byte_meter_count (meter, side, error);
  if (counted != NULL)
    self->hold = mullion_byte_store_receive (self->body, counted, self->ports, quota, error);

  return self->hold != NULL;
}

void
mullion_frame_content_clear (MullionFrameContent *self)
{
  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->hold, mullion_byte_hold_unref);
  g_clear_pointer (&self->ports, mullion_frame_ports_unref);
}

static void
unref_job (MullionFrameJob *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;

  mullion_frame_content_clear (&self->content);
  g_clear_error (&self->error);
  mullion_frame_unref (self->frame);
  mullion_byte_meter_unref (self->meter);
  g_clear_pointer (&self->quota, mullion_port_quota_unref);
  g_source_unref (self->source);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->is_done_cond);
  g_free (self);
}

static void
read_in_thread (gpointer data,
                gpointer nothing)
{
  MullionFrameJob *self = data;
  GError *error = NULL;

  mullion_frame_content_read (&self->content, self->frame, self->meter, self->quota, &error);

  g_mutex_lock (&self->lock);
  self->error = error;
  self->is_done = TRUE;
  g_cond_signal (&self->is_done_cond);
  g_mutex_unlock (&self->lock);

  /* It has been destroyed when nobody waits any more. */
  g_source_set_ready_time (self->source, 0);
  unref_job (self);
}

/* One thread a processor: more would only take turns. */
static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (read_in_thread, NULL, g_get_num_processors (),
                                                 FALSE, NULL));
  return pool;
}

MullionFrameJob *
mullion_frame_job_new (const MullionFrame *frame,
                       MullionByteMeter   *meter,
                       MullionPortQuota   *quota,
                       MullionTurn        *turn,
                       int                 priority,
                       GSourceFunc         done,
                       gpointer            user_data)
{
  MullionFrameJob *self = g_new0 (MullionFrameJob, 1);

  self->ref_count = 2;
  self->frame = mullion_frame_ref (frame);
  self->meter = mullion_byte_meter_ref (meter);
  self->quota = quota != NULL ? mullion_port_quota_ref (quota) : NULL;
  g_mutex_init (&self->lock);
  g_cond_init (&self->is_done_cond);

  self->source = mullion_turn_add_source (turn, "[mullion] large frame", priority, done, user_data);
  g_thread_pool_push (get_pool (), self, NULL);

  return self;
}

const MullionFrame *
mullion_frame_job_get_frame (MullionFrameJob *self)
{
  return self->frame;
}

gboolean
mullion_frame_job_wait (MullionFrameJob *self,
                        gint64           end)
{
  gboolean is_done;

  g_mutex_lock (&self->lock);
  while (!self->is_done && g_cond_wait_until (&self->is_done_cond, &self->lock, end))
    ;
  is_done = self->is_done;
  g_mutex_unlock (&self->lock);

  return is_done;
}

gboolean
mullion_frame_job_steal (MullionFrameJob      *self,
                         MullionFrameContent  *content,
                         GError              **error)
{
  *content = self->content;
  self->content = (MullionFrameContent) { NULL };
  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

void
mullion_frame_job_free (MullionFrameJob *self)
{
  g_source_destroy (self->source);
  unref_job (self);
}
