/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-page-files.h"

#include "mullion-browser-window.h"
#include "mullion-dialog-private.h"
#include "mullion-json-access.h"

/*
 * The files that the user gives to a page: dropped on it, or chosen for an input of files.
 *
 * Main process. WebKit makes Files of them and tells no script where they are; the preload runtime,
 * which has seen which Files came with the user's event, asks here. What is not dropped or chosen is
 * not said: names must be those of the last drop or choice, all of them, and a choice is told once.
 * A drag that began in this app is none: a page decides what is in that.
 *
 * WebKitGTK 2.50.2 to this day makes no File of what is dropped, CVE-2025-13947; it told a page's own
 * `file:` addresses from the user's files no better. So a drop is told without names, too. A web
 * process that was taken over learns nothing by that: WebKit gives it the addresses of a drag.
 */

#define KEY "mullion-page-files"

typedef struct
{
  GdkDrop *drop;         /* (nullable): the last one that entered */
  GStrv dropped;         /* (nullable): its paths */
  GCancellable *reading; /* (nullable): they are not all known yet */
  GStrv chosen;          /* (nullable) */
} PageFiles;

static void
stop_reading (PageFiles *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
forget (PageFiles *self)
{
  stop_reading (self);
  g_clear_object (&self->drop);
  g_clear_pointer (&self->dropped, g_strfreev);
  g_clear_pointer (&self->chosen, g_strfreev);
}

static void
free_page_files (PageFiles *self)
{
  forget (self);
  g_free (self);
}

static PageFiles *
get_page_files (WebKitWebView *view)
{
  return g_object_get_data (G_OBJECT (view), KEY);
}

/* -- What is dropped -- */

/* All or nothing, as WebKit counts them: what has no path here has none in WebKit. */
static GStrv
list_paths (const GValue *value)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }

  return g_strv_builder_end (builder);
}

static void
dropped_cb (GObject      *drop,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(WebKitWebView) view = user_data;
  PageFiles *self = get_page_files (view);
  const GValue *value = gdk_drop_read_value_finish (GDK_DROP (drop), result, NULL);

  if (self->drop != GDK_DROP (drop))
    return;

  g_clear_object (&self->reading);
  if (value != NULL)
    self->dropped = list_paths (value);
}

static void
enter_cb (GtkDropControllerMotion *controller)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  PageFiles *self = get_page_files (WEBKIT_WEB_VIEW (view));
  GdkDrop *drop = gtk_drop_controller_motion_get_drop (controller);

  if (drop == NULL || drop == self->drop)
    return;

  stop_reading (self);
  g_clear_pointer (&self->dropped, g_strfreev);
  g_set_object (&self->drop, drop);
  if (gdk_drop_get_drag (drop) != NULL ||
      !gdk_content_formats_contain_gtype (gdk_drop_get_formats (drop), GDK_TYPE_FILE_LIST))
    return;

  self->reading = g_cancellable_new ();
  gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_HIGH, self->reading, dropped_cb,
                             g_object_ref (view));
}

/* -- What is chosen -- */

static void
chosen_cb (GObject      *window,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(WebKitFileChooserRequest) request = user_data;
  g_autoptr(WebKitWebView) view = g_object_steal_data (G_OBJECT (request), KEY);
  PageFiles *self = get_page_files (view);
  g_auto(GStrv) paths = mullion_dialog_show_open_dialog_finish (result, NULL);

  if (paths == NULL || *paths == NULL)
    {
      webkit_file_chooser_request_cancel (request);
      return;
    }

  webkit_file_chooser_request_select_files (request, (const char *const *) paths);
  g_strfreev (self->chosen);
  self->chosen = g_steal_pointer (&paths);
}

static gboolean
run_file_chooser_cb (WebKitWebView            *view,
                     WebKitFileChooserRequest *request)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));
  g_autoptr(JsonObject) options = json_object_new ();
  JsonArray *properties = json_array_new ();

  json_array_add_string_element (properties, "openFile");
  if (webkit_file_chooser_request_get_select_multiple (request))
    json_array_add_string_element (properties, "multiSelections");
  json_object_set_array_member (options, "properties", properties);
  g_object_set_data_full (G_OBJECT (request), KEY, g_object_ref (view), g_object_unref);
  mullion_dialog_open_for_page_async (
    MULLION_IS_BROWSER_WINDOW (root) ? MULLION_BROWSER_WINDOW (root) : NULL, options,
    webkit_file_chooser_request_get_mime_types_filter (request), chosen_cb, g_object_ref (request));

  return TRUE;
}

void
mullion_page_files_give (WebKitWebView     *view,
                         const char *const *paths)
{
  PageFiles *self = get_page_files (view);

  g_strfreev (self->chosen);
  self->chosen = g_strdupv ((char **) paths);
}

/* What was given to one page is not told to the next. */
static void
load_changed_cb (WebKitWebView   *view,
                 WebKitLoadEvent  event)
{
  if (event == WEBKIT_LOAD_COMMITTED)
    forget (get_page_files (view));
}

void
mullion_page_files_watch (WebKitWebView *view)
{
  GtkEventController *controller = gtk_drop_controller_motion_new ();

  g_object_set_data_full (G_OBJECT (view), KEY, g_new0 (PageFiles, 1),
                          (GDestroyNotify) free_page_files);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "enter", G_CALLBACK (enter_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (view), controller);
  g_signal_connect (view, "run-file-chooser", G_CALLBACK (run_file_chooser_cb), NULL);
  g_signal_connect (view, "load-changed", G_CALLBACK (load_changed_cb), NULL);
}

/* -- What is told -- */

static gboolean
have_names (char      **paths,
            JsonArray  *names)
{
  guint n = paths != NULL ? g_strv_length (paths) : 0;

  if (n > 0 && names == NULL)
    return TRUE;
  if (n == 0 || n != json_array_get_length (names))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);

      if (g_strcmp0 (name, mullion_json_string_at (names, i)) != 0)
        return FALSE;
    }

  return TRUE;
}

static JsonNode *
make_node (char **paths)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; paths[i] != NULL; i++)
    json_array_add_string_element (array, paths[i]);
  json_node_take_array (node, array);

  return node;
}

JsonNode *
mullion_page_files_take (WebKitWebView *view,
                         gboolean       is_drop,
                         JsonArray     *names)
{
  PageFiles *self = get_page_files (view);
  char **paths = is_drop ? self->dropped : self->chosen;
  JsonNode *node;

  if (is_drop && self->reading != NULL)
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if ((names == NULL && !is_drop) || !have_names (paths, names))
    return json_node_new (JSON_NODE_NULL);

  node = make_node (paths);
  if (!is_drop)
    g_clear_pointer (&self->chosen, g_strfreev);
  return node;
}
