/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-shortcut-portal.h"

#include "mullion-error.h"
#include "mullion-portal-request.h"

/*
 * Global shortcuts by way of the portal, which asks the user.
 *
 * Main process. The portal binds the shortcuts of a session once, so each shortcut has one of its
 * own. Newer portals want to know which app a program outside of a sandbox belongs to before
 * anything else; older ones do not know that interface, which is no error.
 */

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define SHORTCUT_ID "shortcut"
#define CREATE_PATIENCE 10

static const MullionService portal = {
  G_BUS_TYPE_SESSION, "portal for global shortcuts", PORTAL, PORTAL_PATH,
  "org.freedesktop.portal.GlobalShortcuts",
};

static const MullionService registry = {
  G_BUS_TYPE_SESSION, "registry of the portal", PORTAL, PORTAL_PATH,
  "org.freedesktop.host.portal.Registry",
};

typedef struct
{
  char *trigger;
  char *session; /* once there is one */
} Binding;

static MullionShortcutPortalFunc listener;
static GDBusConnection *bus; /* (nullable) until the first; what is subscribed to ends with it */

static void
free_binding (gpointer data)
{
  Binding *binding = data;

  g_free (binding->trigger);
  g_free (binding->session);
  g_free (binding);
}

/* As the XDG specification of shortcuts has it, such as "CTRL+SHIFT+k". */
static char *
build_trigger (guint           key,
               GdkModifierType modifiers)
{
  g_autoptr(GString) trigger = g_string_new (NULL);

  if (modifiers & GDK_CONTROL_MASK)
    g_string_append (trigger, "CTRL+");
  if (modifiers & GDK_ALT_MASK)
    g_string_append (trigger, "ALT+");
  if (modifiers & GDK_SHIFT_MASK)
    g_string_append (trigger, "SHIFT+");
  if (modifiers & GDK_SUPER_MASK)
    g_string_append (trigger, "LOGO+");
  g_string_append (trigger, gdk_keyval_name (key));
  return g_string_free (g_steal_pointer (&trigger), FALSE);
}

static void
signal_cb (GDBusConnection *connection,
           const char      *sender,
           const char      *path,
           const char      *interface,
           const char      *signal,
           GVariant        *arguments,
           gpointer         user_data)
{
  g_autoptr(GVariant) session = NULL;

  if (!g_str_equal (signal, "Activated"))
    {
      listener (path, TRUE);
      return;
    }
  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(osta{sv})")))
    return;

  session = g_variant_get_child_value (arguments, 0);
  listener (g_variant_get_string (session, NULL), FALSE);
}

static void
listen (MullionShortcutPortalFunc func)
{
  if (listener != NULL)
    return;

  /* It is there: the calls that got us here went over it. */
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  if (bus == NULL)
    return;

  listener = func;
  g_dbus_connection_signal_subscribe (bus, PORTAL, portal.interface, "Activated",
                                      PORTAL_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, signal_cb, NULL,
                                      NULL);
  g_dbus_connection_signal_subscribe (bus, PORTAL, "org.freedesktop.portal.Session",
                                      "Closed", NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, signal_cb,
                                      NULL, NULL);
}

static gboolean
has_shortcut (GVariant *results)
{
  g_autoptr(GVariant) shortcuts =
    g_variant_lookup_value (results, "shortcuts", G_VARIANT_TYPE ("a(sa{sv})"));
  gsize n = shortcuts != NULL ? g_variant_n_children (shortcuts) : 0;

  for (gsize i = 0; i < n; i++)
    {
      const char *id;

      g_variant_get_child (shortcuts, i, "(&sa{sv})", &id, NULL);
      if (g_str_equal (id, SHORTCUT_ID))
        return TRUE;
    }
  return FALSE;
}

static void
bound_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Binding *binding = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) results = mullion_portal_request_finish (result, &error);

  if (results != NULL && has_shortcut (results))
    {
      g_task_return_pointer (task, g_strdup (binding->session), g_free);
      return;
    }

  mullion_shortcut_portal_close (binding->session);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                             "The desktop did not bind the shortcut %s", binding->trigger);
}

static GVariant *
build_shortcuts (const Binding *binding,
                 const char    *token)
{
  g_autofree char *description =
    g_strdup_printf ("%s: %s", g_get_application_name (), binding->trigger);

  return g_variant_new_parsed ("(%o, [(%s, {'description': <%s>, 'preferred_trigger': <%s>})], '',"
                               " {'handle_token': <%s>})",
                               binding->session, SHORTCUT_ID, description, binding->trigger, token);
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Binding *binding = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) results = mullion_portal_request_finish (result, &error);
  g_autofree char *token = mullion_portal_request_new_token ();

  if (results == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!g_variant_lookup (results, "session_handle", "s", &binding->session)
      || !g_variant_is_object_path (binding->session))
    {
      g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_FAILED,
                               "The portal for global shortcuts gave no session");
      return;
    }

  mullion_portal_request_async (&portal, "BindShortcuts", build_shortcuts (binding, token), token,
                                0, g_task_get_cancellable (task), bound_cb, g_object_ref (task));
}

static void
registered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, NULL);
  g_autofree char *token = mullion_portal_request_new_token ();
  g_autofree char *session = mullion_portal_request_new_token ();

  listen (g_task_get_source_tag (task));
  mullion_portal_request_async (
    &portal, "CreateSession",
    g_variant_new_parsed ("({'handle_token': <%s>, 'session_handle_token': <%s>},)", token, session),
    token, CREATE_PATIENCE, g_task_get_cancellable (task), created_cb, g_object_ref (task));
}

void
mullion_shortcut_portal_bind_async (guint                      key,
                                    GdkModifierType            modifiers,
                                    MullionShortcutPortalFunc  func,
                                    GCancellable              *cancellable,
                                    GAsyncReadyCallback        callback,
                                    gpointer                   user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GApplication *app = g_application_get_default ();
  const char *id = app != NULL ? g_application_get_application_id (app) : NULL;
  Binding *binding = g_new0 (Binding, 1);

  g_task_set_source_tag (task, func);
  binding->trigger = build_trigger (key, modifiers);
  g_task_set_task_data (task, binding, free_binding);
  mullion_service_call_async (&registry, "Register",
                              g_variant_new_parsed ("(%s, @a{sv} {})", id != NULL ? id : ""), "()",
                              cancellable, registered_cb, task);
}

char *
mullion_shortcut_portal_bind_finish (GAsyncResult  *result,
                                     GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mullion_shortcut_portal_close (const char *session)
{
  if (bus != NULL)
    g_dbus_connection_call (bus, PORTAL, session, "org.freedesktop.portal.Session", "Close", NULL,
                            NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}
