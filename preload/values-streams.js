// SPDX-License-Identifier: LGPL-2.1-or-later

// The streams of a message, on their way beside the JSON: the message names each by the place of its
// socket among those of its frame. As with a transfer, a stream that is sent is locked here.

'use strict';

const { Error, TypeError } = require('./primordials');
const { isReadable, isWritable } = require('./streams');
const { ReadableStreamGetLocked, WritableStreamGetLocked } = require('./streams-platform');
const { checked, malformed } = require('./values-check');

let streams = [];

/** Forgets what was gathered for a message that is not sent. */
function forgetStreams() {
  if (streams.length > 0) {
    streams = [];
  }
}

/**
 * Gets the streams of the message that was written last, in the order of their places.
 *
 * @returns {Array<ReadableStream|WritableStream>|null} null if it has none.
 */
function takeStreams() {
  const taken = streams;
  forgetStreams();
  return taken.length === 0 ? null : taken;
}

/** Tells how the kind of a stream is called: ReadableStream, WritableStream, or undefined. */
function kindOfStream(object) {
  if (isReadable(object)) {
    return 'ReadableStream';
  }
  return isWritable(object) ? 'WritableStream' : undefined;
}

function put(writer, type, stream, isLocked) {
  if (isLocked) {
    throw new TypeError('A stream that is locked cannot be sent');
  }
  writer.put('{"$mullion":"' + type + '","port":' + streams.length + '}');
  streams[streams.length] = stream;
}

function read(reader, tag, id) {
  if (reader.streams === null) {
    throw new Error('A stream did not come with its message');
  }
  const stream = reader.streams(checked(tag, 'port', 'number'), tag.$mullion);
  if (stream === undefined) {
    throw malformed(tag);
  }
  return reader.named(stream, id);
}

const WRITERS = {
  __proto__: null,
  ReadableStream: (writer, stream) =>
    put(writer, 'readable', stream, ReadableStreamGetLocked(stream)),
  WritableStream: (writer, stream) =>
    put(writer, 'writable', stream, WritableStreamGetLocked(stream)),
};

const READERS = { __proto__: null, readable: read, writable: read };

module.exports = { READERS, WRITERS, forgetStreams, kindOfStream, takeStreams };
