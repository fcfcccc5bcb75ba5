/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the main process and the web processes agree on.
 *
 * A page has one channel: a socket pair whose ends live in the main process and in the page's web
 * process. Frames travel on it, both ways and in order: a fixed header, then `length` bytes of
 * JSON, then the side area. Both ends are the same build on the same machine, so numbers are in
 * native order.
 *
 * The side area holds what JSON cannot: the bytes of binary values and of long texts, one after
 * another, each at a multiple of eight. The JSON names them by offset and size. A large area does not
 * go through the socket: it is a sealed memfd. Ports are sockets of their own. The memfd, if there
 * is one, and then the ports come as file descriptors in one message with the frame's first byte.
 */

/* Raised with every change of a frame's form. Sent along with the socket, so that a library and an
 * extension of different ages part with a message and not with nonsense. */
#define MULLION_WIRE_VERSION 7

/* What a web process is told when it starts: the name of the preload world. */
#define MULLION_RENDERER_DATA_TYPE "(s)"

/* The message of the web page that carries the socket to its view; its parameter is the version. */
#define MULLION_WIRE_CHANNEL_MESSAGE "mullion-channel"

typedef struct
{
  guint32 length;      /* bytes of JSON that follow */
  guint16 kind;        /* a MullionFrameKind */
  guint8 flags;        /* MullionFrameFlags */
  guint8 n_ports;      /* sockets that come with the frame */
  guint64 document;    /* which document of the page speaks, or is spoken to; 0 for the page */
  guint64 id;          /* what a synchronous call or an evaluation and its answer share; else 0 */
  guint64 side_length; /* bytes of the side area */
} MullionFrameHeader;

G_STATIC_ASSERT (sizeof (MullionFrameHeader) == 32);

typedef enum
{
  MULLION_FRAME_SIDE_IN_MEMFD = 1 << 0, /* the side area comes as a file descriptor */
} MullionFrameFlags;

typedef enum
{
  /* From a web process. A document is announced before it speaks and never spoken to after its
   * end. Its number is never used again on that channel. */
  MULLION_FRAME_DOCUMENT_CREATED = 1, /* { frame, url, origin, isMainFrame } */
  MULLION_FRAME_DOCUMENT_READY = 2,   /* {}: its preload has run, it listens from now on */
  MULLION_FRAME_DOCUMENT_GONE = 3,    /* {} */
  MULLION_FRAME_DOM_READY = 4,        /* {} */
  MULLION_FRAME_MESSAGES = 5,         /* [ message, … ] */
  MULLION_FRAME_MESSAGES_SYNC = 6,    /* the same; the sender waits for SYNC_REPLY with its id */
  MULLION_FRAME_PRELOAD_ERROR = 7,    /* { path, message } */
  MULLION_FRAME_CONSOLE = 8,          /* { level, text, line, source } */

  /* From the main process. */
  MULLION_FRAME_CONFIGURE = 32,  /* what documents are made with: mullion-page-config.c */
  MULLION_FRAME_DELIVER = 33,    /* [ message, … ] */
  MULLION_FRAME_SYNC_REPLY = 34, /* [ message ] */
  MULLION_FRAME_EVALUATE = 35,   /* { code }: to run in the page's world; answered by RESULT */

  /* On a socket that is a port. */
  MULLION_FRAME_PORT_MESSAGE = 64, /* [ message ], with the frame's ports */

  /* On the socket of a stream, from the end that writes. The body is empty but for an ERROR. */
  MULLION_FRAME_STREAM_DATA = 96,  /* the side area, as much as the reader gave credit for at most */
  MULLION_FRAME_STREAM_END = 97,   /* nothing more comes */
  MULLION_FRAME_STREAM_ERROR = 98, /* { message, name, domain, code }: nothing more comes */

  /* The same, from the end that reads. The body is empty but for a CANCEL. */
  MULLION_FRAME_STREAM_CREDIT = 99,  /* id: so many bytes more may come */
  MULLION_FRAME_STREAM_DONE = 100,   /* everything was taken, the END too */
  MULLION_FRAME_STREAM_CANCEL = 101, /* as ERROR: nothing more is wanted */
} MullionFrameKind;

/* A message is `[ kind, id, channel, arguments ]`, or `[ kind, id, channel, arguments, ports ]`: the
 * places of its ports among those of the frame. Only POST_MESSAGE and DELIVERED have ports. */
typedef enum
{
  /* From a page. */
  MULLION_MESSAGE_SEND = 1,
  MULLION_MESSAGE_INVOKE = 2,       /* id: of the call, answered by REPLY or REPLY_ERROR */
  MULLION_MESSAGE_SEND_SYNC = 3,    /* id: of the call; the last one of a MESSAGES_SYNC frame */
  MULLION_MESSAGE_POST_MESSAGE = 4, /* arguments: [ message ] */
  MULLION_MESSAGE_SEND_TO = 5,      /* id: of the web contents that shall receive it */
  MULLION_MESSAGE_RESULT = 6,       /* id: of EVALUATE; "" and [ value ], or "error" and [ text ] */
  MULLION_MESSAGE_CONTROL = 7,      /* channel: one of our own names, never an app's */
  MULLION_MESSAGE_CONTROL_SYNC = 8, /* the same, answered like SEND_SYNC */
  MULLION_MESSAGE_ABORT = 9,        /* id: of the call that the page does not wait for any more */
  MULLION_MESSAGE_ANSWER = 10,      /* id: of ASK; "" and [ value ]; "error" (it threw), "clone" (it
                                     * cannot be sent) and [ text ]; "missing" (no handler), [] */

  /* To a page. */
  MULLION_MESSAGE_DELIVERED = 1,   /* id: of the web contents that sent it, 0 for us */
  MULLION_MESSAGE_REPLY = 2,       /* id: of the call; arguments: [ value ], or [] for undefined */
  MULLION_MESSAGE_REPLY_ERROR = 3, /* id: of the call; arguments: [ text ] or, of a GError,
                                    * [ text, domain, code ] or [ text, domain, code, details ] */
  MULLION_MESSAGE_ASK = 4,         /* id: of the question; answered by ANSWER */
  MULLION_MESSAGE_CANCEL = 5,      /* id: of the question that nobody waits for any more */
  MULLION_MESSAGE_REFUSED = 6,     /* arguments: [ text ]: why what the page sent reached nobody */
} MullionMessageKind;

/* A frame may not be longer than this. The sender refuses with an error that the caller sees, the
 * reader takes a longer one for an attack and ends the channel. */
#define MULLION_WIRE_MAX_LENGTH (128u * 1024 * 1024)

/* A side area may not be as large as this, which every length of JavaScript can say. */
#define MULLION_WIRE_MAX_SIDE ((guint64) 1024 * 1024 * 1024)

/* Up to this size a side area goes through the socket: making and mapping a memfd costs more. */
#define MULLION_WIRE_MAX_INLINE_SIDE (64u * 1024)

/* Where binary values begin in the side area: at multiples of this. */
#define MULLION_WIRE_SIDE_ALIGNMENT 8

/* What one frame may carry; the kernel passes 253 file descriptors at once. */
#define MULLION_WIRE_MAX_PORTS 200

/* Ports that came from a page and that the main process still holds. A page that brings more is cut
 * off: it would use up the file descriptors that all pages share. */
#define MULLION_WIRE_MAX_HELD_PORTS 256

/* What a reader of a stream may have given credit for and not got. It is all the memory that a
 * stream takes, whoever is slow. */
#define MULLION_STREAM_WINDOW (4u * 1024 * 1024)

/* Bytes of one DATA frame: enough that its cost does not count, and a small part of the window. */
#define MULLION_STREAM_MAX_CHUNK (512u * 1024)

/* The body of a frame on the socket of a stream: the text of an error. */
#define MULLION_STREAM_MAX_LENGTH (64u * 1024)

/* JSON nested deeper than this is refused by both sides, for each level costs stack somewhere. */
#define MULLION_WIRE_MAX_DEPTH 2000u

/* Ids are made in JavaScript and must stay exact in a double. */
#define MULLION_WIRE_MAX_ID ((gint64) 1 << 53)

G_END_DECLS
