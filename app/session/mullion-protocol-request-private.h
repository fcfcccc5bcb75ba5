/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-protocol-request.h"

G_BEGIN_DECLS

/* @contents: (nullable) */
MullionProtocolRequest *mullion_protocol_request_new (WebKitURISchemeRequest *request,
                                                      MullionWebContents     *contents);

G_END_DECLS
