/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-channel-set.h"

#include <string.h>

/*
 * MullionChannelSet: the names of channels that somebody may use, some of them by patterns.
 *
 * Lives in the main process. The patterns are the app's, the names that are looked up are a page's,
 * and every message is looked up: so names are found by their hash, and a pattern is the text before
 * and after its one `*`, which takes a name of any length no longer than its own.
 */

typedef struct
{
  char *prefix;
  char *suffix;
  gsize prefix_length;
  gsize suffix_length;
} Pattern;

struct _MullionChannelSet
{
  gboolean has_all; /* for `*` alone */
  GHashTable *names;
  GArray *patterns;
};

static void
clear_pattern (gpointer data)
{
  Pattern *pattern = data;

  g_free (pattern->prefix);
  g_free (pattern->suffix);
}

MullionChannelSet *
mullion_channel_set_new (void)
{
  MullionChannelSet *self = g_new0 (MullionChannelSet, 1);

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->patterns = g_array_new (FALSE, FALSE, sizeof (Pattern));
  g_array_set_clear_func (self->patterns, clear_pattern);

  return self;
}

void
mullion_channel_set_free (MullionChannelSet *self)
{
  g_hash_table_unref (self->names);
  g_array_unref (self->patterns);
  g_free (self);
}

gboolean
mullion_channel_set_is_pattern (const char *text)
{
  const char *star = strchr (text, '*');

  return *text != '\0' && (star == NULL || strchr (star + 1, '*') == NULL);
}

void
mullion_channel_set_add (MullionChannelSet *self,
                         const char        *pattern)
{
  const char *star = strchr (pattern, '*');
  Pattern parts;

  if (star == NULL)
    {
      g_hash_table_add (self->names, g_strdup (pattern));
      return;
    }

  parts.prefix_length = star - pattern;
  parts.suffix_length = strlen (star + 1);
  parts.prefix = g_strndup (pattern, parts.prefix_length);
  parts.suffix = g_strdup (star + 1);
  self->has_all |= parts.prefix_length + parts.suffix_length == 0;
  g_array_append_val (self->patterns, parts);
}

static gboolean
matches (const Pattern *pattern,
         const char    *channel,
         gsize          length)
{
  return length >= pattern->prefix_length + pattern->suffix_length &&
         memcmp (channel, pattern->prefix, pattern->prefix_length) == 0 &&
         memcmp (channel + length - pattern->suffix_length, pattern->suffix,
                 pattern->suffix_length) == 0;
}

gboolean
mullion_channel_set_has (MullionChannelSet *self,
                         const char        *channel)
{
  gsize length;

  if (self->has_all || g_hash_table_contains (self->names, channel))
    return TRUE;

  length = self->patterns->len > 0 ? strlen (channel) : 0;
  for (guint i = 0; i < self->patterns->len; i++)
    if (matches (&g_array_index (self->patterns, Pattern, i), channel, length))
      return TRUE;

  return FALSE;
}
