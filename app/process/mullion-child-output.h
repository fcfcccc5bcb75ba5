/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gunixinputstream.h>

G_BEGIN_DECLS

#define MULLION_TYPE_CHILD_OUTPUT (mullion_child_output_get_type ())

G_DECLARE_FINAL_TYPE (MullionChildOutput, mullion_child_output, MULLION, CHILD_OUTPUT,
                      GUnixInputStream)

/* Its signal `ended` comes once, from the default main context, when the stream was read to its end
 * or closed. @fd is the stream's. */
GInputStream *mullion_child_output_new (int fd);

G_END_DECLS
