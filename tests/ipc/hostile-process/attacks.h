/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-wire.h"

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

typedef struct _Attacker Attacker;

typedef void (*AttackFunc) (Attacker *self);

/* Who holds the attacker's end of a channel. */
struct _Attacker
{
  int fd;
  char *url;
  AttackFunc attack;
  guint64 last_document;
};

AttackFunc attack_find (const char *name);

/* Bytes on the wire; FALSE when main has ended the channel. */
gboolean   attacker_write          (Attacker                 *self,
                                    const void               *data,
                                    gsize                     length);
gboolean   attacker_send           (Attacker                 *self,
                                    guint16                   kind,
                                    guint64                   document,
                                    guint64                   id,
                                    const char               *body);
/* With @n_fds times @fd. */
gboolean   attacker_send_with_fds  (Attacker                 *self,
                                    const MullionFrameHeader *header,
                                    const char               *body,
                                    int                       fd,
                                    guint                     n_fds);
/* Reads and forgets whatever main says, in a thread of its own. */
void       attacker_listen         (Attacker                 *self);
/* A document like that of the page, whose number is returned. */
guint64    attacker_begin_document (Attacker                 *self);
void       attacker_say_done       (Attacker                 *self,
                                    guint64                   document);

G_END_DECLS
