/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "process-fixture.h"

#include "mullion-bus-error.h"
#include "mullion-bus-job.h"
#include "mullion-message-bus.h"

/* What a bus told. */
typedef struct
{
  MullionMessageBus *bus;
  GPtrArray *heard;  /* "topic json" */
  GPtrArray *jobs;   /* of MullionBusJob */
  GPtrArray *errors; /* of GError */
  GPtrArray *topics; /* that it was told to be subscribed to, in order */
  guint n_connects;
  guint n_disconnects;
  gboolean acknowledges; /* each job, at once */
} Member;

/* Takes @bus. It is not opened. */
void     join          (Member            *member,
                        MullionMessageBus *bus);
void     leave         (Member            *member);
void     connect_bus   (Member            *member);
void     publish       (Member            *member,
                        const char        *topic,
                        const char        *json);
/* Pushes a job, and counts it in @n_taken when it was taken. */
void     push          (Member            *member,
                        const char        *queue,
                        gint64             number,
                        guint             *n_taken);
/* Publishes and pushes in one turn of the loop, more than may wait of either: nothing that is taken is
 * forgotten. */
void     overfill      (Member            *member,
                        const char        *queue);
gint64   get_number    (MullionBusJob     *job);
/* How often a bus was told that it is subscribed to a topic. */
guint    count_topic   (Member            *member,
                        const char        *topic);

#define assert_heard(member, index, message) \
  G_STMT_START { \
    wait_until ((member)->heard->len > (index)); \
    g_assert_cmpstr ((member)->heard->pdata[index], ==, message); \
  } G_STMT_END

#define assert_bus_error(member, index, error_code, text) \
  G_STMT_START { \
    wait_until ((member)->errors->len > (index)); \
    g_assert_error ((GError *) (member)->errors->pdata[index], MULLION_BUS_ERROR, error_code); \
    g_assert_nonnull (strstr (((GError *) (member)->errors->pdata[index])->message, text)); \
  } G_STMT_END
