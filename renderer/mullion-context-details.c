/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-context-details.h"

/*
 * What Electron tells of the place of a context menu and WebKit's hit test does not: the selected
 * text, the text of a picture, the document of the frame, the kind of the control.
 *
 * Web process. It asks the DOM from the preload world, whose functions no script of the page has
 * replaced. The main process takes the answer for what a page says.
 */

#define LONGEST_TEXT "100000"

static const char script[] =
  "(function (node) {"
  "  'use strict';"
  "  const element = node.nodeType === 1 ? node : node.parentElement;"
  "  const page = node.nodeType === 9 ? node : node.ownerDocument;"
  "  const field = element !== null && typeof element.selectionStart === 'number' &&"
  "    element.type !== 'password'"
  "    ? element.value.slice(element.selectionStart, element.selectionEnd) : '';"
  "  const text = field || String(page.getSelection() || '');"
  "  return JSON.stringify({"
  "    selectionText: text.slice(0, " LONGEST_TEXT ").toWellFormed(),"
  "    altText: String((element && element.alt) || '').slice(0, 4096).toWellFormed(),"
  "    frameURL: String(page.URL),"
  "    formControlType: element !== null && 'form' in element ? String(element.type || '') : '',"
  "  });"
  "})";

void
mullion_context_details_add (WebKitContextMenu      *menu,
                             WebKitWebHitTestResult *hit,
                             WebKitScriptWorld      *preload_world)
{
  g_autoptr(JSCValue) node = webkit_web_hit_test_result_get_js_node (hit, preload_world);
  g_autoptr(JSCValue) function = NULL;
  g_autoptr(JSCValue) details = NULL;
  g_autofree char *text = NULL;
  JSCContext *context;

  if (node == NULL || !jsc_value_is_object (node))
    return;

  context = jsc_value_get_context (node);
  function = jsc_context_evaluate (context, script, -1);
  details = jsc_value_function_call (function, JSC_TYPE_VALUE, node, G_TYPE_NONE);
  if (jsc_context_get_exception (context) != NULL || !jsc_value_is_string (details))
    {
      jsc_context_clear_exception (context);
      return;
    }

  text = jsc_value_to_string (details);
  webkit_context_menu_set_user_data (menu, g_variant_new_string (text));
}
