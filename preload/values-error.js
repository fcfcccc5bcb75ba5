// SPDX-License-Identifier: LGPL-2.1-or-later

// Errors and DOMExceptions as tags, after the structured clone of the HTML Standard: of an error go
// its name, if it is one of the seven of the language, its own message, its stack and its own
// cause. An AggregateError is an Error like any other there, and loses what it gathered.

'use strict';

const {
  Error,
  ObjectGetOwnPropertyDescriptor,
  ObjectHasOwn,
  RangeError,
  String,
  SyntaxError,
  TypeError,
} = require('./primordials');
const { DOMException, EvalError, ReferenceError, URIError, getter } = require('./platform');
const { checked, checkedText, define, malformed } = require('./values-check');
const { quote } = require('./values-text');

/** The classes of errors that arrive as what they were, by their names. */
const ERROR_CLASSES = {
  __proto__: null,
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

const getExceptionMessage = getter(DOMException, 'message');
const getExceptionName = getter(DOMException, 'name');

function isException(error) {
  try {
    getExceptionName(error);
    return true;
  } catch {
    return false;
  }
}

// The descriptor of an own value. What an accessor would say is no part of an error.
function ownValue(error, key) {
  const found = ObjectGetOwnPropertyDescriptor(error, key);
  return found !== undefined && ObjectHasOwn(found, 'value') ? found : undefined;
}

function writeError(writer, error, level) {
  const { name } = error;
  const message = ownValue(error, 'message');
  const stack = ownValue(error, 'stack');
  const cause = ownValue(error, 'cause');
  const isKnown = typeof name === 'string' && ERROR_CLASSES[name] !== undefined;
  writer.put('{"$mullion":"error","name":"' + (isKnown ? name : 'Error') + '"');
  if (message !== undefined) {
    writer.put(',"message":' + quote(String(message.value)));
  }
  if (stack !== undefined && typeof stack.value === 'string') {
    writer.put(',"stack":' + quote(stack.value));
  }
  if (cause !== undefined) {
    writer.put(',"cause":');
    writer.value(cause.value, level + 1);
  }
  writer.put('}');
}

function readError(reader, tag, id) {
  const Class = ERROR_CLASSES[checked(tag, 'name', 'string')];
  if (Class === undefined) {
    throw malformed(tag);
  }
  const error = reader.named(ObjectHasOwn(tag, 'message')
    ? new Class(checkedText(reader, tag, 'message'))
    : new Class(), id);
  const stack = ObjectHasOwn(tag, 'stack') ? checkedText(reader, tag, 'stack') : '';
  define(error, 'stack', stack, false);
  if (ObjectHasOwn(tag, 'cause')) {
    define(error, 'cause', reader.value(tag.cause), false);
  }
  return error;
}

function writeException(writer, exception) {
  writer.put('{"$mullion":"exception","name":' + quote(getExceptionName(exception)) +
    ',"message":' + quote(getExceptionMessage(exception)) + '}');
}

const readException = (reader, tag, id) => reader.named(
  new DOMException(checkedText(reader, tag, 'message'), checkedText(reader, tag, 'name')), id);

module.exports = {
  ERROR_CLASSES, isException, readError, readException, writeError, writeException,
};
