/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-denials.h"

#include "mullion-shown-text.h"
#include "mullion-web-frame-main.h"

/*
 * How it is told that a page was denied a channel, or did something else that helps nobody.
 *
 * Lives in the main process. The name of the channel is the page's, and so is how often it asks.
 */

#define PERIOD (10 * G_TIME_SPAN_SECOND)
#define WARNINGS_A_PERIOD 5

char *
mullion_denials_describe (MullionWebFrameMain *frame,
                          const char          *channel)
{
  g_autofree char *shown = mullion_shown_text_dup (channel);

  return g_strdup_printf ("'%s' is not granted to %s of %s", shown,
                          mullion_web_frame_main_is_main_frame (frame) ? "the main frame"
                                                                       : "a sub-frame",
                          mullion_web_frame_main_get_origin (frame));
}

static gboolean
may_tell (MullionDenials *self,
          guint           contents_id)
{
  gint64 now = g_get_monotonic_time ();

  if (self->since == 0 || now - self->since > PERIOD)
    {
      if (self->n_silent > 0 && contents_id != 0)
        g_warning ("WebContents #%u: %u warnings more were left out", contents_id, self->n_silent);
      else if (self->n_silent > 0)
        g_warning ("%u warnings more were left out", self->n_silent);
      *self = (MullionDenials) { .since = now };
    }
  if (self->n_told < WARNINGS_A_PERIOD)
    {
      self->n_told++;
      return TRUE;
    }

  self->n_silent++;
  return FALSE;
}

gboolean
mullion_denials_warn (MullionDenials *self,
                      guint           contents_id,
                      const char     *method,
                      const char     *reason)
{
  gboolean may = may_tell (self, contents_id);

  if (may)
    g_warning ("WebContents #%u was denied %s: %s", contents_id, method, reason);

  return may;
}

void
mullion_denials_complain (MullionDenials *self,
                          guint           contents_id,
                          const char     *text)
{
  if (may_tell (self, contents_id))
    g_warning ("%s", text);
}
