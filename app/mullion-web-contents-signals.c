/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

#include "mullion-browser-window.h"
#include "mullion-ipc-main-event.h"
#include "mullion-navigation-event.h"
#include "mullion-web-frame-main.h"
#include "mullion-window-open-request.h"

/*
 * What MullionWebContents tells of its page. Others emit these signals by their names.
 */

static void
add_navigation_signals (GType type)
{
  /**
   * MullionWebContents::did-start-navigation:
   * @self: web contents
   * @url: where the page goes
   * @is_same_document: whether the document stays
   * @is_main_frame: %TRUE: WebKit does not tell of other frames
   *
   * A load of another document began, or the page moved within its document.
   *
   * Since: 0.1
   */
  g_signal_new ("did-start-navigation", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                G_TYPE_STRING, G_TYPE_BOOLEAN, G_TYPE_BOOLEAN);

  /**
   * MullionWebContents::did-navigate-in-page:
   * @self: web contents
   * @url: the new address of the page
   * @is_main_frame: %TRUE: WebKit does not tell of other frames
   *
   * The address of the page changed and the document stays: by a hash, by `history.pushState ()` or
   * `history.replaceState ()`, or by a way in the history between such. A page that moves several
   * times at once is told of once, with its last address.
   *
   * Since: 0.1
   */
  g_signal_new ("did-navigate-in-page", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_STRING, G_TYPE_BOOLEAN);

  /**
   * MullionWebContents::will-frame-navigate:
   * @self: web contents
   * @event: where a frame is about to go
   *
   * The main frame or a frame in it is about to show another address, because the page or the user
   * wants it to: by a link, a form, a script, or a link that was dropped on the page. The functions
   * of these contents, such as [method@WebContents.load_uri], do not cause it, nor do moves within
   * a document and in the history, and empty pages.
   *
   * WebKit does not say which frame is meant before the answer of the server has come. So for an
   * address that the page may also have in a frame, this comes with the answer, before anything of
   * it is shown.
   *
   * Since: 0.1
   */
  g_signal_new ("will-frame-navigate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, MULLION_TYPE_NAVIGATION_EVENT);

  /**
   * MullionWebContents::will-navigate:
   * @self: web contents
   * @event: where the page is about to go
   *
   * Like [signal@WebContents::will-frame-navigate], and after it, for the main frame alone.
   *
   * Since: 0.1
   */
  g_signal_new ("will-navigate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                MULLION_TYPE_NAVIGATION_EVENT);

  /**
   * MullionWebContents::will-redirect:
   * @self: web contents
   * @event: where the server sends a frame
   *
   * A server sends a frame on to another address. Where that is prevented, the frame keeps what it
   * shows.
   *
   * Loads of the app itself may be sent on to anywhere unless a handler prevents it; for those of a
   * page the rule of [class@NavigationEvent] holds.
   *
   * Since: 0.1
   */
  g_signal_new ("will-redirect", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                MULLION_TYPE_NAVIGATION_EVENT);
}

void
mullion_web_contents_add_signals (GType type)
{
  /**
   * MullionWebContents::did-start-loading:
   * @self: web contents
   *
   * A load began.
   *
   * Since: 0.1
   */
  g_signal_new ("did-start-loading", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                0);

  /**
   * MullionWebContents::did-stop-loading:
   * @self: web contents
   *
   * A load ended, well or not.
   *
   * Since: 0.1
   */
  g_signal_new ("did-stop-loading", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                0);

  /**
   * MullionWebContents::dom-ready:
   * @self: web contents
   *
   * The document of the main frame is there, its pictures and frames perhaps not yet.
   *
   * Since: 0.1
   */
  g_signal_new ("dom-ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionWebContents::did-finish-load:
   * @self: web contents
   *
   * The page and all that belongs to it has been loaded.
   *
   * Since: 0.1
   */
  g_signal_new ("did-finish-load", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionWebContents::did-fail-load:
   * @self: web contents
   * @code: Chromium's number for the reason, as Electron gives it, for example -6
   * @description: its name, for example `ERR_FILE_NOT_FOUND`
   * @url: what was to be loaded
   *
   * The page could not be loaded, or the load was stopped.
   *
   * Since: 0.1
   */
  g_signal_new ("did-fail-load", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                G_TYPE_INT, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * MullionWebContents::did-navigate:
   * @self: web contents
   * @url: the address of the new page
   *
   * The main frame shows another document from now on.
   *
   * Since: 0.1
   */
  g_signal_new ("did-navigate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);

  /**
   * MullionWebContents::did-redirect-navigation:
   * @self: web contents
   * @url: where the server sent the load on to
   *
   * A server sent the load of the main frame on to another address.
   *
   * Since: 0.1
   */
  g_signal_new ("did-redirect-navigation", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);

  add_navigation_signals (type);

  /**
   * MullionWebContents::certificate-error:
   * @self: web contents
   * @url: what was to be loaded
   * @error: Chromium's name of the reason, for example `ERR_CERT_AUTHORITY_INVALID`
   * @certificate: what the server has shown
   *
   * The page cannot be loaded, for the server's certificate is not to be trusted. Unless a handler
   * trusts it, the load fails with [signal@WebContents::did-fail-load]. What else a page loads from
   * such a server fails without a question.
   *
   * Who trusts a certificate does so for its host, in all windows of the session and until the app
   * ends. Compare it with one that came with the app; never just return %TRUE.
   *
   * Returns: %TRUE to trust the certificate
   *
   * Since: 0.1
   */
  g_signal_new ("certificate-error", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled,
                NULL, NULL, G_TYPE_BOOLEAN, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_TLS_CERTIFICATE);

  /**
   * MullionWebContents::did-create-window:
   * @self: web contents
   * @window: the new window
   * @request: what the page asked for
   *
   * The page got a window that it asked for, see
   * [method@WebContents.set_window_open_handler]. It has loaded nothing yet.
   *
   * Since: 0.1
   */
  g_signal_new ("did-create-window", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                MULLION_TYPE_BROWSER_WINDOW, MULLION_TYPE_WINDOW_OPEN_REQUEST);

  /**
   * MullionWebContents::found-in-page:
   * @self: web contents
   * @request_id: what [method@WebContents.find_in_page] returned
   * @matches: how many there are, 0 for none
   *
   * A text was searched for. WebKitGTK does not say which of the matches is shown, nor where.
   *
   * Since: 0.1
   */
  g_signal_new ("found-in-page", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_UINT, G_TYPE_UINT);

  /**
   * MullionWebContents::page-title-updated:
   * @self: web contents
   * @title: (nullable): the new title
   *
   * The title of the page changed.
   *
   * Since: 0.1
   */
  g_signal_new ("page-title-updated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, G_TYPE_STRING);

  /**
   * MullionWebContents::preload-error:
   * @self: web contents
   * @path: where the script is
   * @message: what happened, with file, line and stack
   *
   * The preload script could not be read, could not be understood, or threw. The page loads
   * all the same.
   *
   * Since: 0.1
   */
  g_signal_new ("preload-error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_STRING, G_TYPE_STRING);

  /**
   * MullionWebContents::console-message:
   * @self: web contents
   * @level: a #WebKitConsoleMessageLevel
   * @message: the text
   * @line: the line of the script
   * @source: the address of the script
   *
   * The page wrote to its console.
   *
   * Since: 0.1
   */
  g_signal_new ("console-message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                G_TYPE_INT, G_TYPE_STRING, G_TYPE_INT, G_TYPE_STRING);

  /**
   * MullionWebContents::render-process-gone:
   * @self: web contents
   * @reason: `crashed`, `killed` or `oom`
   *
   * The web process crashed (`crashed`), was ended by the app or by Mullion (`killed`), or used more
   * memory than it may (`oom`). WebKit tells neither an exit code nor Electron's finer reasons: who
   * is killed from outside has `crashed` to it, too.
   *
   * Whatever waited for the page has been cancelled. A load, for example
   * [method@WebContents.reload], starts a new process; without one, the page is loaded again when
   * [method@WebContents.set_reload_after_crash] asks for it.
   *
   * A web process that breaks the rules of the wire is ended by Mullion: the reason is `killed`,
   * and [method@WebContents.get_gone_message] says what it did.
   *
   * Since: 0.1
   */
  g_signal_new ("render-process-gone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, G_TYPE_STRING);

  /**
   * MullionWebContents::unresponsive:
   * @self: web contents
   *
   * The page has not answered for three seconds to what the user did in it, or to a load: its
   * scripts may run for ever. Nothing else happens to it by itself.
   *
   * Since: 0.1
   */
  g_signal_new ("unresponsive", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionWebContents::responsive:
   * @self: web contents
   *
   * The page answers again after [signal@WebContents::unresponsive].
   *
   * Since: 0.1
   */
  g_signal_new ("responsive", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionWebContents::ipc-message:
   * @self: web contents
   * @event: the message
   * @args: its arguments
   *
   * The page sent a message with `ipcRenderer.send` or `ipcRenderer.sendSync`. This comes before
   * the listeners of any `ipcMain`.
   *
   * Since: 0.1
   */
  g_signal_new ("ipc-message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                MULLION_TYPE_IPC_MAIN_EVENT, JSON_TYPE_ARRAY);

  /**
   * MullionWebContents::denied:
   * @self: web contents
   * @frame: the document
   * @channel: the channel, as the page named it
   *
   * A page used a channel that is not granted to it, or with arguments that its schema does not allow,
   * and was refused. See [class@Grants] and [method@IpcMain.set_schema].
   *
   * Since: 0.1
   */
  g_signal_new ("denied", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                MULLION_TYPE_WEB_FRAME_MAIN, G_TYPE_STRING);

  /**
   * MullionWebContents::context-menu:
   * @self: web contents
   * @params: what the user clicked at, with Electron's names
   *
   * The user asks for a context menu, with the pointer or the keyboard, and the page did not prevent
   * it. Open one with [method@Menu.popup_async], at `x` and `y` of @params.
   *
   * @params has the numbers `x` and `y`, the texts `linkURL`, `linkText`, `titleText`, `pageURL`,
   * `frameURL`, `srcURL`, `mediaType` (`none`, `image` or `video`), `selectionText`, `altText`,
   * `formControlType` and `menuSourceType` (`mouse`, `touch` or `keyboard`), the booleans
   * `hasImageContents` and `isEditable`, and `editFlags` with `canCut`,
   * `canCopy`, `canPaste`, `canDelete` and `canSelectAll`. All of it comes from the page: show it,
   * and check it before you do more.
   *
   * Returns: %TRUE to keep WebKit's own menu away, which opens otherwise
   *
   * Since: 0.1
   */
  g_signal_new ("context-menu", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled,
                NULL, NULL, G_TYPE_BOOLEAN, 1, JSON_TYPE_OBJECT);

  /**
   * MullionWebContents::devtools-opened:
   * @self: web contents
   *
   * The Web Inspector was opened.
   *
   * Since: 0.1
   */
  g_signal_new ("devtools-opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionWebContents::devtools-closed:
   * @self: web contents
   *
   * The Web Inspector was closed.
   *
   * Since: 0.1
   */
  g_signal_new ("devtools-closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionWebContents::closed:
   * @self: web contents
   *
   * The page closed itself, or its window was closed.
   *
   * Since: 0.1
   */
  g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionWebContents::destroyed:
   * @self: web contents
   *
   * The contents have ended; their functions do nothing any more.
   *
   * Since: 0.1
   */
  g_signal_new ("destroyed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}
