/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-rules.h"

#include "mullion-rule-notes.h"
#include "mullion-rule-origins.h"

/*
 * MullionWindowRules: the manifest's `windows`, and the handler that follows them.
 *
 * Main process. The app's own pages may open what is listed, and listed pages, too. All that are
 * open at a time count together, for a page that was opened can open further ones.
 */

#define DEFAULT_MAX 8

struct _MullionWindowRules
{
  GStrv origins;
  JsonObject *options; /* (nullable) */
  gint64 max;

  char *own; /* (nullable) until it is applied: the app's origin */
  guint n_open;
};

/* -- What is written -- */

static gboolean
read_max (MullionWindowRules          *self,
          const MullionManifestPlace  *place,
          JsonNode                    *node,
          GError                     **error)
{
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 ||
      json_node_get_int (node) < 1)
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "has a \"max\" that is no whole number above 0");

  self->max = json_node_get_int (node);
  return TRUE;
}

/* Security: what a window's page may is the opener's, and said where that stands. */
static gboolean
read_options (MullionWindowRules          *self,
              const MullionManifestPlace  *place,
              JsonNode                    *node,
              GError                     **error)
{
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "has \"options\" that are no object with window options");
  if (json_object_has_member (json_node_get_object (node), "webPreferences"))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "has \"options\" with \"webPreferences\": a window has "
                                       "those of its opener");

  self->options = json_object_ref (json_node_get_object (node));
  return TRUE;
}

static gboolean
read_object (MullionWindowRules          *self,
             const MullionManifestPlace  *place,
             JsonNode                    *node,
             GError                     **error)
{
  static const char *const known[] = { "max", "options", "origins", NULL };
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be an object, {} for windows of the app's own pages");

  object = json_node_get_object (node);
  if (!mullion_manifest_check_members (place, object, known, error) ||
      !read_max (self, place, json_object_get_member (object, "max"), error) ||
      !read_options (self, place, json_object_get_member (object, "options"), error))
    return FALSE;

  self->origins = mullion_rule_origins_read (place, json_object_get_member (object, "origins"),
                                             error);
  return self->origins != NULL;
}

MullionWindowRules *
mullion_window_rules_new (const MullionManifestPlace  *place,
                          JsonNode                    *node,
                          GError                     **error)
{
  MullionWindowRules *self = g_rc_box_new0 (MullionWindowRules);

  self->max = DEFAULT_MAX;
  if (read_object (self, place, node, error))
    return self;

  mullion_window_rules_unref (self);
  return NULL;
}

MullionWindowRules *
mullion_window_rules_ref (MullionWindowRules *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  MullionWindowRules *self = data;

  g_strfreev (self->origins);
  g_clear_pointer (&self->options, json_object_unref);
  g_free (self->own);
}

void
mullion_window_rules_unref (MullionWindowRules *self)
{
  g_rc_box_release_full (self, clear);
}

void
mullion_window_rules_describe (const MullionWindowRules *self,
                               GPtrArray                *findings)
{
  for (guint i = 0; self->origins[i] != NULL; i++)
    g_ptr_array_add (findings, g_strdup_printf ("pages may open windows of %s, and its pages too",
                                                self->origins[i]));
}

/* -- What a page wants -- */

/* An empty page is the opener's. */
static gboolean
may_be_shown (const MullionWindowRules *self,
              const char               *url)
{
  return g_str_equal (url, "about:blank") ||
         mullion_rule_origins_match ((const char *const *) self->origins, self->own, url);
}

static gboolean
window_open_cb (MullionWebContents       *contents,
                MullionWindowOpenRequest *request,
                gpointer                  user_data)
{
  MullionWindowRules *self = user_data;
  const char *opener = mullion_web_contents_get_uri (contents);
  const char *url = mullion_window_open_request_get_url (request);
  const char *fault = NULL;

  if (!mullion_rule_origins_match ((const char *const *) self->origins, self->own, opener) ||
      !may_be_shown (self, url))
    fault = "the windows of the manifest do not list it";
  else if (self->n_open >= self->max)
    fault = "too many are open";

  if (fault != NULL)
    mullion_rule_note ("a window for %s was refused: %s", url, fault);
  mullion_window_open_request_override_options (request, self->options);
  return fault == NULL;
}

static void
closed_cb (MullionBrowserWindow *window,
           MullionWindowRules   *self)
{
  self->n_open--;
}

static void
release (gpointer  self,
         GClosure *closure)
{
  mullion_window_rules_unref (self);
}

static void
did_create_window_cb (MullionWebContents       *contents,
                      MullionBrowserWindow     *window,
                      MullionWindowOpenRequest *request,
                      MullionWindowRules       *self)
{
  self->n_open++;
  g_signal_connect_data (window, "closed", G_CALLBACK (closed_cb), mullion_window_rules_ref (self),
                         release, 0);
}

void
mullion_window_rules_apply (MullionWindowRules *self,
                            MullionWebContents *contents,
                            MullionApp         *app)
{
  if (self->own == NULL)
    self->own = g_strdup (mullion_app_get_origin (app));
  mullion_web_contents_set_window_open_handler (contents, window_open_cb,
                                                mullion_window_rules_ref (self),
                                                (GDestroyNotify) mullion_window_rules_unref);
  g_signal_connect_data (contents, "did-create-window", G_CALLBACK (did_create_window_cb),
                         mullion_window_rules_ref (self), release, 0);
}
