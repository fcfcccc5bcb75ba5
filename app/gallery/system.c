/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-ticker.h"

#include <stdlib.h>
#include <unistd.h>

/*
 * System figures: what the kernel says, read here and sent to the pages that watch.
 *
 * The sandbox of a page has no /proc worth reading; the main process has. Files below /proc are
 * made in memory, so reading them does not block.
 */

typedef struct
{
  double memory_total;     /* bytes */
  double memory_available; /* bytes */
  double resident;         /* bytes that this process holds */
  double load;             /* of the last minute */
  double uptime;           /* seconds */
} Figures;

/* The number behind @key in a text such as "MemTotal:       8046172 kB"; 0 when it is not there. */
static double
find_kibibytes (const char *text,
                const char *key)
{
  const char *at = strstr (text, key);

  return at != NULL ? g_ascii_strtod (at + strlen (key), NULL) * 1024 : 0;
}

static double
read_number (const char *path,
             guint       index)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;

  words = g_strsplit (text, " ", -1);
  return g_strv_length (words) > index ? g_ascii_strtod (words[index], NULL) : 0;
}

static gboolean
read_figures (Figures  *figures,
              GError  **error)
{
  g_autofree char *memory = NULL;

  if (!g_file_get_contents ("/proc/meminfo", &memory, NULL, error))
    return FALSE;

  figures->memory_total = find_kibibytes (memory, "MemTotal:");
  figures->memory_available = find_kibibytes (memory, "MemAvailable:");
  figures->resident = read_number ("/proc/self/statm", 1) * sysconf (_SC_PAGESIZE);
  figures->load = read_number ("/proc/loadavg", 0);
  figures->uptime = read_number ("/proc/uptime", 0);
  return TRUE;
}

static JsonNode *
create_node (const Figures *figures)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_double_member (object, "memoryTotal", figures->memory_total);
  json_object_set_double_member (object, "memoryAvailable", figures->memory_available);
  json_object_set_double_member (object, "resident", figures->resident);
  json_object_set_double_member (object, "load", figures->load);
  json_object_set_double_member (object, "uptime", figures->uptime);
  json_object_set_int_member (object, "processors", g_get_num_processors ());
  json_node_take_object (node, object);
  return node;
}

static void
tick (MullionWebContents *contents)
{
  g_autoptr(GError) error = NULL;
  Figures figures = { 0 };

  if (!read_figures (&figures, &error))
    {
      g_warning ("No system figures: %s", error->message);
      gallery_ticker_stop (contents, "gallery-system");
      return;
    }

  mullion_web_contents_send (contents, "system:figures",
                             gallery_args_new (create_node (&figures), NULL));
}

static void
watch (MullionIpcMainEvent *event,
       JsonArray           *args,
       gpointer             user_data)
{
  MullionWebContents *sender = mullion_ipc_main_event_get_sender (event);
  gboolean on = FALSE;

  if (gallery_args_get_boolean (args, 0, &on, NULL) && on)
    gallery_ticker_start (sender, "gallery-system", tick);
  else
    gallery_ticker_stop (sender, "gallery-system");
}

void
gallery_system_register (MullionApp *app)
{
  mullion_ipc_main_on (mullion_app_get_ipc_main (app), "system:watch", watch, NULL, NULL);
}
