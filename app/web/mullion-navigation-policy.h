/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* Decides where the frames of web contents may go. */
typedef struct _MullionNavigationPolicy MullionNavigationPolicy;

MullionNavigationPolicy *mullion_navigation_policy_new        (MullionWebContents      *contents);
void                     mullion_navigation_policy_free       (MullionNavigationPolicy *self);

/* The app itself has begun to load @uri: this is no navigation of a page. */
void                     mullion_navigation_policy_expect     (MullionNavigationPolicy *self,
                                                               const char              *uri);
/* It stopped doing so. */
void                     mullion_navigation_policy_forget     (MullionNavigationPolicy *self);

/* The view is a window that the page of @opener was allowed to open for @uri. It begins on an empty
 * page, which belongs where its opener does. */
void                     mullion_navigation_policy_open       (MullionNavigationPolicy *self,
                                                               MullionNavigationPolicy *opener,
                                                               const char              *uri);
/* (nullable): why no page ever gets to @uri by itself, whatever handlers say */
const char              *mullion_navigation_policy_explain_never (MullionNavigationPolicy *self,
                                                                  const char              *uri);

/* The view asks whether a frame may begin to load something, or show what came.
 * Returns: whether @decision was made */
gboolean                 mullion_navigation_policy_decide     (MullionNavigationPolicy  *self,
                                                               WebKitPolicyDecision     *decision,
                                                               WebKitPolicyDecisionType  type);

/* The main frame shows another document. */
void                     mullion_navigation_policy_committed  (MullionNavigationPolicy *self);
/* Whether a document of @origin can be in the main frame, or in another one, of WebKit's page @page_id,
 * by what is known here and not by what the web process says. */
gboolean                 mullion_navigation_policy_may_hold   (MullionNavigationPolicy *self,
                                                               guint64                  page_id,
                                                               const char              *origin,
                                                               gboolean                 is_main_frame);
/* The load of @uri has ended without a document. Returns: whether that was our doing */
gboolean                 mullion_navigation_policy_failed     (MullionNavigationPolicy *self,
                                                               const char              *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionNavigationPolicy, mullion_navigation_policy_free)

G_END_DECLS
