/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* A job that the bus has not taken yet. */
typedef struct
{
  char *id;
  char *queue;
  JsonNode *value;
  gsize size; /* of its text, and what is said around it */
  GTask *task;
} MullionBusPush;

/* What is told to the server again when the connection broke. */
typedef struct _MullionBusLedger MullionBusLedger;

typedef void (*MullionBusPushFunc) (MullionBusPush *push,
                                    gpointer        user_data);
typedef void (*MullionBusJobFunc)  (const char     *queue,
                                    const char     *id,
                                    gpointer        user_data);

MullionBusLedger *mullion_bus_ledger_new              (void);
void              mullion_bus_ledger_free             (MullionBusLedger   *self);
/* What waits fails, and what is held is forgotten. */
void              mullion_bus_ledger_clear            (MullionBusLedger   *self);

/* Takes @task. (nullable) (transfer none): NULL if it cannot wait, which @task was told. */
MullionBusPush   *mullion_bus_ledger_add_push         (MullionBusLedger   *self,
                                                       const char         *queue,
                                                       JsonNode           *value,
                                                       GTask              *task);
/* Takes @error: (nullable). What is not known is left alone. */
void              mullion_bus_ledger_finish_push      (MullionBusLedger   *self,
                                                       const char         *id,
                                                       GError             *error);
void              mullion_bus_ledger_foreach_push     (MullionBusLedger   *self,
                                                       MullionBusPushFunc  func,
                                                       gpointer            user_data);

/* Whether a job that came is a new one. */
gboolean          mullion_bus_ledger_receive          (MullionBusLedger   *self,
                                                       const char         *queue,
                                                       const char         *id);
/* Whether it was this bus's. */
gboolean          mullion_bus_ledger_acknowledge      (MullionBusLedger   *self,
                                                       const char         *queue,
                                                       const char         *id);
/* The server knows that it is done. */
void              mullion_bus_ledger_confirm          (MullionBusLedger   *self,
                                                       const char         *queue,
                                                       const char         *id);
guint             mullion_bus_ledger_count_held       (MullionBusLedger   *self,
                                                       const char         *queue);
void              mullion_bus_ledger_foreach_held     (MullionBusLedger   *self,
                                                       MullionBusJobFunc   func,
                                                       gpointer            user_data);
/* Of those that are done and that the server may not know of. */
void              mullion_bus_ledger_foreach_done     (MullionBusLedger   *self,
                                                       MullionBusJobFunc   func,
                                                       gpointer            user_data);

G_END_DECLS
