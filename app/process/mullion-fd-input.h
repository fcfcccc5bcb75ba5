/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gunixinputstream.h>

G_BEGIN_DECLS

#define MULLION_TYPE_FD_INPUT (mullion_fd_input_get_type ())

G_DECLARE_FINAL_TYPE (MullionFdInput, mullion_fd_input, MULLION, FD_INPUT, GUnixInputStream)

/* @fd is the stream's. */
MullionFdInput *mullion_fd_input_new  (int             fd);
/* The first file descriptor that came and that nobody took, which is the caller's; -1 if none. */
int             mullion_fd_input_take (MullionFdInput *self);

G_END_DECLS
