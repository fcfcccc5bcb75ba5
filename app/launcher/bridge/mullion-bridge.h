/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* What pages reach through the launcher beside its capabilities: the programs and the topics that the
 * manifest names, each on a channel of its own, to which a page posts a port. */
#define MULLION_BRIDGE_PROGRAM "mullion:program."
#define MULLION_BRIDGE_TOPIC   "mullion:topic."

typedef struct _MullionProgramBridge MullionProgramBridge;
typedef struct _MullionTopicBridge MullionTopicBridge;

/* @programs: (transfer none): name → GStrv, what is run. @folder: where. The app outlives it. */
MullionProgramBridge *mullion_program_bridge_new  (MullionApp           *app,
                                                   GHashTable           *programs,
                                                   const char           *folder);
/* Ends all programs. */
void                  mullion_program_bridge_free (MullionProgramBridge *self);

/* @topics: (transfer none): names. @bus: what the local bus is called, or where a Redis server is */
MullionTopicBridge   *mullion_topic_bridge_new    (MullionApp           *app,
                                                   const char *const    *topics,
                                                   const char           *bus);
void                  mullion_topic_bridge_free   (MullionTopicBridge   *self);

/* For the two of them: a message on a port, { "type": …, "NAME": value }. */
gboolean              mullion_bridge_tell         (MullionMessagePortMain *port,
                                                   const char             *type,
                                                   const char             *name,
                                                   JsonNode               *value,
                                                   GError                **error);
/* The port that came with an event, (nullable) (transfer full). */
MullionMessagePortMain *mullion_bridge_take_port  (MullionIpcMainEvent    *event);
/* (nullable) (transfer full): a member that is a text, of @value, (nullable), if that is an object */
char                 *mullion_bridge_dup_text     (JsonNode               *value,
                                                   const char             *name);

G_END_DECLS
