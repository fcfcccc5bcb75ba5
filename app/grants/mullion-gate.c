/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-gate.h"

#include "mullion-app-private.h"
#include "mullion-grants-private.h"
#include "mullion-web-contents-private.h"
#include "mullion-web-frame-main-private.h"

/*
 * The gate: may this document use this channel?
 *
 * Lives in the main process and decides for every message of every page, so the answer is made once
 * for a document and looked up from then on. Who the document is was said by WebKit when it began.
 * All that can change the answer begins a new epoch, which is one number to compare.
 *
 * Security: this is the one place where that is decided. Whatever a page may say, a new kind of
 * message too, comes through here by the table in mullion-message-router.c.
 */

static MullionGrantFrames
get_kind (MullionWebFrameMain *frame)
{
  return frame->is_main_frame ? MULLION_GRANT_MAIN_FRAME : MULLION_GRANT_SUB_FRAMES;
}

static void
look_up (MullionGate         *self,
         MullionWebFrameMain *frame,
         MullionWebContents  *contents)
{
  MullionApp *app = mullion_web_contents_get_app (contents);
  MullionGrants *grants = mullion_web_contents_get_grants_in_force (contents);
  gboolean is_own = g_str_equal (frame->origin, mullion_app_get_origin (app));
  gboolean is_listed = mullion_app_is_origin_allowed (app, frame->origin);
  /* Who got the preload script keeps it: it is no crime to have spoken when the app changed its mind. */
  gboolean had_bridge = self->has_bridge;

  mullion_gate_clear (self);
  self->epoch = mullion_grants_get_epoch ();
  self->has_bridge = had_bridge || is_listed;
  if (grants == NULL)
    {
      self->may_say_all = is_listed && frame->is_main_frame;
      return;
    }

  self->has_bridge |= mullion_grants_name (grants, frame->origin, get_kind (frame));
  self->channels = mullion_grants_compile (grants, frame->origin, is_own, get_kind (frame));
}

/* Returns: (nullable): NULL when the document is gone */
static MullionGate *
get_gate (MullionWebFrameMain *frame)
{
  MullionWebContents *contents = mullion_web_frame_main_get_web_contents (frame);

  if (contents == NULL)
    return NULL;
  if (frame->gate.epoch != mullion_grants_get_epoch ())
    look_up (&frame->gate, frame, contents);

  return &frame->gate;
}

gboolean
mullion_gate_has_bridge (MullionWebFrameMain *frame)
{
  MullionGate *self = get_gate (frame);

  return self != NULL && self->has_bridge;
}

static void
record (MullionGrants       *audit,
        MullionApp          *app,
        MullionWebFrameMain *frame,
        const char          *channel)
{
  gboolean is_own = g_str_equal (frame->origin, mullion_app_get_origin (app));

  mullion_grants_record (audit, channel, is_own ? NULL : frame->origin, get_kind (frame));
}

gboolean
mullion_gate_is_open (MullionWebFrameMain *frame,
                      const char          *channel)
{
  MullionGate *self = get_gate (frame);
  MullionApp *app;
  MullionGrants *audit;

  if (self == NULL || !self->has_bridge)
    return FALSE;

  app = mullion_web_contents_get_app (mullion_page_host_get_contents (frame->host));
  audit = mullion_app_get_private (app)->audit;
  if (audit != NULL)
    {
      record (audit, app, frame, channel);
      return TRUE;
    }

  return self->may_say_all ||
         (self->channels != NULL && mullion_channel_set_has (self->channels, channel));
}

void
mullion_gate_clear (MullionGate *self)
{
  g_clear_pointer (&self->channels, mullion_channel_set_free);
  *self = (MullionGate) { 0 };
}
