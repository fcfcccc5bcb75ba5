/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_DOWNLOAD_ITEM (mullion_download_item_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionDownloadItem, mullion_download_item, MULLION, DOWNLOAD_ITEM, GObject)

MULLION_AVAILABLE_IN_ALL
const char *mullion_download_item_get_url (MullionDownloadItem *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_download_item_get_mime_type (MullionDownloadItem *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_download_item_get_filename (MullionDownloadItem *self);
MULLION_AVAILABLE_IN_ALL
guint64 mullion_download_item_get_total_bytes (MullionDownloadItem *self);
MULLION_AVAILABLE_IN_ALL
guint64 mullion_download_item_get_received_bytes (MullionDownloadItem *self);
MULLION_AVAILABLE_IN_ALL
int mullion_download_item_get_percent_complete (MullionDownloadItem *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_download_item_get_state (MullionDownloadItem *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_download_item_get_save_path (MullionDownloadItem *self);
MULLION_AVAILABLE_IN_ALL
void mullion_download_item_set_save_path (MullionDownloadItem *self,
                                          const char          *path);
MULLION_AVAILABLE_IN_ALL
void mullion_download_item_cancel (MullionDownloadItem *self);

G_END_DECLS
