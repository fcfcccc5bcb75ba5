/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-option-table.h"

#include <string.h>

/* The reader behind the window options and the web preferences.
 *
 * It lives in the main process. What it reads was written by the developer of
 * the app, in C or in a manifest, so a mistake is answered with a warning that
 * names the option, and never ends the program: the window opens with the
 * default instead. One table says everything there is to say about an option;
 * the tests hold the documentation against the same table.
 */

/* Names are compared up to this length; a longer one is no slip of the pen. */
#define NAME_LIMIT 40

static const char *const type_names[] = {
  [MULLION_OPTION_BOOLEAN] = "a boolean",
  [MULLION_OPTION_INTEGER] = "an integer",
  [MULLION_OPTION_NUMBER] = "a number",
  [MULLION_OPTION_STRING] = "a string",
  [MULLION_OPTION_STRINGS] = "an array of strings",
  [MULLION_OPTION_COLOR] = "a colour string",
  [MULLION_OPTION_OBJECT] = "an object",
  [MULLION_OPTION_ARRAY] = "an array",
  [MULLION_OPTION_ANY] = "a value",
};

static const char *
describe_node (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return "an object";
  if (JSON_NODE_HOLDS_ARRAY (node))
    return "an array";
  if (!JSON_NODE_HOLDS_VALUE (node))
    return "null";

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_BOOLEAN:
      return "a boolean";
    case G_TYPE_INT64:
      return "an integer";
    case G_TYPE_DOUBLE:
      return "a number";
    default:
      return "a string";
    }
}

static gboolean
node_holds (JsonNode *node,
            GType     type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
node_is_strings (JsonNode *node)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!node_holds (json_array_get_element (array, i), G_TYPE_STRING))
        return FALSE;
    }
  return TRUE;
}

static gboolean
node_is_integer (JsonNode *node)
{
  double value;

  if (node_holds (node, G_TYPE_INT64))
    return TRUE;
  if (!node_holds (node, G_TYPE_DOUBLE))
    return FALSE;

  /* JavaScript has one kind of number: 800.0 is as good as 800. The bounds keep
   * the conversion below defined. */
  value = json_node_get_double (node);
  return value >= G_MININT && value <= G_MAXINT && value == (double) (int) value;
}

static gboolean
node_fits (JsonNode          *node,
           MullionOptionType  type)
{
  switch (type)
    {
    case MULLION_OPTION_BOOLEAN:
      return node_holds (node, G_TYPE_BOOLEAN);
    case MULLION_OPTION_INTEGER:
      return node_is_integer (node);
    case MULLION_OPTION_NUMBER:
      return node_holds (node, G_TYPE_INT64) || node_holds (node, G_TYPE_DOUBLE);
    case MULLION_OPTION_STRING:
    case MULLION_OPTION_COLOR:
      return node_holds (node, G_TYPE_STRING);
    case MULLION_OPTION_STRINGS:
      return node_is_strings (node);
    case MULLION_OPTION_OBJECT:
      return JSON_NODE_HOLDS_OBJECT (node);
    case MULLION_OPTION_ARRAY:
      return JSON_NODE_HOLDS_ARRAY (node);
    case MULLION_OPTION_ANY:
    default:
      return TRUE;
    }
}

/* Electron writes the alpha of a hexadecimal colour first, CSS and GDK last. */
static gboolean
parse_alpha_first (const char *text,
                   GdkRGBA    *color)
{
  gsize digits = strlen (text + 1) / 4;
  g_autofree char *css = g_strdup_printf ("#%s%.*s", text + 1 + digits, (int) digits, text + 1);

  return gdk_rgba_parse (color, css);
}

/* Reads what Electron reads: #RGB, #ARGB, #RRGGBB, #AARRGGBB, rgb (), rgba (),
 * hsl (), hsla () and the names of CSS. */
gboolean
mullion_option_parse_color (const char *text,
                            GdkRGBA    *color)
{
  gsize length = strlen (text);

  if (text[0] != '#')
    return gdk_rgba_parse (color, text);
  if (strspn (text + 1, "0123456789abcdefABCDEF") != length - 1)
    return FALSE;
  if (length == 5 || length == 9)
    return parse_alpha_first (text, color);
  return (length == 4 || length == 7) && gdk_rgba_parse (color, text);
}

static char **
dup_strings (JsonArray *array)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

static void
store_number (const MullionOption *row,
              const char          *scope,
              JsonNode            *node,
              gpointer             member)
{
  double value = json_node_get_double (node);

  /* Written so that a NaN, which a C program can hand in, fails it too. */
  if (!(value >= row->minimum && value <= row->maximum))
    {
      g_warning ("%s \"%s\" must be from %g to %g, not %g: ignored",
                 scope, row->name, row->minimum, row->maximum, value);
      return;
    }

  if (row->type == MULLION_OPTION_INTEGER)
    *(int *) member = (int) value;
  else
    *(double *) member = value;
}

static void
store_color (const MullionOption *row,
             const char          *scope,
             JsonNode            *node,
             MullionOptionColor  *member)
{
  const char *text = json_node_get_string (node);

  if (mullion_option_parse_color (text, &member->rgba))
    member->is_set = TRUE;
  else
    g_warning ("%s \"%s\" is not a colour: \"%s\": ignored", scope, row->name, text);
}

static void
store (const MullionOption *row,
       const char          *scope,
       JsonNode            *node,
       gpointer             target)
{
  gpointer member = (char *) target + row->offset;

  switch (row->type)
    {
    case MULLION_OPTION_BOOLEAN:
      *(gboolean *) member = json_node_get_boolean (node);
      break;
    case MULLION_OPTION_INTEGER:
    case MULLION_OPTION_NUMBER:
      store_number (row, scope, node, member);
      break;
    case MULLION_OPTION_STRING:
      g_free (*(char **) member);
      *(char **) member = json_node_dup_string (node);
      break;
    case MULLION_OPTION_STRINGS:
      g_strfreev (*(char ***) member);
      *(char ***) member = dup_strings (json_node_get_array (node));
      break;
    case MULLION_OPTION_COLOR:
      store_color (row, scope, node, member);
      break;
    case MULLION_OPTION_OBJECT:
      g_clear_pointer ((JsonObject **) member, json_object_unref);
      *(JsonObject **) member = json_node_dup_object (node);
      break;
    case MULLION_OPTION_ARRAY:
      g_clear_pointer ((JsonArray **) member, json_array_unref);
      *(JsonArray **) member = json_node_dup_array (node);
      break;
    case MULLION_OPTION_ANY:
      g_clear_pointer ((JsonNode **) member, json_node_unref);
      *(JsonNode **) member = json_node_copy (node);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
asks_for_nothing (const MullionOption *row,
                  JsonNode            *node)
{
  return row->type == MULLION_OPTION_BOOLEAN &&
         !json_node_get_boolean (node) == !row->harmless;
}

static void
read_row (const MullionOption *row,
          const char          *scope,
          JsonNode            *node,
          gpointer             target)
{
  /* What JavaScript would leave undefined arrives as null. */
  if (JSON_NODE_HOLDS_NULL (node) || row->stance == MULLION_OPTION_ELSEWHERE)
    return;

  if (!node_fits (node, row->type))
    g_warning ("%s \"%s\" must be %s, not %s: ignored",
               scope, row->name, type_names[row->type], describe_node (node));
  else if (row->stance == MULLION_OPTION_HONOURED)
    store (row, scope, node, target);
  else if (!asks_for_nothing (row, node))
    g_warning ("%s \"%s\" is %s: %s", scope, row->name,
               row->stance == MULLION_OPTION_REFUSED ? "refused" : "ignored", row->reason);
}

static guint
count_edits (const char *a,
             const char *b)
{
  guint row[NAME_LIMIT + 1];
  gsize length = strlen (b);

  for (gsize j = 0; j <= length; j++)
    row[j] = j;

  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i + 1;
      for (gsize j = 0; j < length; j++)
        {
          guint same = diagonal + (g_ascii_tolower (a[i]) != g_ascii_tolower (b[j]));

          diagonal = row[j + 1];
          row[j + 1] = MIN (same, MIN (row[j], diagonal) + 1);
        }
    }
  return row[length];
}

static const MullionOption *
find_nearest (const MullionOption *table,
              gsize                n_rows,
              const char          *name)
{
  const MullionOption *nearest = NULL;
  gsize length = strlen (name);
  guint best;

  if (length > NAME_LIMIT)
    return NULL;

  /* Two letters may have changed places, and a third of them may be wrong; more
   * would suggest nonsense. */
  best = MIN (length, length / 3 + 2);
  for (gsize i = 0; i < n_rows; i++)
    {
      guint edits = count_edits (name, table[i].name);

      if (edits < best)
        {
          best = edits;
          nearest = &table[i];
        }
    }
  return nearest;
}

static void
warn_unknown (const MullionOption *table,
              gsize                n_rows,
              const char          *scope,
              const char          *name)
{
  const MullionOption *nearest = find_nearest (table, n_rows, name);

  if (nearest != NULL)
    g_warning ("%s \"%s\" is unknown: did you mean \"%s\"?", scope, name, nearest->name);
  else
    g_warning ("%s \"%s\" is unknown: ignored", scope, name);
}

/* Reads the members of @object (nullable) into the struct @target, whose members
 * hold their defaults already. @scope begins each warning. */
void
mullion_option_table_read (const MullionOption *table,
                           gsize                n_rows,
                           const char          *scope,
                           JsonObject          *object,
                           gpointer             target)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL)
    return;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      gsize i = 0;

      while (i < n_rows && strcmp (table[i].name, name) != 0)
        i++;

      if (i < n_rows)
        read_row (&table[i], scope, node, target);
      else
        warn_unknown (table, n_rows, scope, name);
    }
}
