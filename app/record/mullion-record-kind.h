/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-wire.h"

G_BEGIN_DECLS

/* By which numbers a message and its answer find each other: each of these counts for itself. */
typedef enum
{
  MULLION_RECORD_LINK_NONE,
  MULLION_RECORD_LINK_CALL,       /* invoke */
  MULLION_RECORD_LINK_SYNC,       /* sendSync */
  MULLION_RECORD_LINK_QUESTION,   /* what the main process asks */
  MULLION_RECORD_LINK_EVALUATION, /* executeJavaScript */
} MullionRecordLink;

/* Of a script that is to run in the page, which is a frame and no message. */
#define MULLION_RECORD_EVALUATE ((MullionMessageKind) 0)

/* The channel under which scripts and their results stand in a recording. */
#define MULLION_RECORD_EVALUATE_CHANNEL "executeJavaScript"

/* What a kind of message is called in a recording. */
typedef struct
{
  const char *name;
  gboolean is_from_page;
  MullionMessageKind kind;
  gboolean is_sync;
  MullionRecordLink link;
  gboolean begins; /* what has the link; else it ends that */
} MullionRecordKind;

/* (nullable) */
const MullionRecordKind *mullion_record_kind_find   (gboolean            is_from_page,
                                                     MullionMessageKind  kind,
                                                     gboolean            is_sync);
const MullionRecordKind *mullion_record_kind_lookup (gboolean            is_from_page,
                                                     const char         *name);

/* What else there is in a recording: what becomes of pages and documents. */
typedef struct
{
  const char *name;
  MullionFrameKind frame;
} MullionRecordEvent;

#define MULLION_RECORD_PAGE_GONE "page-gone"
#define MULLION_RECORD_END "end"

const MullionRecordEvent *mullion_record_event_find   (MullionFrameKind  frame);
const MullionRecordEvent *mullion_record_event_lookup (const char       *name);

G_END_DECLS
