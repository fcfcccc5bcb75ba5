/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-private.h"

#include "mullion-login-request.h"
#include "mullion-web-contents.h"

/*
 * What MullionApp tells of its pages, after their web contents have told it.
 */

void
mullion_app_add_page_signals (GType type)
{
  /**
   * MullionApp::render-process-gone:
   * @self: an app
   * @contents: the contents whose page is gone
   * @reason: as [signal@WebContents::render-process-gone] gives it
   *
   * The web process of a page ended by itself. This comes after the signal of the contents.
   *
   * Since: 0.1
   */
  g_signal_new ("render-process-gone", type, G_SIGNAL_RUN_LAST, 0,
                NULL, NULL, NULL, G_TYPE_NONE, 2, MULLION_TYPE_WEB_CONTENTS, G_TYPE_STRING);

  /**
   * MullionApp::certificate-error:
   * @self: an app
   * @contents: the contents whose page cannot be loaded
   * @url: what was to be loaded
   * @error: Chromium's name of the reason
   * @certificate: what the server has shown
   *
   * No handler of [signal@WebContents::certificate-error] trusts a certificate. The same rules hold
   * as there.
   *
   * Returns: %TRUE to trust the certificate
   *
   * Since: 0.1
   */
  g_signal_new ("certificate-error", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled,
                NULL, NULL, G_TYPE_BOOLEAN, 4, MULLION_TYPE_WEB_CONTENTS, G_TYPE_STRING,
                G_TYPE_STRING, G_TYPE_TLS_CERTIFICATE);

  /**
   * MullionApp::login:
   * @self: an app
   * @contents: the contents in whose page this is asked
   * @request: who wants to know the user's name and password
   *
   * No handler of [signal@WebContents::login] answers a request. The same rules
   * hold as there.
   *
   * Returns: %TRUE if the handler answers @request, now or later
   *
   * Since: 0.1
   */
  g_signal_new ("login", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL,
                G_TYPE_BOOLEAN, 2, MULLION_TYPE_WEB_CONTENTS, MULLION_TYPE_LOGIN_REQUEST);
}
