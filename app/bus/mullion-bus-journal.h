/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The jobs of a local bus, in a file. */
typedef struct _MullionBusJournal MullionBusJournal;

typedef void (*MullionBusJournalFunc) (const char *queue,
                                       const char *id,
                                       JsonNode   *value,
                                       gpointer    user_data);

/* (nullable): tells of the jobs that are left in the file, in their order. */
MullionBusJournal *mullion_bus_journal_open   (const char             *path,
                                               MullionBusJournalFunc   func,
                                               gpointer                user_data,
                                               GError                **error);
void               mullion_bus_journal_close  (MullionBusJournal      *self);
gboolean           mullion_bus_journal_add    (MullionBusJournal      *self,
                                               const char             *queue,
                                               const char             *id,
                                               JsonNode               *value,
                                               GError                **error);
void               mullion_bus_journal_remove (MullionBusJournal      *self,
                                               const char             *id);

G_END_DECLS
