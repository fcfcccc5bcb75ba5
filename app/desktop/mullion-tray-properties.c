/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-tray-private.h"

#include "mullion-icon-file.h"

/*
 * What a MullionTray looks like, as the tray of the desktop reads it: the properties of a
 * StatusNotifierItem. Main process.
 */

#define NO_MENU "/NO_DBUSMENU"
#define ICON_SIZE 48

static GVariant *
get_category (MullionTray *self)
{
  return g_variant_new_string ("ApplicationStatus");
}

static GVariant *
get_id (MullionTray *self)
{
  GApplication *app = g_application_get_default ();
  const char *id = app != NULL ? g_application_get_application_id (app) : NULL;

  return g_variant_new_string (id != NULL ? id : g_get_application_name ());
}

static GVariant *
get_title (MullionTray *self)
{
  return g_variant_new_string (self->title);
}

static GVariant *
get_status (MullionTray *self)
{
  return g_variant_new_string (self->needs_attention ? "NeedsAttention" : "Active");
}

static GVariant *
get_window_id (MullionTray *self)
{
  return g_variant_new_int32 (0);
}

/* A name of the theme, where the image is no file. */
static GVariant *
get_icon_name (MullionTray *self)
{
  g_autoptr(GdkPixbuf) picture = mullion_icon_file_read (self->image, ICON_SIZE);

  return g_variant_new_string (picture == NULL ? self->image : "");
}

/* The protocol has alpha, red, green and blue in turn, where GdkPixbuf ends with alpha. */
static GVariant *
get_icon_pixmap (MullionTray *self)
{
  g_autoptr(GdkPixbuf) opaque = mullion_icon_file_read (self->image, ICON_SIZE);
  g_autoptr(GdkPixbuf) picture =
    opaque != NULL ? gdk_pixbuf_add_alpha (opaque, FALSE, 0, 0, 0) : NULL;
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  GVariant *pixmap;
  int width, height;

  if (picture == NULL)
    return g_variant_new_parsed ("@a(iiay) []");

  width = gdk_pixbuf_get_width (picture);
  height = gdk_pixbuf_get_height (picture);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *pixel = gdk_pixbuf_read_pixels (picture) +
                              y * gdk_pixbuf_get_rowstride (picture) + x * 4;
        const guint8 turned[] = { pixel[3], pixel[0], pixel[1], pixel[2] };

        g_byte_array_append (bytes, turned, sizeof turned);
      }
  pixmap = g_variant_new ("(ii@ay)", width, height,
                          g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes->data, bytes->len,
                                                     1));
  return g_variant_new_array (NULL, &pixmap, 1);
}

static GVariant *
get_tool_tip (MullionTray *self)
{
  return g_variant_new ("(s@a(iiay)ss)", "", g_variant_new_parsed ("@a(iiay) []"), self->tool_tip,
                        "");
}

/* A click is the app's, also where there is a menu: that is for the other button. */
static GVariant *
get_item_is_menu (MullionTray *self)
{
  return g_variant_new_boolean (FALSE);
}

static GVariant *
get_menu (MullionTray *self)
{
  return g_variant_new_object_path (self->exported != NULL ? self->menu_path : NO_MENU);
}

static const struct
{
  const char *name;
  GVariant *(*get) (MullionTray *self);
} properties[] = {
  { "Category", get_category },
  { "Id", get_id },
  { "Title", get_title },
  { "Status", get_status },
  { "WindowId", get_window_id },
  { "IconName", get_icon_name },
  { "IconPixmap", get_icon_pixmap },
  /* The same picture: a tray without one for this would show none at all. */
  { "AttentionIconName", get_icon_name },
  { "AttentionIconPixmap", get_icon_pixmap },
  { "ToolTip", get_tool_tip },
  { "ItemIsMenu", get_item_is_menu },
  { "Menu", get_menu },
};

GVariant *
mullion_tray_get_property_value (MullionTray *self,
                                 const char  *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++)
    if (g_str_equal (properties[i].name, name))
      return properties[i].get (self);
  return NULL;
}
