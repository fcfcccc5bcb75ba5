/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/**
 * MullionValueKind:
 * @MULLION_VALUE_INVALID: no value of JavaScript: a page that is hostile said something malformed
 * @MULLION_VALUE_UNDEFINED: `undefined`
 * @MULLION_VALUE_NULL: `null`
 * @MULLION_VALUE_BOOLEAN: `true` or `false`, as JSON-GLib has it
 * @MULLION_VALUE_NUMBER: a number; see [func@value_get_number]
 * @MULLION_VALUE_BIGINT: a BigInt; see [func@value_get_bigint]
 * @MULLION_VALUE_STRING: a string; see [func@value_dup_string]
 * @MULLION_VALUE_ARRAY: an array; see [func@value_get_array]
 * @MULLION_VALUE_OBJECT: a plain object; see [func@value_get_member]
 * @MULLION_VALUE_DATE: a Date; see [func@value_get_date]
 * @MULLION_VALUE_REGEXP: a RegExp; see [func@value_dup_regexp]
 * @MULLION_VALUE_ERROR: an Error or one of its kin; see [func@value_dup_error_message]
 * @MULLION_VALUE_EXCEPTION: a DOMException, which is read like an Error
 * @MULLION_VALUE_BOXED: a primitive in an object; see [func@value_get_boxed]
 * @MULLION_VALUE_MAP: a Map; see [func@value_get_map]
 * @MULLION_VALUE_SET: a Set; see [func@value_get_set]
 * @MULLION_VALUE_BUFFER: an ArrayBuffer
 * @MULLION_VALUE_VIEW: a typed array or DataView; see [func@value_get_view]
 * @MULLION_VALUE_BLOB: a Blob; see [func@value_get_blob]
 * @MULLION_VALUE_FILE: a File, which is read like a Blob; see [func@value_dup_file_name]
 * @MULLION_VALUE_FILE_LIST: a FileList; see [func@value_get_file_list]
 * @MULLION_VALUE_IMAGE_DATA: an ImageData; see [func@value_get_image_data]
 * @MULLION_VALUE_GEOMETRY: a DOMPoint, DOMRect, DOMMatrix …; see [func@value_dup_geometry]
 * @MULLION_VALUE_READABLE_STREAM: a ReadableStream; see [func@value_get_input_stream]
 * @MULLION_VALUE_WRITABLE_STREAM: a WritableStream; see [func@value_get_output_stream]
 * @MULLION_VALUE_REFERENCE: an object that stands elsewhere too; see [func@value_resolve]
 *
 * What a value of a message is in JavaScript.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_VALUE_INVALID,
  MULLION_VALUE_UNDEFINED,
  MULLION_VALUE_NULL,
  MULLION_VALUE_BOOLEAN,
  MULLION_VALUE_NUMBER,
  MULLION_VALUE_BIGINT,
  MULLION_VALUE_STRING,
  MULLION_VALUE_ARRAY,
  MULLION_VALUE_OBJECT,
  MULLION_VALUE_DATE,
  MULLION_VALUE_REGEXP,
  MULLION_VALUE_ERROR,
  MULLION_VALUE_EXCEPTION,
  MULLION_VALUE_BOXED,
  MULLION_VALUE_MAP,
  MULLION_VALUE_SET,
  MULLION_VALUE_BUFFER,
  MULLION_VALUE_VIEW,
  MULLION_VALUE_BLOB,
  MULLION_VALUE_FILE,
  MULLION_VALUE_FILE_LIST,
  MULLION_VALUE_IMAGE_DATA,
  MULLION_VALUE_GEOMETRY,
  MULLION_VALUE_READABLE_STREAM,
  MULLION_VALUE_WRITABLE_STREAM,
  MULLION_VALUE_REFERENCE,
} MullionValueKind;

/* Any value: mullion-value.c */
MULLION_AVAILABLE_IN_ALL
MullionValueKind mullion_value_get_kind             (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_resolve              (JsonNode    *value,
                                                     JsonNode    *argument);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_to_json              (JsonNode    *value,
                                                     GError     **error);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_from_json        (JsonNode    *json);

/* Primitives: mullion-value-primitives.c */
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_undefined        (void);
MULLION_AVAILABLE_IN_ALL
gboolean         mullion_value_get_number           (JsonNode    *value,
                                                     double      *number);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_number           (double       number);
MULLION_AVAILABLE_IN_ALL
const char      *mullion_value_get_bigint           (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
gboolean         mullion_value_get_bigint_int64     (JsonNode    *value,
                                                     gint64      *number);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_bigint           (const char  *digits);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_bigint_int64     (gint64       number);
MULLION_AVAILABLE_IN_ALL
char            *mullion_value_dup_string           (JsonNode    *value,
                                                     gsize       *length);
MULLION_AVAILABLE_IN_ALL
guint16         *mullion_value_dup_utf16            (JsonNode    *value,
                                                     gsize       *length);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_string           (const char  *text,
                                                     gssize       length);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_utf16            (const guint16 *units,
                                                     gsize        length);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_get_boxed            (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_boxed            (JsonNode    *primitive);

/* Objects of the language: mullion-value-objects.c */
MULLION_AVAILABLE_IN_ALL
JsonArray       *mullion_value_get_array            (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonArray       *mullion_value_get_sparse_array     (JsonNode    *value,
                                                     guint       *length);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_get_member           (JsonNode    *value,
                                                     const char  *name);
MULLION_AVAILABLE_IN_ALL
JsonArray       *mullion_value_get_map              (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_map              (JsonArray   *entries);
MULLION_AVAILABLE_IN_ALL
JsonArray       *mullion_value_get_set              (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_set              (JsonArray   *values);
MULLION_AVAILABLE_IN_ALL
gboolean         mullion_value_get_date             (JsonNode    *value,
                                                     double      *milliseconds);
MULLION_AVAILABLE_IN_ALL
GDateTime       *mullion_value_dup_date_time        (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_date             (double       milliseconds);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_date_time        (GDateTime   *date_time);
MULLION_AVAILABLE_IN_ALL
char            *mullion_value_dup_regexp           (JsonNode    *value,
                                                     const char **flags);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_regexp           (const char  *source,
                                                     const char  *flags);
MULLION_AVAILABLE_IN_ALL
char            *mullion_value_dup_error_name       (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
char            *mullion_value_dup_error_message    (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
char            *mullion_value_dup_error_stack      (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_get_error_cause      (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_error            (const char  *name,
                                                     const char  *message,
                                                     JsonNode    *cause);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_exception        (const char  *name,
                                                     const char  *message);

/* Bytes: mullion-value-bytes.c */
MULLION_AVAILABLE_IN_ALL
GBytes          *mullion_value_dup_bytes            (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_array_buffer     (GBytes      *bytes);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_bytes            (GBytes      *bytes);

/* Streams: mullion-value-streams.c */
MULLION_AVAILABLE_IN_ALL
GInputStream    *mullion_value_get_input_stream     (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_input_stream     (GInputStream *stream);
MULLION_AVAILABLE_IN_ALL
GOutputStream   *mullion_value_get_output_stream    (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_output_stream    (GOutputStream *stream);

/* Objects of the web platform: mullion-value-platform.c */
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_get_view             (JsonNode    *value,
                                                     const char **type,
                                                     gsize       *offset,
                                                     gsize       *length);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_view             (const char  *type,
                                                     gsize        offset,
                                                     gsize        length,
                                                     JsonNode    *buffer);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_get_blob             (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
char            *mullion_value_dup_blob_type        (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_blob             (JsonNode    *buffer,
                                                     const char  *type);
MULLION_AVAILABLE_IN_ALL
char            *mullion_value_dup_file_name        (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
gboolean         mullion_value_get_file_time        (JsonNode    *value,
                                                     double      *milliseconds);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_file             (JsonNode    *buffer,
                                                     const char  *name,
                                                     const char  *type,
                                                     double       milliseconds);
MULLION_AVAILABLE_IN_ALL
JsonArray       *mullion_value_get_file_list        (JsonNode    *value);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_get_image_data       (JsonNode    *value,
                                                     guint       *width,
                                                     guint       *height);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_image_data       (JsonNode    *buffer,
                                                     guint        width,
                                                     guint        height);
MULLION_AVAILABLE_IN_ALL
double          *mullion_value_dup_geometry         (JsonNode    *value,
                                                     const char **type,
                                                     gsize       *n_numbers);
MULLION_AVAILABLE_IN_ALL
JsonNode        *mullion_value_new_geometry         (const char  *type,
                                                     const double *numbers,
                                                     gsize        n_numbers);

G_END_DECLS
