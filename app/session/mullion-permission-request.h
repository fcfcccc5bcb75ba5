/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_PERMISSION_REQUEST (mullion_permission_request_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionPermissionRequest, mullion_permission_request, MULLION, PERMISSION_REQUEST, GObject)

/**
 * MullionPermissionRequestHandler:
 * @request: what a page asks for
 * @user_data: what was given with the handler
 *
 * Decides about a permission, now or later, with [method@PermissionRequest.allow] or
 * [method@PermissionRequest.deny].
 *
 * Since: 0.1
 */
typedef void (*MullionPermissionRequestHandler) (MullionPermissionRequest *request,
                                                 gpointer                  user_data);

/**
 * MullionPermissionCheckHandler:
 * @contents: the page
 * @permission: Electron's name of a permission
 * @requesting_origin: who wants to know
 * @user_data: what was given with the handler
 *
 * Says whether a page has a permission.
 *
 * Returns: whether it has
 *
 * Since: 0.1
 */
typedef gboolean (*MullionPermissionCheckHandler) (MullionWebContents *contents,
                                                   const char         *permission,
                                                   const char         *requesting_origin,
                                                   gpointer            user_data);

MULLION_AVAILABLE_IN_ALL
MullionWebContents *mullion_permission_request_get_web_contents (MullionPermissionRequest *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_permission_request_get_permission (MullionPermissionRequest *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_permission_request_get_requesting_url (MullionPermissionRequest *self);
MULLION_AVAILABLE_IN_ALL
const char *const *mullion_permission_request_get_media_types (MullionPermissionRequest *self);
MULLION_AVAILABLE_IN_ALL
void mullion_permission_request_allow (MullionPermissionRequest *self);
MULLION_AVAILABLE_IN_ALL
void mullion_permission_request_deny (MullionPermissionRequest *self);

G_END_DECLS
