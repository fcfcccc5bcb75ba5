/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-permission-request.h"

G_BEGIN_DECLS

/* What the pages of a session may do with what is the user's. */
typedef struct _MullionPermissions MullionPermissions;

MullionPermissions *mullion_permissions_new                 (void);
void                mullion_permissions_free                (MullionPermissions *self);
void                mullion_permissions_set_request_handler (MullionPermissions              *self,
                                                             MullionPermissionRequestHandler  handler,
                                                             gpointer                         user_data,
                                                             GDestroyNotify                   destroy);
void                mullion_permissions_set_check_handler   (MullionPermissions              *self,
                                                             MullionPermissionCheckHandler    handler,
                                                             gpointer                         user_data,
                                                             GDestroyNotify                   destroy);

/* Decides for the page of @contents from now on. */
void                mullion_permissions_watch               (MullionPermissions *self,
                                                             MullionWebContents *contents);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionPermissions, mullion_permissions_free)

G_END_DECLS
