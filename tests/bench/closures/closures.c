/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <webkit/webkit-web-process-extension.h>

/*
 * The benchmark's own web-process extension: `window.benchClosures`, functions that C makes with
 * jsc_value_new_function(). It is what an app would write without a bridge, and what ours is
 * compared with. Each does what the function of the same name in preload.js comes to for the page:
 * an object that the page passes is read and made anew.
 */

#define LIST_LENGTH 400

G_MODULE_EXPORT void webkit_web_process_extension_initialize (WebKitWebProcessExtension *extension);

static void
call_empty (gpointer user_data)
{
}

static char *
call_text (const char *text,
           gpointer    user_data)
{
  return g_strdup (text);
}

static void
copy_member (JSCValue   *to,
             JSCValue   *from,
             const char *name)
{
  g_autoptr(JSCValue) value = jsc_value_object_get_property (from, name);

  jsc_value_object_set_property (to, name, value);
}

static JSCValue *
call_object (JSCValue *object,
             gpointer  user_data)
{
  JSCValue *copy = jsc_value_new_object (jsc_value_get_context (object), NULL, NULL);

  copy_member (copy, object, "path");
  copy_member (copy, object, "line");
  copy_member (copy, object, "done");

  return copy;
}

static void
call_callback (JSCValue *callback,
               gpointer  user_data)
{
  g_autoptr(JSCValue) result = jsc_value_function_call (callback, G_TYPE_NONE);
}

static void
take_member (JSCValue   *object,
             const char *name,
             JSCValue   *value)
{
  jsc_value_object_set_property (object, name, value);
  g_object_unref (value);
}

static JSCValue *
new_item (JSCContext *context,
          int         id)
{
  JSCValue *item = jsc_value_new_object (context, NULL, NULL);
  g_autofree char *title = g_strdup_printf ("Item %d", id);

  take_member (item, "id", jsc_value_new_number (context, id));
  take_member (item, "title", jsc_value_new_string (context, title));
  take_member (item, "done", jsc_value_new_boolean (context, FALSE));

  return item;
}

static JSCValue *
call_list (gpointer user_data)
{
  JSCContext *context = jsc_context_get_current ();
  g_autoptr(GPtrArray) items = g_ptr_array_new_full (LIST_LENGTH, g_object_unref);

  for (int i = 0; i < LIST_LENGTH; i++)
    g_ptr_array_add (items, new_item (context, i));

  return jsc_value_new_array_from_garray (context, items);
}

static void
window_object_cleared_cb (WebKitScriptWorld *world,
                          WebKitWebPage     *page,
                          WebKitFrame       *frame,
                          gpointer           user_data)
{
  g_autoptr(JSCContext) context = webkit_frame_get_js_context_for_script_world (frame, world);
  g_autoptr(JSCValue) closures = jsc_value_new_object (context, NULL, NULL);

#define ADD(name, ...) \
  take_member (closures, #name, \
               jsc_value_new_function (context, #name, G_CALLBACK (call_##name), NULL, NULL, \
                                       __VA_ARGS__))

  ADD (empty, G_TYPE_NONE, 0);
  ADD (text, G_TYPE_STRING, 1, G_TYPE_STRING);
  ADD (object, JSC_TYPE_VALUE, 1, JSC_TYPE_VALUE);
  ADD (callback, G_TYPE_NONE, 1, JSC_TYPE_VALUE);
  ADD (list, JSC_TYPE_VALUE, 0);

#undef ADD

  jsc_context_set_value (context, "benchClosures", closures);
}

void
webkit_web_process_extension_initialize (WebKitWebProcessExtension *extension)
{
  g_signal_connect (webkit_script_world_get_default (), "window-object-cleared",
                    G_CALLBACK (window_object_cleared_cb), NULL);
}
