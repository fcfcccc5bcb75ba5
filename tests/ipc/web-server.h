/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The web, played by this machine. It answers every path with a page, and notes what it was asked:
 *
 *   /redirect?URL      sends on to URL
 *   /download/NAME     bytes to keep, with a Content-Disposition that says so
 *   /endless           the same, but they never end
 *   /unsaid            200000 bytes, of which the answer does not say how many they are
 *   /type?TYPE         bytes of the media type TYPE
 *   /frame?URL         a page with URL in a frame
 *   /heir              a page that says on the port that it is sent what of an app it has
 *   anything else      a page with the title "Web"
 */
typedef struct
{
  SoupServer *server;
  GPtrArray *requests; /* "GET /path", in their order */
} WebServer;

WebServer *web_server_new     (GTlsCertificate *certificate);
void       web_server_free    (WebServer       *self);

/* (transfer full) */
char      *web_server_dup_uri (WebServer       *self,
                               const char      *path);
/* (transfer full): one that nobody trusts, for web_server_new () */
GTlsCertificate *web_server_load_certificate (void);
gboolean   web_server_saw     (WebServer       *self,
                               const char      *request);

/* The server is on this machine, wherever the machine's own way to the web leads. Once, before
 * anything of GLib's network is used. */
void       web_server_ignore_proxies (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WebServer, web_server_free)

G_END_DECLS
