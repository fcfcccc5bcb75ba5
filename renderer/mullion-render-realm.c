/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-render-realm.h"

#include "mullion-native.h"

/*
 * MullionRenderRealm: the page's realm of a frame, from its birth on.
 *
 * Lives in the web process. A realm may be older than its document. WebKit gives a new frame, and a
 * window that a page opened, an empty document at once, and the document that is then loaded takes
 * over its window when both are of one origin. Whoever made the frame could reach that before,
 * and put functions of his own where the built-ins were. So what we need of them is taken when the
 * realm is made, and not when the document begins.
 */

struct _MullionRenderRealm
{
  JSCContext *context;
  JSCValue *kit; /* (nullable) */
};

MullionRenderRealm *
mullion_render_realm_new (JSCContext *context,
                          gboolean    makes_kit)
{
  MullionRenderRealm *self = g_new0 (MullionRenderRealm, 1);
  g_autoptr(JSCValue) nothing = NULL;

  self->context = g_object_ref (context);
  nothing = mullion_native_evaluate_resource (context, "realm-guard", "", "");
  if (makes_kit)
    self->kit = mullion_native_make_kit (context);

  return self;
}

void
mullion_render_realm_free (MullionRenderRealm *self)
{
  g_clear_object (&self->kit);
  g_object_unref (self->context);
  g_free (self);
}

/* JavaScriptCore has one JSCContext for a realm as long as somebody holds it. */
gboolean
mullion_render_realm_is_of (MullionRenderRealm *self,
                            JSCContext         *context)
{
  return context == self->context;
}

JSCValue *
mullion_render_realm_get_kit (MullionRenderRealm *self)
{
  return self->kit;
}
