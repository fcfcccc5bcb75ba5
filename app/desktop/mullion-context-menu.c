/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-context-menu.h"

#include "mullion-json-access.h"
#include "mullion-json-reader.h"
#include "mullion-web-contents.h"

#include <string.h>

/*
 * Electron's event `context-menu`: what the user clicked at, as WebKit's hit test says it.
 *
 * Main process. What the hit test does not know, such as the selected text, the web process adds as
 * a JSON text (renderer/mullion-context-details.c). That may be a lie of a web process that was
 * taken over: it is read with limits, only texts are taken, and nobody should do more with them
 * than show them.
 */

#define MAX_DETAILS (1024 * 1024)
#define MAX_DEPTH 2

/* Members that only the web process knows; "" when it does not say. */
static const char *const details[] = {
  "selectionText", "altText", "frameURL", "formControlType",
};

static const struct
{
  WebKitContextMenuAction action;
  const char *flag;
} edit_flags[] = {
  { WEBKIT_CONTEXT_MENU_ACTION_CUT, "canCut" },
  { WEBKIT_CONTEXT_MENU_ACTION_COPY, "canCopy" },
  { WEBKIT_CONTEXT_MENU_ACTION_PASTE, "canPaste" },
  { WEBKIT_CONTEXT_MENU_ACTION_DELETE, "canDelete" },
  { WEBKIT_CONTEXT_MENU_ACTION_SELECT_ALL, "canSelectAll" },
};

static void
set_text (JsonObject *params,
          const char *name,
          const char *text)
{
  json_object_set_string_member (params, name, text != NULL ? text : "");
}

static void
add_details (JsonObject        *params,
             WebKitContextMenu *menu)
{
  GVariant *data = webkit_context_menu_get_user_data (menu);
  const char *text = NULL;
  gsize length = 0;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object = NULL;

  if (data != NULL && g_variant_is_of_type (data, G_VARIANT_TYPE_STRING))
    text = g_variant_get_string (data, &length);
  if (text != NULL && length <= MAX_DETAILS)
    node = mullion_json_read (text, length, MAX_DEPTH, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    object = json_node_get_object (node);

  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    set_text (params, details[i],
              object != NULL ? mullion_json_get_string (object, details[i]) : NULL);
}

static const char *
name_media (WebKitHitTestResult *hit)
{
  if (webkit_hit_test_result_context_is_image (hit))
    return "image";
  if (webkit_hit_test_result_context_is_media (hit))
    return "video";

  return "none";
}

static void
add_hit (JsonObject          *params,
         WebKitHitTestResult *hit)
{
  gboolean is_image = webkit_hit_test_result_context_is_image (hit);

  set_text (params, "linkURL", webkit_hit_test_result_get_link_uri (hit));
  set_text (params, "linkText", webkit_hit_test_result_get_link_label (hit));
  set_text (params, "titleText", webkit_hit_test_result_get_link_title (hit));
  set_text (params, "srcURL", is_image ? webkit_hit_test_result_get_image_uri (hit)
                                       : webkit_hit_test_result_get_media_uri (hit));
  set_text (params, "mediaType", name_media (hit));
  json_object_set_boolean_member (params, "hasImageContents", is_image);
  json_object_set_boolean_member (params, "isEditable",
                                  webkit_hit_test_result_context_is_editable (hit));
}

static gboolean
find_enabled (WebKitContextMenu       *menu,
              WebKitContextMenuAction  action)
{
  for (GList *l = webkit_context_menu_get_items (menu); l != NULL; l = l->next)
    if (webkit_context_menu_item_get_stock_action (l->data) == action)
      return g_action_get_enabled (webkit_context_menu_item_get_gaction (l->data));

  return FALSE;
}

/* WebKit proposes a menu, whose items say what can be done here. */
static void
add_edit_flags (JsonObject          *params,
                WebKitContextMenu   *menu,
                WebKitHitTestResult *hit)
{
  JsonObject *flags = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (edit_flags); i++)
    json_object_set_boolean_member (flags, edit_flags[i].flag,
                                    find_enabled (menu, edit_flags[i].action));
  if (webkit_hit_test_result_context_is_selection (hit))
    json_object_set_boolean_member (flags, "canCopy", TRUE);
  json_object_set_object_member (params, "editFlags", flags);
}

static const char *
name_source (GdkEvent *event)
{
  GdkEventType type = event != NULL ? gdk_event_get_event_type (event) : GDK_KEY_PRESS;

  if (type == GDK_KEY_PRESS || type == GDK_KEY_RELEASE)
    return "keyboard";
  if (type == GDK_TOUCH_BEGIN || type == GDK_TOUCH_END || type == GDK_TOUCH_UPDATE)
    return "touch";

  return "mouse";
}

/* In pixels of the page; the middle of it when the event has no place. */
static void
add_position (JsonObject         *params,
              MullionWebContents *contents,
              GdkEvent           *event)
{
  GtkWidget *view = GTK_WIDGET (mullion_web_contents_get_web_view (contents));
  GtkNative *native = gtk_widget_get_native (view);
  double zoom = mullion_web_contents_get_zoom_factor (contents);
  double x, y, left, top;

  if (event != NULL && native != NULL && gdk_event_get_position (event, &x, &y))
    {
      gtk_native_get_surface_transform (native, &left, &top);
      gtk_widget_translate_coordinates (GTK_WIDGET (native), view, x - left, y - top, &x, &y);
    }
  else
    {
      x = gtk_widget_get_width (view) / 2.0;
      y = gtk_widget_get_height (view) / 2.0;
    }

  json_object_set_int_member (params, "x", (gint64) (x / zoom));
  json_object_set_int_member (params, "y", (gint64) (y / zoom));
}

static gboolean
context_menu_cb (WebKitWebView       *view,
                 WebKitContextMenu   *menu,
                 WebKitHitTestResult *hit,
                 MullionWebContents  *contents)
{
  g_autoptr(JsonObject) params = json_object_new ();
  GdkEvent *event = webkit_context_menu_get_event (menu);
  gboolean is_handled = FALSE;

  add_position (params, contents, event);
  set_text (params, "menuSourceType", name_source (event));
  set_text (params, "pageURL", webkit_web_view_get_uri (view));
  add_hit (params, hit);
  add_details (params, menu);
  add_edit_flags (params, menu, hit);

  g_signal_emit_by_name (contents, "context-menu", params, &is_handled);
  return is_handled;
}

void
mullion_context_menu_watch (MullionWebContents *contents,
                            WebKitWebView      *view)
{
  g_signal_connect_object (view, "context-menu", G_CALLBACK (context_menu_cb), contents, 0);
}
