/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gunixfdlist.h>
#include <gio/gunixoutputstream.h>

G_BEGIN_DECLS

#define MULLION_TYPE_FD_OUTPUT (mullion_fd_output_get_type ())

G_DECLARE_FINAL_TYPE (MullionFdOutput, mullion_fd_output, MULLION, FD_OUTPUT, GUnixOutputStream)

/* @fd is the stream's. */
MullionFdOutput *mullion_fd_output_new     (int              fd);
/* Sends a copy of @fd with the next bytes. FALSE if no copy can be made. */
gboolean         mullion_fd_output_send_fd (MullionFdOutput  *self,
                                            int               fd,
                                            GError          **error);

G_END_DECLS
