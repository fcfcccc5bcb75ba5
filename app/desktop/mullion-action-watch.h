/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* A document that hears of one action. */
typedef struct _MullionActionWatch MullionActionWatch;
typedef void (*MullionActionWatchGone) (gpointer            user_data,
                                        MullionActionWatch *watch);

/* Where documents hear, whichever action it is: its name, and how it is, or null when gone. */
#define MULLION_ACTION_EVENTS "mullion:action.event"

/* @shared_name: what the document calls the action @action of @group. @gone is called once, with
 * @user_data, when the document is. */
MullionActionWatch *mullion_action_watch_new  (MullionWebFrameMain    *frame,
                                               GActionGroup           *group,
                                               const char             *action,
                                               const char             *shared_name,
                                               MullionActionWatchGone  gone,
                                               gpointer                user_data);
void                mullion_action_watch_free (MullionActionWatch  *self);
gboolean            mullion_action_watch_is_of (MullionActionWatch  *self,
                                                MullionWebFrameMain *frame);
/* The document hears that the action is gone. */
void                mullion_action_watch_end  (MullionActionWatch  *self);

/* (transfer full): { enabled, state, parameterType }, null where there is no such action */
JsonNode           *mullion_action_describe   (GActionGroup        *group,
                                               const char          *action);

G_END_DECLS
