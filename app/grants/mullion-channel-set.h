/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The names of channels, some by patterns, for one question: is this one among them? */
typedef struct _MullionChannelSet MullionChannelSet;

MullionChannelSet *mullion_channel_set_new        (void);
void               mullion_channel_set_free       (MullionChannelSet *self);
void               mullion_channel_set_add        (MullionChannelSet *self,
                                                   const char        *pattern);
gboolean           mullion_channel_set_has        (MullionChannelSet *self,
                                                   const char        *channel);

/* Whether @text is a name, or has one `*` that stands for any text. */
gboolean           mullion_channel_set_is_pattern (const char        *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionChannelSet, mullion_channel_set_free)

G_END_DECLS
