/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-file-chooser.h"
#include "mullion-message-box.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* (transfer full), or NULL with @error set: what a page asked a dialog to be. @options: (nullable) */
MullionFileChooserRequest *
          mullion_dialog_options_read_open    (JsonObject                *options,
                                               GError                   **error);
MullionFileChooserRequest *
          mullion_dialog_options_read_save    (JsonObject                *options,
                                               GError                   **error);
/* @request points into @options and @buttons. */
gboolean  mullion_dialog_options_read_message (JsonObject                *options,
                                               MullionMessageBoxRequest  *request,
                                               GStrv                     *buttons,
                                               GError                   **error);

G_END_DECLS
