/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-content-policy.h"

#include <string.h>

/*
 * MullionContentPolicy: what a Content-Security-Policy says, as far as the main process asks.
 *
 * WebKit enforces the policy. The main process reads it for two reasons: to tell the author of an
 * app what is weak about it, and to know which addresses a page can have in a frame at all. The
 * text is the author's and trusted; it is read leniently, as browsers do.
 */

struct _MullionContentPolicy
{
  GHashTable *directives; /* name in lower case → GStrv of sources */
};

static GStrv
split_words (const char *text)
{
  g_auto(GStrv) pieces = g_strsplit_set (text, " \t\r\n\f", -1);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  for (gsize i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != '\0')
      g_strv_builder_add (words, pieces[i]);

  return g_strv_builder_end (words);
}

/* Of a directive that is given twice, the first one counts. */
static void
add_directive (MullionContentPolicy *self,
               const char           *text)
{
  g_auto(GStrv) words = split_words (text);
  g_autofree char *name = words[0] != NULL ? g_ascii_strdown (words[0], -1) : NULL;

  if (name != NULL && !g_hash_table_contains (self->directives, name))
    {
      GStrv sources = g_strdupv (words + 1);

      g_hash_table_insert (self->directives, g_steal_pointer (&name), sources);
    }
}

MullionContentPolicy *
mullion_content_policy_new (const char *text)
{
  MullionContentPolicy *self = g_new0 (MullionContentPolicy, 1);
  g_auto(GStrv) parts = g_strsplit (text, ";", -1);

  self->directives = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_strfreev);
  for (gsize i = 0; parts[i] != NULL; i++)
    add_directive (self, parts[i]);

  return self;
}

void
mullion_content_policy_free (MullionContentPolicy *self)
{
  g_hash_table_unref (self->directives);
  g_free (self);
}

/* Returns: (nullable): the sources of the first directive of @names that is given */
static GStrv
find_sources (const MullionContentPolicy *self,
              const char *const          *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      GStrv sources = g_hash_table_lookup (self->directives, names[i]);

      if (sources != NULL)
        return sources;
    }

  return NULL;
}

static gboolean
has_source (GStrv       sources,
            const char *source)
{
  for (gsize i = 0; sources != NULL && sources[i] != NULL; i++)
    if (g_ascii_strcasecmp (sources[i], source) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_prefix (GStrv       sources,
            const char *prefix)
{
  for (gsize i = 0; sources != NULL && sources[i] != NULL; i++)
    if (g_ascii_strncasecmp (sources[i], prefix, strlen (prefix)) == 0)
      return TRUE;

  return FALSE;
}

/* -- What is weak -- */

static gboolean
is_local_host (const char *host)
{
  return g_str_has_prefix (host, "localhost") || g_str_has_prefix (host, "127.0.0.1") ||
         g_str_has_prefix (host, "[::1]");
}

/* What is wrong with one source of scripts, or NULL. */
static const char *
judge_script_source (const char *source)
{
  gsize length = strlen (source);

  if (g_ascii_strcasecmp (source, "'unsafe-eval'") == 0)
    return "turns text into code";
  if (g_ascii_strcasecmp (source, "'unsafe-hashes'") == 0)
    return "lets markup have event handlers";
  if (source[0] != '\'' && source[length - 1] == ':')
    return "lets any address of that scheme be a script";
  if (strchr (source, '*') != NULL)
    return "lets scripts come from hosts that nobody named";
  if (g_ascii_strncasecmp (source, "http://", 7) == 0 && !is_local_host (source + 7))
    return "lets scripts come over a line that anybody can write on";

  return NULL;
}

static void
judge_scripts (const MullionContentPolicy *self,
               GStrvBuilder               *weaknesses)
{
  static const char *const script[] = { "script-src", "default-src", NULL };
  static const char *const finer[] = { "script-src-elem", "script-src-attr", "worker-src" };
  GStrv sources = find_sources (self, script);
  GPtrArray *lists = g_ptr_array_new ();

  if (sources == NULL)
    g_strv_builder_add (weaknesses,
                        "neither script-src nor default-src says where scripts may come from");
  else
    g_ptr_array_add (lists, sources);
  for (gsize i = 0; i < G_N_ELEMENTS (finer); i++)
    if ((sources = g_hash_table_lookup (self->directives, finer[i])) != NULL)
      g_ptr_array_add (lists, sources);

  for (guint i = 0; i < lists->len; i++)
    {
      sources = lists->pdata[i];

      /* A browser that knows nonces and hashes takes no notice of 'unsafe-inline' beside them. */
      if (has_source (sources, "'unsafe-inline'") && !has_prefix (sources, "'nonce-") &&
          !has_prefix (sources, "'sha"))
        g_strv_builder_add (weaknesses, "'unsafe-inline' for scripts lets injected markup run");

      for (gsize j = 0; sources[j] != NULL; j++)
        {
          const char *judgement = judge_script_source (sources[j]);
          g_autofree char *text =
            judgement != NULL ? g_strdup_printf ("%s for scripts %s", sources[j], judgement) : NULL;

          if (text != NULL)
            g_strv_builder_add (weaknesses, text);
        }
    }
  g_ptr_array_unref (lists);
}

/* What a page can reach, it can also tell what it knows. */
static void
judge_wildcards (const MullionContentPolicy *self,
                 GStrvBuilder               *weaknesses)
{
  static const char *const names[] = {
    "default-src", "connect-src", "frame-src", "child-src", "object-src", "form-action",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (has_source (g_hash_table_lookup (self->directives, names[i]), "*"))
      {
        g_autofree char *text = g_strdup_printf ("%s * lets a page reach every host", names[i]);

        g_strv_builder_add (weaknesses, text);
      }
}

GStrv
mullion_content_policy_list_weaknesses (const MullionContentPolicy *self)
{
  static const char *const object[] = { "object-src", "default-src", NULL };
  g_autoptr(GStrvBuilder) weaknesses = g_strv_builder_new ();

  if (g_hash_table_size (self->directives) == 0)
    {
      g_strv_builder_add (weaknesses, "there is none: injected markup can run scripts and reach "
                                      "the bridge");
      return g_strv_builder_end (weaknesses);
    }

  judge_scripts (self, weaknesses);
  judge_wildcards (self, weaknesses);
  if (find_sources (self, object) == NULL)
    g_strv_builder_add (weaknesses, "neither object-src nor default-src restricts <object>");

  return g_strv_builder_end (weaknesses);
}

/* -- More of it -- */

/* Of a directive that is given twice, WebKit looks at the first: both get it. */
char *
mullion_content_policy_add_source (const char         *text,
                                   const char *const  *directives,
                                   const char         *source)
{
  g_auto(GStrv) parts = g_strsplit (text, ";", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      g_auto(GStrv) words = split_words (parts[i]);
      g_autofree char *name = words[0] != NULL ? g_ascii_strdown (words[0], -1) : NULL;
      char *old = parts[i];

      if (name == NULL || !g_strv_contains (directives, name))
        continue;
      parts[i] = g_strconcat (g_strchomp (old), " ", source, NULL);
      g_free (old);
    }

  return g_strjoinv (";", parts);
}

/* -- Frames -- */

static gboolean
host_matches (const char *pattern,
              const char *host)
{
  if (g_str_equal (pattern, "*"))
    return TRUE;
  if (g_str_has_prefix (pattern, "*."))
    return g_str_has_suffix (host, pattern + 1);

  return g_ascii_strcasecmp (pattern, host) == 0;
}

/* scheme://host:port/path, of which all but the host may be missing. A source without a scheme is
 * for every scheme here: what a page is served by decides that, and app: is none that counts. */
static gboolean
host_source_matches (const char *source,
                     GUri       *uri)
{
  const char *rest = strstr (source, "://");
  g_autofree char *scheme = rest != NULL ? g_strndup (source, rest - source) : NULL;
  g_auto(GStrv) authority = NULL;
  char *colon;

  if (g_uri_get_host (uri) == NULL)
    return FALSE;
  if (scheme != NULL && g_ascii_strcasecmp (scheme, g_uri_get_scheme (uri)) != 0 &&
      !(g_ascii_strcasecmp (scheme, "http") == 0 &&
        g_str_equal (g_uri_get_scheme (uri), "https")))
    return FALSE;

  authority = g_strsplit (rest != NULL ? rest + 3 : source, "/", 2);
  colon = strrchr (authority[0], ':');
  if (colon != NULL && strchr (colon, ']') == NULL)
    {
      if (colon[1] != '*' && g_uri_get_port (uri) != -1 &&
          g_ascii_strtoll (colon + 1, NULL, 10) != g_uri_get_port (uri))
        return FALSE;
      *colon = '\0';
    }

  return host_matches (authority[0], g_uri_get_host (uri));
}

static gboolean
is_within (const char *origin,
           const char *uri)
{
  gsize length = strlen (origin);

  return strncmp (uri, origin, length) == 0 &&
         (uri[length] == '\0' || strchr ("/?#", uri[length]) != NULL);
}

static gboolean
source_matches (const char *source,
                const char *origin,
                const char *text,
                GUri       *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  gsize length = strlen (source);

  if (g_ascii_strcasecmp (source, "'self'") == 0)
    return is_within (origin, text);
  if (source[0] == '\'')
    return FALSE;
  if (g_str_equal (source, "*"))
    return g_str_equal (scheme, "http") || g_str_equal (scheme, "https") ||
           is_within (origin, text);
  if (source[length - 1] == ':')
    return strlen (scheme) == length - 1 && g_ascii_strncasecmp (scheme, source, length - 1) == 0;

  return host_source_matches (source, uri);
}

gboolean
mullion_content_policy_may_frame (const MullionContentPolicy *self,
                                  const char                 *origin,
                                  const char                 *uri)
{
  static const char *const frame[] = { "frame-src", "child-src", "default-src", NULL };
  static const char *const object[] = { "object-src", "default-src", NULL };
  GStrv lists[] = { find_sources (self, frame), find_sources (self, object) };
  g_autoptr(GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);

  if (parsed == NULL)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (lists[i] == NULL)
        return TRUE;
      for (gsize j = 0; lists[i][j] != NULL; j++)
        if (source_matches (lists[i][j], origin, uri, parsed))
          return TRUE;
    }

  return FALSE;
}
