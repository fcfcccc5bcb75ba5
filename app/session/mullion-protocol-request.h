/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_PROTOCOL_REQUEST (mullion_protocol_request_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionProtocolRequest, mullion_protocol_request, MULLION, PROTOCOL_REQUEST,
                      GObject)

MULLION_AVAILABLE_IN_ALL
const char *mullion_protocol_request_get_url (MullionProtocolRequest *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_protocol_request_get_method (MullionProtocolRequest *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_protocol_request_get_header (MullionProtocolRequest *self,
                                                 const char             *name);
MULLION_AVAILABLE_IN_ALL
GInputStream *mullion_protocol_request_get_body (MullionProtocolRequest *self);
MULLION_AVAILABLE_IN_ALL
MullionWebContents *mullion_protocol_request_get_web_contents (MullionProtocolRequest *self);

MULLION_AVAILABLE_IN_ALL
void mullion_protocol_request_set_status (MullionProtocolRequest *self,
                                          guint                   status);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_protocol_request_set_header (MullionProtocolRequest *self,
                                              const char             *name,
                                              const char             *value);
MULLION_AVAILABLE_IN_ALL
void mullion_protocol_request_respond (MullionProtocolRequest *self,
                                       const char             *content_type,
                                       GInputStream           *body,
                                       gint64                  length);
MULLION_AVAILABLE_IN_ALL
void mullion_protocol_request_respond_bytes (MullionProtocolRequest *self,
                                             const char             *content_type,
                                             GBytes                 *body);
MULLION_AVAILABLE_IN_ALL
void mullion_protocol_request_respond_error (MullionProtocolRequest *self,
                                             GError                 *error);

MULLION_AVAILABLE_IN_ALL
void mullion_protocol_request_respond_file (MullionProtocolRequest *self,
                                            GFile                  *folder);

G_END_DECLS
