/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  GtkMessageType type;
  const char *title;          /* (nullable) */
  const char *message;
  const char *detail;         /* (nullable) */
  const char *icon;           /* (nullable): a file of the app, an absolute path or an icon's name */
  const char *const *buttons; /* at least one */
  int default_id;             /* index of the button that Enter presses, or -1 */
  int cancel_id;              /* index that stands for closing the box */
  const char *checkbox;       /* (nullable): a label */
  gboolean is_checked;
} MullionMessageBoxRequest;

/* (transfer full): @label as GTK reads it, where "_" marks a mnemonic */
char *mullion_message_box_escape     (const char                     *label);

/* @request is only read during the call. */
void  mullion_message_box_ask_async  (const MullionMessageBoxRequest *request,
                                      GtkWindow                      *parent,
                                      GCancellable                   *cancellable,
                                      GAsyncReadyCallback             callback,
                                      gpointer                        user_data);
/* The index of the pressed button, or -1 with @error set. */
int   mullion_message_box_ask_finish (GAsyncResult                   *result,
                                      gboolean                       *is_checked,
                                      GError                        **error);

G_END_DECLS
