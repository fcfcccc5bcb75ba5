/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-cookie-watch.h"

#include "mullion-cookie.h"

/*
 * MullionCookieWatch: which cookies changed. Main process; what a cookie says is a server's choice.
 *
 * WebKitGTK says that cookies changed, and not which. So all are got after a change, and compared
 * with what was there before; but only while somebody listens. One comparison runs at a time: what
 * changes meanwhile is compared again, however often it does, so that a page that sets cookies
 * without end keeps one question under way and no more.
 */

struct _MullionCookieWatch
{
  MullionCookies *cookies; /* (nullable) (unowned): NULL after the end */
  WebKitCookieManager *manager;

  GHashTable *known; /* (nullable): which cookie → its JsonObject; NULL until all were seen */
  gboolean is_asking;
  gboolean is_stale; /* something changed since it was asked */
  guint soon;        /* source */
};

static void look_again (MullionCookieWatch *self);

static void
clear (gpointer data)
{
  MullionCookieWatch *self = data;

  g_clear_pointer (&self->known, g_hash_table_unref);
  g_object_unref (self->manager);
}

static void
release (MullionCookieWatch *self)
{
  g_rc_box_release_full (self, clear);
}

static gboolean
is_listened_to (MullionCookieWatch *self)
{
  return self->cookies != NULL &&
         g_signal_has_handler_pending (self->cookies,
                                       g_signal_lookup ("changed", MULLION_TYPE_COOKIES), 0, FALSE);
}

/* -- Comparing -- */

/* A semicolon is in none of the three. */
static char *
dup_key (SoupCookie *cookie)
{
  return g_strdup_printf ("%s;%s;%s", soup_cookie_get_domain (cookie),
                          soup_cookie_get_path (cookie), soup_cookie_get_name (cookie));
}

static gboolean
has_expired (JsonObject *cookie)
{
  return json_object_get_double_member_with_default (cookie, "expirationDate", G_MAXDOUBLE) * 1e6 <=
         (double) g_get_real_time ();
}

/* (transfer full): without what has expired, which nobody may have cleared away yet */
static GHashTable *
describe (GList *cookies)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) json_object_unref);

  for (GList *l = cookies; l != NULL; l = l->next)
    {
      g_autoptr(JsonObject) cookie = mullion_cookie_to_json (l->data);

      if (!has_expired (cookie))
        g_hash_table_insert (all, dup_key (l->data), g_steal_pointer (&cookie));
    }

  return all;
}

/* A handler may have brought the end. */
static void
tell (MullionCookieWatch *self,
      JsonObject         *cookie,
      const char         *cause,
      gboolean            is_removed)
{
  if (self->cookies != NULL)
    g_signal_emit_by_name (self->cookies, "changed", cookie, cause, is_removed);
}

static void
tell_removed (MullionCookieWatch *self,
              GHashTable         *before,
              GHashTable         *after)
{
  GHashTableIter iter;
  gpointer key, cookie;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, &cookie))
    if (!g_hash_table_contains (after, key))
      tell (self, cookie, has_expired (cookie) ? "expired" : "explicit", TRUE);
}

static void
tell_set (MullionCookieWatch *self,
          GHashTable         *before,
          GHashTable         *after)
{
  GHashTableIter iter;
  gpointer key, cookie;

  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &key, &cookie))
    {
      JsonObject *old = g_hash_table_lookup (before, key);

      if (old != NULL && json_object_equal (old, cookie))
        continue;
      if (old != NULL)
        tell (self, old, "overwrite", TRUE);
      tell (self, cookie, "explicit", FALSE);
    }
}

/* Both tables are held: a handler may bring the next comparison, or the end. */
static void
compare (MullionCookieWatch *self,
         GList              *cookies)
{
  g_autoptr(GHashTable) before = g_steal_pointer (&self->known);
  g_autoptr(GHashTable) after = describe (cookies);

  self->known = g_hash_table_ref (after);
  if (before == NULL)
    return;

  tell_removed (self, before, after);
  tell_set (self, before, after);
}

/* -- Asking -- */

static void
got_cb (GObject      *manager,
        GAsyncResult *result,
        gpointer      user_data)
{
  MullionCookieWatch *self = user_data;
  g_autoptr(GError) error = NULL;
  GList *cookies = webkit_cookie_manager_get_all_cookies_finish (WEBKIT_COOKIE_MANAGER (manager),
                                                                 result, &error);

  /* Whatever a handler does now asks after this comparison. */
  if (error == NULL && self->cookies != NULL)
    compare (self, cookies);
  g_list_free_full (cookies, (GDestroyNotify) soup_cookie_free);
  self->is_asking = FALSE;
  if (self->is_stale)
    look_again (self);
  release (self);
}

static void
ask (MullionCookieWatch *self)
{
  self->is_stale = self->is_asking;
  if (self->is_asking)
    return;

  self->is_asking = TRUE;
  webkit_cookie_manager_get_all_cookies (self->manager, NULL, got_cb, g_rc_box_acquire (self));
}

/* What nobody hears of is not looked at, and forgotten: it is no longer what was there before. */
static void
look_again (MullionCookieWatch *self)
{
  if (is_listened_to (self))
    {
      ask (self);
      return;
    }
  self->is_stale = self->is_asking;
  g_clear_pointer (&self->known, g_hash_table_unref);
}

static void
changed_cb (WebKitCookieManager *manager,
            MullionCookieWatch  *self)
{
  look_again (self);
}

void
mullion_cookie_watch_look (MullionCookieWatch *self)
{
  if (self->known == NULL && !self->is_asking && is_listened_to (self))
    ask (self);
}

static gboolean
look_cb (gpointer user_data)
{
  MullionCookieWatch *self = user_data;

  self->soon = 0;
  mullion_cookie_watch_look (self);
  return G_SOURCE_REMOVE;
}

void
mullion_cookie_watch_look_soon (MullionCookieWatch *self)
{
  if (self->known == NULL && !self->is_asking && self->soon == 0)
    self->soon = g_idle_add_full (G_PRIORITY_HIGH, look_cb, self, NULL);
}

/* -- Its beginning and its end -- */

void
mullion_cookie_watch_end (MullionCookieWatch *self)
{
  self->cookies = NULL;
  g_clear_handle_id (&self->soon, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->manager, self);
  release (self);
}

MullionCookieWatch *
mullion_cookie_watch_new (MullionCookies      *cookies,
                          WebKitCookieManager *manager)
{
  MullionCookieWatch *self = g_rc_box_new0 (MullionCookieWatch);

  self->cookies = cookies;
  self->manager = g_object_ref (manager);
  g_signal_connect (manager, "changed", G_CALLBACK (changed_cb), self);

  return self;
}
