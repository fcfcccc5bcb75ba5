/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-v8-reader-private.h"

#include "mullion-json-measure.h"
#include "mullion-json-number.h"
#include "mullion-message-error.h"
#include "mullion-v8-bigint.h"
#include "mullion-v8-format.h"
#include "mullion-value.h"

#include <math.h>
#include <string.h>

/*
 * What V8 serializes: its bytes, and the values that are no objects.
 *
 * The other end may be any program: no length is believed beyond the bytes that are there, and all
 * that is made of them is paid for before.
 */

/* -- Bytes -- */

gpointer
mullion_v8_fail (MullionV8Reader *self,
                 int              code,
                 const char      *text)
{
  if (self->error == NULL)
    self->error = g_error_new (MULLION_MESSAGE_ERROR, code, "Byte %" G_GSIZE_FORMAT ": %s",
                               (gsize) (self->at - self->start), text);
  return NULL;
}

gpointer
mullion_v8_fail_syntax (MullionV8Reader *self,
                        const char      *text)
{
  return mullion_v8_fail (self, MULLION_MESSAGE_ERROR_SYNTAX, text);
}

gboolean
mullion_v8_charge (MullionV8Reader *self,
                   gsize            memory)
{
  self->memory += memory;
  if (self->memory > MULLION_JSON_MAX_MEMORY)
    mullion_v8_fail (self, MULLION_MESSAGE_ERROR_UNSUPPORTED, "the values would take too much memory");

  return self->error == NULL;
}

/* (nullable) */
const guint8 *
mullion_v8_take (MullionV8Reader *self,
                 gsize            length)
{
  const guint8 *bytes = self->at;

  if (length > (gsize) (self->end - self->at))
    return mullion_v8_fail_syntax (self, "it ends too early");

  self->at += length;
  return mullion_v8_charge (self, length) ? bytes : NULL;
}

/* 0 with an error. */
guint32
mullion_v8_read_number (MullionV8Reader *self)
{
  guint64 number = 0;

  for (guint shift = 0; shift < 35; shift += 7)
    {
      const guint8 *byte = mullion_v8_take (self, 1);

      if (byte == NULL)
        return 0;

      number |= (guint64) (*byte & 0x7f) << shift;
      if ((*byte & 0x80) == 0)
        {
          if (number <= G_MAXUINT32)
            return (guint32) number;
          break;
        }
    }

  mullion_v8_fail_syntax (self, "a number has more than 32 bits");
  return 0;
}

double
mullion_v8_read_double (MullionV8Reader *self)
{
  const guint8 *bytes = mullion_v8_take (self, sizeof (double));
  double number = 0;

  if (bytes != NULL)
    memcpy (&number, bytes, sizeof number);

  return number;
}

/* 0 at the end, which is no tag. */
guint8
mullion_v8_peek_tag (MullionV8Reader *self)
{
  while (self->at < self->end && *self->at == V8_PADDING)
    self->at++;

  return self->at < self->end ? *self->at : 0;
}

guint8
mullion_v8_take_tag (MullionV8Reader *self)
{
  guint8 tag = mullion_v8_peek_tag (self);

  if (tag == 0)
    mullion_v8_fail_syntax (self, "it ends too early");
  else
    self->at++;

  return tag;
}

double
mullion_v8_read_any_number (MullionV8Reader *self,
                            guint8           tag)
{
  guint32 number;

  if (tag == V8_DOUBLE)
    return mullion_v8_read_double (self);

  number = mullion_v8_read_number (self);
  return tag == V8_UINT32 ? (double) number
                          : (double) ((gint64) (number >> 1) ^ -(gint64) (number & 1));
}

/* Its lowest bit is the sign, and the others are how many bytes follow. */
JsonNode *
mullion_v8_read_bigint (MullionV8Reader *self,
                        guint8           tag)
{
  guint32 head = mullion_v8_read_number (self);
  const guint8 *bytes = self->error == NULL ? mullion_v8_take (self, head >> 1) : NULL;
  g_autofree char *digits = NULL;

  if (bytes == NULL)
    return NULL;

  digits = mullion_v8_bigint_read (bytes, head >> 1, (head & 1) != 0, &self->effort);
  if (digits == NULL)
    return mullion_v8_fail (self, MULLION_MESSAGE_ERROR_UNSUPPORTED,
                            "a BigInt has too many digits, or all of them have");

  mullion_v8_charge (self, MULLION_V8_COST_OF_OBJECT + strlen (digits));
  return mullion_value_new_bigint (digits);
}

static JsonNode *
make_latin1 (const guint8 *bytes,
             gsize         length)
{
  g_autoptr(GString) text = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    g_string_append_unichar (text, bytes[i]);

  return mullion_value_new_string (text->str, (gssize) text->len);
}

static JsonNode *
make_utf16 (const guint8 *bytes,
            gsize         length)
{
  g_autofree guint16 *units = g_malloc (length + 1);

  memcpy (units, bytes, length);
  return mullion_value_new_utf16 (units, length / 2);
}

/* A text may have a U+0000 in it, which is still UTF-8. */
static gboolean
is_utf8 (const guint8 *bytes,
         gsize         length)
{
  const char *at = (const char *) bytes;
  const char *end = at + length;

  while (!g_utf8_validate (at, end - at, &at))
    if (*at++ != '\0')
      return FALSE;

  return TRUE;
}

JsonNode *
mullion_v8_read_string (MullionV8Reader *self,
                        guint8           tag)
{
  gboolean is_text = tag == V8_LATIN1 || tag == V8_UTF16 || tag == V8_UTF8;
  guint32 length = is_text ? mullion_v8_read_number (self) : 0;
  const guint8 *bytes;

  if (!is_text)
    return mullion_v8_fail_syntax (self, "a text is expected");

  bytes = self->error == NULL ? mullion_v8_take (self, length) : NULL;
  if (bytes == NULL || !mullion_v8_charge (self, MULLION_V8_COST_OF_VALUE + 2 * (gsize) length))
    return NULL;

  if (tag == V8_LATIN1)
    return make_latin1 (bytes, length);
  if (tag == V8_UTF16)
    return length % 2 == 0 ? make_utf16 (bytes, length)
                           : mullion_v8_fail_syntax (self, "half a character");
  if (!is_utf8 (bytes, length))
    return mullion_v8_fail (self, MULLION_MESSAGE_ERROR_ENCODING, "a text is no UTF-8");

  return mullion_value_new_string ((const char *) bytes, length);
}

/* (nullable) (transfer full): a text that comes next. */
JsonNode *
mullion_v8_read_text (MullionV8Reader *self)
{
  guint8 tag = mullion_v8_take_tag (self);

  return self->error == NULL ? mullion_v8_read_string (self, tag) : NULL;
}

/* (nullable) (transfer full): the name of a member, which may be a number. */
JsonNode *
mullion_v8_read_key (MullionV8Reader *self)
{
  guint8 tag = mullion_v8_take_tag (self);
  g_autoptr(GString) text = NULL;
  double number;

  if (self->error != NULL)
    return NULL;

  if (tag != V8_INT32 && tag != V8_UINT32 && tag != V8_DOUBLE)
    return mullion_v8_read_string (self, tag);

  text = g_string_new (NULL);
  number = mullion_v8_read_any_number (self, tag);
  if (!isfinite (number))
    return mullion_v8_fail_syntax (self, "a member has no name");

  if (fabs (number) < 1e15 && number == (double) (gint64) number)
    mullion_json_number_write_integer (text, (gint64) number);
  else
    mullion_json_number_write_real (text, number);
  mullion_v8_charge (self, MULLION_V8_COST_OF_VALUE);
  return json_node_init_string (json_node_alloc (), text->str);
}
