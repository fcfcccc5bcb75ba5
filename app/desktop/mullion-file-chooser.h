/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  MULLION_FILE_CHOOSER_OPEN_FILE,
  MULLION_FILE_CHOOSER_OPEN_FOLDER,
  MULLION_FILE_CHOOSER_SAVE,
} MullionFileChooserMode;

typedef struct
{
  MullionFileChooserMode mode;
  gboolean is_multiple;
  char *title;        /* (nullable) */
  char *label;        /* (nullable): on the button that chooses, with "_" for a mnemonic */
  char *folder;       /* (nullable): where it starts */
  char *name;         /* (nullable): the name that is offered, to save under */
  GListStore *filters; /* of GtkFileFilter; empty for all files */
} MullionFileChooserRequest;

MullionFileChooserRequest *
             mullion_file_chooser_request_new  (MullionFileChooserMode     mode);
void         mullion_file_chooser_request_free (MullionFileChooserRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionFileChooserRequest, mullion_file_chooser_request_free)

/* @request is only read during the call. */
void         mullion_file_chooser_choose_async  (const MullionFileChooserRequest *request,
                                                 GtkWindow                       *parent,
                                                 GCancellable                    *cancellable,
                                                 GAsyncReadyCallback              callback,
                                                 gpointer                         user_data);
/* (transfer full): the GFiles that the user chose, none when the dialog was dismissed. */
GListModel  *mullion_file_chooser_choose_finish (GAsyncResult                    *result,
                                                 GError                         **error);

G_END_DECLS
