/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The format of V8's ValueSerializer (src/objects/value-serializer.cc of its source), as Node.js has
 * it for its IPC channel: what a value begins with, and how long it may be. */

#define MULLION_V8_OLDEST_VERSION 13
#define MULLION_V8_VERSION 15

/* Decimal digits of a BigInt; to convert more takes too long. */
#define MULLION_V8_MAX_DIGITS 20000

enum
{
  V8_VERSION = 0xff,
  V8_PADDING = 0,
  V8_OBJECT_COUNT = '?',
  V8_HOLE = '-',
  V8_UNDEFINED = '_',
  V8_NULL = '0',
  V8_TRUE = 'T',
  V8_FALSE = 'F',
  V8_INT32 = 'I',
  V8_UINT32 = 'U',
  V8_DOUBLE = 'N',
  V8_BIGINT = 'Z',
  V8_UTF8 = 'S',
  V8_LATIN1 = '"',
  V8_UTF16 = 'c',
  V8_REFERENCE = '^',
  V8_OBJECT = 'o',
  V8_OBJECT_END = '{',
  V8_SPARSE_ARRAY = 'a',
  V8_SPARSE_ARRAY_END = '@',
  V8_DENSE_ARRAY = 'A',
  V8_DENSE_ARRAY_END = '$',
  V8_DATE = 'D',
  V8_BOXED_TRUE = 'y',
  V8_BOXED_FALSE = 'x',
  V8_BOXED_NUMBER = 'n',
  V8_BOXED_BIGINT = 'z',
  V8_BOXED_STRING = 's',
  V8_REGEXP = 'R',
  V8_MAP = ';',
  V8_MAP_END = ':',
  V8_SET = '\'',
  V8_SET_END = ',',
  V8_ARRAY_BUFFER = 'B',
  V8_HOST_OBJECT = '\\',
  V8_ERROR = 'r',
};

/* The members of an error. */
enum
{
  V8_ERROR_MESSAGE = 'm',
  V8_ERROR_CAUSE = 'c',
  V8_ERROR_STACK = 's',
  V8_ERROR_END = '.',
};

/* What begins a host object of Node.js: a view of bytes, or an object of its own that it copies. */
#define MULLION_V8_HOST_VIEW 0
#define MULLION_V8_HOST_COPY 1

typedef struct
{
  const char *name;
  guint32 value;
} MullionV8Name;

/* The class of a view by the number that Node.js gives it. A Buffer is one more, and no class of the
 * language. */
#define MULLION_V8_BUFFER 10
#define MULLION_V8_VIEWS \
  { \
    { "Int8Array", 0 }, { "Uint8Array", 1 }, { "Uint8ClampedArray", 2 }, { "Int16Array", 3 }, \
    { "Uint16Array", 4 }, { "Int32Array", 5 }, { "Uint32Array", 6 }, { "Float32Array", 7 }, \
    { "Float64Array", 8 }, { "DataView", 9 }, { "Uint8Array", MULLION_V8_BUFFER }, \
    { "BigInt64Array", 11 }, { "BigUint64Array", 12 }, \
  }

/* The class of an error by its tag. */
#define MULLION_V8_ERRORS \
  { \
    { "EvalError", 'E' }, { "RangeError", 'R' }, { "ReferenceError", 'F' }, { "SyntaxError", 'S' }, \
    { "TypeError", 'T' }, { "URIError", 'U' }, \
  }

/* The flags of a RegExp by their bits. */
#define MULLION_V8_FLAGS \
  { \
    { "d", 1 << 7 }, { "g", 1 << 0 }, { "i", 1 << 1 }, { "m", 1 << 2 }, { "s", 1 << 5 }, \
    { "u", 1 << 4 }, { "v", 1 << 8 }, { "y", 1 << 3 }, \
  }

G_END_DECLS
