/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

#include "mullion-app-private.h"
#include "mullion-grants-private.h"

/* What the pages of MullionWebContents may say, and how it is told that one said more. */

/**
 * mullion_web_contents_get_grants:
 * @self: web contents
 *
 * Gets what [method@WebContents.set_grants] or the option `grants` of the window's `webPreferences`
 * set.
 *
 * Returns: (transfer none) (nullable): which channels the pages of these contents may use, %NULL when
 *   the app decides that
 *
 * Since: 0.1
 */
MullionGrants *
mullion_web_contents_get_grants (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);

  return self->grants;
}

/**
 * mullion_web_contents_set_grants:
 * @self: web contents
 * @grants: (nullable): grants, %NULL to leave it to [method@App.set_grants]
 *
 * Sets which channels the pages of these contents may use.
 *
 * Since: 0.1
 */
void
mullion_web_contents_set_grants (MullionWebContents *self,
                                 MullionGrants      *grants)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (grants == NULL || MULLION_IS_GRANTS (grants));

  g_set_object (&self->grants, grants);
  mullion_grants_begin_epoch ();
  mullion_web_contents_configure (self);
}

MullionGrants *
mullion_web_contents_get_grants_in_force (MullionWebContents *self)
{
  return self->grants != NULL ? self->grants : mullion_app_get_grants (self->app);
}

gboolean
mullion_web_contents_deny (MullionWebContents  *self,
                           MullionWebFrameMain *frame,
                           const char          *method,
                           const char          *channel,
                           const char          *reason)
{
  gboolean was_told = mullion_denials_warn (&self->denials, self->id, method, reason);

  g_signal_emit_by_name (self, "denied", frame, channel);

  return was_told;
}

void
mullion_web_contents_complain (MullionWebContents *self,
                               const char         *text)
{
  mullion_denials_complain (&self->complaints, self->id, text);
}
