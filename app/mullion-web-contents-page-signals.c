/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

#include "mullion-login-request.h"

/*
 * What MullionWebContents tells of how its page is used. Others emit these signals by their names.
 */

void
mullion_web_contents_add_page_signals (GType type)
{
  /**
   * MullionWebContents::before-input-event:
   * @self: web contents
   * @input: the key, with Electron's names
   *
   * The user pressed a key in the page, or let one go. The page and the accelerators of menus get
   * it after this, unless a handler keeps it from them.
   *
   * @input has the texts `type` (`keyDown` or `keyUp`), `key` and `code` (those of the web's
   * `KeyboardEvent`), the booleans `isAutoRepeat`, `isComposing`, `shift`, `control`, `alt` and
   * `meta`, the number `location` (also the web's) and the array `modifiers`, which has of `shift`,
   * `control`, `alt`, `meta`, `iskeypad`, `isautorepeat`, `leftbuttondown`, `middlebuttondown`,
   * `rightbuttondown`, `capslock`, `numlock`, `left` and `right` those that apply.
   *
   * It is what the user types, passwords too.
   *
   * Returns: %TRUE to keep the key from the page and the menus
   *
   * Since: 0.1
   */
  g_signal_new ("before-input-event", type, G_SIGNAL_RUN_LAST, 0,
                g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1, JSON_TYPE_OBJECT);

  /**
   * MullionWebContents::login:
   * @self: web contents
   * @request: who wants to know the user's name and password
   *
   * A server or a proxy wants a name and a password before it answers the page, or something in it.
   * Unless a handler of this or of [signal@App::login] says that it answers, the page gets what the
   * server has for strangers.
   *
   * To answer later, keep a reference to @request; a request whose last reference goes is cancelled.
   *
   * Returns: %TRUE if the handler answers @request, now or later
   *
   * Since: 0.1
   */
  g_signal_new ("login", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL,
                G_TYPE_BOOLEAN, 1, MULLION_TYPE_LOGIN_REQUEST);

  /**
   * MullionWebContents::update-target-url:
   * @self: web contents
   * @url: where the link leads, empty when the pointer has left it
   *
   * The pointer came to a link, or left it. The keyboard's way to a link is not told of.
   *
   * Since: 0.1
   */
  g_signal_new ("update-target-url", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);

  /**
   * MullionWebContents::page-favicon-updated:
   * @self: web contents
   * @favicons: (array zero-terminated=1): the addresses of the pictures
   *
   * The page was loaded, and has pictures of its own: those of its `<link rel="icon">`, at most 16,
   * or the `/favicon.ico` of a page of the web that names none. Nobody has loaded them. What the
   * page changes later is not told of.
   *
   * Since: 0.1
   */
  g_signal_new ("page-favicon-updated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, G_TYPE_STRV);

  /**
   * MullionWebContents::did-change-theme-color:
   * @self: web contents
   * @color: (nullable): the colour as `#RRGGBB`, %NULL when the page has none
   *
   * The page named another colour for what is around it, with `<meta name="theme-color">`. WebKit
   * tells since version 2.50; with an older one this never comes.
   *
   * Since: 0.1
   */
  g_signal_new ("did-change-theme-color", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, G_TYPE_STRING);

  /**
   * MullionWebContents::audio-state-changed:
   * @self: web contents
   * @audible: whether the page plays sound now
   *
   * The page began to play sound, or became silent.
   *
   * Since: 0.1
   */
  g_signal_new ("audio-state-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_BOOLEAN);

  /**
   * MullionWebContents::media-started-playing:
   * @self: web contents
   *
   * Sound or a film with sound plays. WebKit does not tell of films without, and not of a second
   * one while a first one plays.
   *
   * Since: 0.1
   */
  g_signal_new ("media-started-playing", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                0);

  /**
   * MullionWebContents::media-paused:
   * @self: web contents
   *
   * Nothing with sound plays any more.
   *
   * Since: 0.1
   */
  g_signal_new ("media-paused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}
