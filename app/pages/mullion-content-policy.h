/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A Content-Security-Policy, read the way a browser reads it. */
typedef struct _MullionContentPolicy MullionContentPolicy;

MullionContentPolicy *mullion_content_policy_new             (const char                 *text);
void                  mullion_content_policy_free            (MullionContentPolicy       *self);

/* (transfer full): what is weak about it, a sentence each; empty for a strict policy. */
GStrv                 mullion_content_policy_list_weaknesses (const MullionContentPolicy *self);

/* Whether a page of @origin that has this policy may have a frame that shows @uri. Paths of
 * sources are not looked at: the answer is TRUE rather too often. */
gboolean              mullion_content_policy_may_frame       (const MullionContentPolicy *self,
                                                              const char                 *origin,
                                                              const char                 *uri);

/* (transfer full): @text with @source in those of @directives that it has. */
char                 *mullion_content_policy_add_source      (const char                 *text,
                                                              const char *const          *directives,
                                                              const char                 *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionContentPolicy, mullion_content_policy_free)

G_END_DECLS
