/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-record-kind.h"

/*
 * The names that kinds of messages have in a recording.
 *
 * The numbers of the wire may change with its version; a recording is read by a later build too.
 */

static const MullionRecordKind kinds[] = {
  { "send", TRUE, MULLION_MESSAGE_SEND, FALSE },
  { "invoke", TRUE, MULLION_MESSAGE_INVOKE, FALSE, MULLION_RECORD_LINK_CALL, TRUE },
  { "send-sync", TRUE, MULLION_MESSAGE_SEND_SYNC, TRUE, MULLION_RECORD_LINK_SYNC, TRUE },
  { "post-message", TRUE, MULLION_MESSAGE_POST_MESSAGE, FALSE },
  { "send-to", TRUE, MULLION_MESSAGE_SEND_TO, FALSE },
  { "result", TRUE, MULLION_MESSAGE_RESULT, FALSE, MULLION_RECORD_LINK_EVALUATION, FALSE },
  { "control", TRUE, MULLION_MESSAGE_CONTROL, FALSE },
  { "control-sync", TRUE, MULLION_MESSAGE_CONTROL_SYNC, TRUE, MULLION_RECORD_LINK_SYNC, TRUE },
  { "abort", TRUE, MULLION_MESSAGE_ABORT, FALSE, MULLION_RECORD_LINK_CALL, FALSE },
  { "answer", TRUE, MULLION_MESSAGE_ANSWER, FALSE, MULLION_RECORD_LINK_QUESTION, FALSE },

  { "message", FALSE, MULLION_MESSAGE_DELIVERED, FALSE },
  { "reply", FALSE, MULLION_MESSAGE_REPLY, FALSE, MULLION_RECORD_LINK_CALL, FALSE },
  { "reply-error", FALSE, MULLION_MESSAGE_REPLY_ERROR, FALSE, MULLION_RECORD_LINK_CALL, FALSE },
  { "ask", FALSE, MULLION_MESSAGE_ASK, FALSE, MULLION_RECORD_LINK_QUESTION, TRUE },
  { "cancel", FALSE, MULLION_MESSAGE_CANCEL, FALSE, MULLION_RECORD_LINK_QUESTION, FALSE },
  { "refused", FALSE, MULLION_MESSAGE_REFUSED, FALSE },
  { "sync-reply", FALSE, MULLION_MESSAGE_REPLY, TRUE, MULLION_RECORD_LINK_SYNC, FALSE },
  { "sync-reply-error", FALSE, MULLION_MESSAGE_REPLY_ERROR, TRUE, MULLION_RECORD_LINK_SYNC, FALSE },
  { "evaluate", FALSE, MULLION_RECORD_EVALUATE, FALSE, MULLION_RECORD_LINK_EVALUATION, TRUE },
};

/* What a page prints on its console is no message, and stays out. */
static const MullionRecordEvent events[] = {
  { "document-created", MULLION_FRAME_DOCUMENT_CREATED },
  { "document-ready", MULLION_FRAME_DOCUMENT_READY },
  { "document-gone", MULLION_FRAME_DOCUMENT_GONE },
  { "dom-ready", MULLION_FRAME_DOM_READY },
};

const MullionRecordKind *
mullion_record_kind_find (gboolean           is_from_page,
                          MullionMessageKind kind,
                          gboolean           is_sync)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].is_from_page == is_from_page && kinds[i].kind == kind &&
        kinds[i].is_sync == is_sync)
      return &kinds[i];

  return NULL;
}

const MullionRecordKind *
mullion_record_kind_lookup (gboolean    is_from_page,
                            const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].is_from_page == is_from_page && g_strcmp0 (kinds[i].name, name) == 0)
      return &kinds[i];

  return NULL;
}

const MullionRecordEvent *
mullion_record_event_find (MullionFrameKind frame)
{
  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    if (events[i].frame == frame)
      return &events[i];

  return NULL;
}

const MullionRecordEvent *
mullion_record_event_lookup (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_strcmp0 (events[i].name, name) == 0)
      return &events[i];

  return NULL;
}
