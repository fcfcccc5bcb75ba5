/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "attacks.h"

#include <gio/gunixfdlist.h>
#include <sys/socket.h>
#include <unistd.h>
#include <webkit/webkit-web-process-extension.h>

/* A web process in the hands of an attacker, as WebKit runs it: this module takes the place of our
 * extension, and is that for most pages. A page whose address ends in `?NAME` or `?NAME=…` offers a second channel
 * when it has loaded, and at the other end of that sits the attack NAME, in a thread of its own. */

void mullion_renderer_initialize (WebKitWebProcessExtension *extension,
                                  const GVariant            *user_data);

static void
offer (WebKitWebPage *page,
       int            fd)
{
  g_autoptr(GUnixFDList) fds = g_unix_fd_list_new_from_array (&fd, 1);

  webkit_web_page_send_message_to_view (
    page,
    webkit_user_message_new_with_fd_list (MULLION_WIRE_CHANNEL_MESSAGE,
                                          g_variant_new_uint32 (MULLION_WIRE_VERSION), fds),
    NULL, NULL, NULL);
}

static void
make_pair (int pair[2])
{
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    g_error ("There is no socket to attack with");
}

/* Good channels, all of them, and never an end. */
static void
offer_for_ever (WebKitWebPage *page)
{
  int pair[2];

  for (;;)
    {
      make_pair (pair);
      offer (page, pair[1]);
      close (pair[0]);
    }
}

static gpointer
run_attack (gpointer data)
{
  Attacker *attacker = data;

  attacker->attack (attacker);
  /* The channel stays open: only main can end it. */

  return NULL;
}

static void
begin_attack (WebKitWebPage *page,
              AttackFunc     attack)
{
  Attacker *attacker = g_new0 (Attacker, 1);
  int pair[2];

  make_pair (pair);
  attacker->fd = pair[0];
  attacker->attack = attack;
  attacker->url = g_strdup (webkit_web_page_get_uri (page));
  offer (page, pair[1]);
  g_thread_unref (g_thread_new ("attack", run_attack, attacker));
}

static void
document_loaded_cb (WebKitWebPage *page)
{
  const char *query = strrchr (webkit_web_page_get_uri (page), '?');
  g_autofree char *name = query != NULL ? g_strndup (query + 1, strcspn (query + 1, "=")) : NULL;
  AttackFunc attack = name != NULL ? attack_find (name) : NULL;

  if (name == NULL)
    return;

  if (attack != NULL)
    begin_attack (page, attack);
  else if (g_str_equal (name, "offers"))
    offer_for_ever (page);
  else
    g_error ("There is no attack '%s'", name);
}

static void
page_created_cb (WebKitWebProcessExtension *extension,
                 WebKitWebPage             *page)
{
  g_signal_connect (page, "document-loaded", G_CALLBACK (document_loaded_cb), NULL);
}

G_MODULE_EXPORT void
webkit_web_process_extension_initialize_with_user_data (WebKitWebProcessExtension *extension,
                                                        const GVariant            *user_data);

G_MODULE_EXPORT void
webkit_web_process_extension_initialize_with_user_data (WebKitWebProcessExtension *extension,
                                                        const GVariant            *user_data)
{
  mullion_renderer_initialize (extension, user_data);
  g_signal_connect (extension, "page-created", G_CALLBACK (page_created_cb), NULL);
}
