/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-render-page.h"

#include "mullion-wire.h"

/*
 * The extension's entry: WebKit loads this module into every web process of the app and calls the
 * function at the end of the file.
 *
 * It makes the preload world and a MullionRenderPage for each page. The world's name is a random
 * one of this run, so that no page can guess it, should WebKit ever let a page name a world.
 */

typedef struct
{
  WebKitScriptWorld *preload_world;
  GHashTable *pages; /* WebKitWebPage → (owned) MullionRenderPage */
} Renderer;

static void
forget_page_cb (gpointer  user_data,
                GObject  *web_page)
{
  Renderer *renderer = user_data;

  g_hash_table_remove (renderer->pages, web_page);
}

static void
page_created_cb (WebKitWebProcessExtension *extension,
                 WebKitWebPage             *web_page,
                 Renderer                  *renderer)
{
  MullionRenderPage *page = mullion_render_page_new (web_page, renderer->preload_world);

  if (page == NULL)
    return;

  g_hash_table_insert (renderer->pages, web_page, page);
  g_object_weak_ref (G_OBJECT (web_page), forget_page_cb, renderer);
}

/* The page's own realm, which may be older than its document. */
static void
page_realm_made_cb (WebKitScriptWorld *world,
                    WebKitWebPage     *web_page,
                    WebKitFrame       *frame,
                    Renderer          *renderer)
{
  MullionRenderPage *page = g_hash_table_lookup (renderer->pages, web_page);

  if (page != NULL)
    mullion_render_page_take_realm (page, frame);
}

static void
window_object_cleared_cb (WebKitScriptWorld *world,
                          WebKitWebPage     *web_page,
                          WebKitFrame       *frame,
                          Renderer          *renderer)
{
  MullionRenderPage *page = g_hash_table_lookup (renderer->pages, web_page);

  if (page != NULL)
    mullion_render_page_begin_document (page, frame);
}

G_MODULE_EXPORT void
webkit_web_process_extension_initialize_with_user_data (WebKitWebProcessExtension *extension,
                                                        const GVariant            *user_data);

G_MODULE_EXPORT void
webkit_web_process_extension_initialize_with_user_data (WebKitWebProcessExtension *extension,
                                                        const GVariant            *user_data)
{
  /* Lives as long as the process does. */
  Renderer *renderer = g_new0 (Renderer, 1);
  const char *world_name;

  if (!g_variant_is_of_type ((GVariant *) user_data, G_VARIANT_TYPE (MULLION_RENDERER_DATA_TYPE)))
    {
      g_warning ("The main process and this extension are not of one version");
      g_free (renderer);
      return;
    }

  g_variant_get ((GVariant *) user_data, "(&s)", &world_name);
  renderer->preload_world = webkit_script_world_new_with_name (world_name);
  renderer->pages = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);

  g_signal_connect (webkit_script_world_get_default (), "window-object-cleared",
                    G_CALLBACK (page_realm_made_cb), renderer);
  g_signal_connect (renderer->preload_world, "window-object-cleared",
                    G_CALLBACK (window_object_cleared_cb), renderer);
  g_signal_connect (extension, "page-created", G_CALLBACK (page_created_cb), renderer);
}
