/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_APP_SCHEME (mullion_app_scheme_get_type ())

G_DECLARE_FINAL_TYPE (MullionAppScheme, mullion_app_scheme, MULLION, APP_SCHEME, GObject)

MullionAppScheme *mullion_app_scheme_new        (const char       *host);
void              mullion_app_scheme_register   (MullionAppScheme *self,
                                                 WebKitWebContext *context);
const char       *mullion_app_scheme_get_origin (MullionAppScheme *self);
GFile            *mullion_app_scheme_get_root   (MullionAppScheme *self);
void              mullion_app_scheme_set_root   (MullionAppScheme *self,
                                                 GFile            *root);
const char       *mullion_app_scheme_get_policy (MullionAppScheme *self);
void              mullion_app_scheme_set_policy (MullionAppScheme *self,
                                                 const char       *policy);
/* Whether the policy lets a page of the app have @uri in a frame. */
gboolean          mullion_app_scheme_may_frame  (MullionAppScheme *self,
                                                 const char       *uri);
/* The app:// address of a file: @path is relative to the root, or absolute and below it. */
char             *mullion_app_scheme_dup_uri    (MullionAppScheme *self,
                                                 const char       *path,
                                                 const char       *query,
                                                 const char       *hash,
                                                 GError          **error);

G_END_DECLS
