/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-splitter.h"

#include <string.h>

/*
 * MullionMessageSplitter: bytes as they come to messages as they were sent.
 *
 * Lives in the main process; the other end may be any program. Memory grows with the bytes that
 * came and never with a length that was only announced. A message over the limit is skipped without
 * being kept, and the next one is found again: behind the next mark, or behind the length.
 */

#define READ_SIZE (64u * 1024)

/* A large message gives its memory back when the next one is small. */
#define KEPT_SIZE (1024u * 1024)

#define LENGTH_SIZE sizeof (guint32)

struct _MullionMessageSplitter
{
  MullionFraming framing;
  char mark; /* behind each message, here called a line; or 0 */
  gsize max_size;

  char *buffer;
  gsize capacity;
  gsize start;   /* of what was not handed out */
  gsize scanned; /* the end of a line is not between start and here */
  gsize end;

  gboolean skips_line;
  gsize to_skip; /* of a message with a length */
};

char
mullion_message_splitter_get_mark (MullionFraming framing)
{
  switch (framing)
    {
    case MULLION_FRAMING_LINES:
      return '\n';
    case MULLION_FRAMING_FORM_FEED:
      return '\f';
    case MULLION_FRAMING_LENGTH:
    default:
      return '\0';
    }
}

MullionMessageSplitter *
mullion_message_splitter_new (MullionFraming framing)
{
  MullionMessageSplitter *self = g_new0 (MullionMessageSplitter, 1);

  self->framing = framing;
  self->mark = mullion_message_splitter_get_mark (framing);
  self->max_size = MULLION_MESSAGE_STREAM_MAX_SIZE;

  return self;
}

void
mullion_message_splitter_free (MullionMessageSplitter *self)
{
  g_free (self->buffer);
  g_free (self);
}

void
mullion_message_splitter_set_max_size (MullionMessageSplitter *self,
                                       gsize                   max_size)
{
  self->max_size = max_size;
}

static void
compact (MullionMessageSplitter *self)
{
  if (self->start == 0)
    return;

  memmove (self->buffer, self->buffer + self->start, self->end - self->start);
  self->end -= self->start;
  self->scanned -= self->start;
  self->start = 0;
}

void *
mullion_message_splitter_prepare (MullionMessageSplitter *self,
                                  gsize                  *room)
{
  gsize wanted;

  compact (self);
  wanted = self->end + READ_SIZE;

  if (self->capacity < wanted)
    wanted = MAX (wanted, self->capacity + self->capacity / 2);
  else if (self->capacity <= KEPT_SIZE || self->end > 0)
    wanted = self->capacity;

  if (self->capacity != wanted)
    {
      self->buffer = g_realloc (self->buffer, wanted);
      self->capacity = wanted;
    }

  *room = self->capacity - self->end;
  return self->buffer + self->end;
}

void
mullion_message_splitter_commit (MullionMessageSplitter *self,
                                 gsize                   n_bytes)
{
  g_assert (n_bytes <= self->capacity - self->end);

  self->end += n_bytes;
}

static void
drop_all (MullionMessageSplitter *self)
{
  self->start = self->scanned = self->end = 0;
}

/* Takes the next line, without its end. FALSE if there is no whole one. */
static gboolean
take_line (MullionMessageSplitter  *self,
           const char             **data,
           gsize                   *length)
{
  const char *mark = NULL;

  if (self->end > self->scanned)
    mark = memchr (self->buffer + self->scanned, self->mark, self->end - self->scanned);

  if (mark == NULL)
    {
      self->scanned = self->end;
      return FALSE;
    }

  *data = self->buffer + self->start;
  *length = (gsize) (mark - *data);
  self->start = self->scanned = (gsize) (mark + 1 - self->buffer);
  return TRUE;
}

static gboolean
is_blank (const char *data,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (data[i]))
      return FALSE;

  return TRUE;
}

static MullionSplit
next_line (MullionMessageSplitter  *self,
           const char             **data,
           gsize                   *length)
{
  while (take_line (self, data, length))
    {
      gboolean is_rest = self->skips_line;

      self->skips_line = FALSE;
      if (is_rest || is_blank (*data, *length))
        continue;

      return *length > self->max_size ? MULLION_SPLIT_TOO_LARGE : MULLION_SPLIT_MESSAGE;
    }

  if (self->skips_line)
    drop_all (self);
  else if (self->end - self->start > self->max_size)
    {
      self->skips_line = TRUE;
      drop_all (self);
      return MULLION_SPLIT_TOO_LARGE;
    }

  return MULLION_SPLIT_NOTHING;
}

static gsize
read_length (MullionMessageSplitter *self)
{
  guint32 length;

  memcpy (&length, self->buffer + self->start, LENGTH_SIZE);

  return self->framing == MULLION_FRAMING_BIG_ENDIAN ? GUINT32_FROM_BE (length) : length;
}

static void
skip (MullionMessageSplitter *self)
{
  gsize n = MIN (self->to_skip, self->end - self->start);

  self->start += n;
  self->to_skip -= n;
}

static MullionSplit
next_with_length (MullionMessageSplitter  *self,
                  const char             **data,
                  gsize                   *length)
{
  skip (self);
  if (self->to_skip > 0 || self->end - self->start < LENGTH_SIZE)
    return MULLION_SPLIT_NOTHING;

  *length = read_length (self);
  if (*length > self->max_size)
    {
      self->start += LENGTH_SIZE;
      self->to_skip = *length;
      return MULLION_SPLIT_TOO_LARGE;
    }

  if (self->end - self->start - LENGTH_SIZE < *length)
    return MULLION_SPLIT_NOTHING;

  *data = self->buffer + self->start + LENGTH_SIZE;
  self->start += LENGTH_SIZE + *length;
  return MULLION_SPLIT_MESSAGE;
}

MullionSplit
mullion_message_splitter_next (MullionMessageSplitter  *self,
                               const char             **data,
                               gsize                   *length)
{
  MullionSplit split;

  if (self->mark != '\0')
    return next_line (self, data, length);

  split = next_with_length (self, data, length);
  self->scanned = self->start;
  return split;
}

gsize
mullion_message_splitter_count_rest (MullionMessageSplitter *self)
{
  if (self->skips_line || self->to_skip > 0)
    return 1;

  if (self->mark != '\0' &&
      is_blank (self->buffer + self->start, self->end - self->start))
    return 0;

  return self->end - self->start;
}
