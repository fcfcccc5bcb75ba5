/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Chromium's number and name for why a load failed, as Electron gives them. */
int mullion_net_error_from_error (const GError  *error,
                                  const char   **name);

/* The same for what is wrong with a certificate. */
int mullion_net_error_from_certificate (GTlsCertificateFlags   errors,
                                        const char           **name);

G_END_DECLS
