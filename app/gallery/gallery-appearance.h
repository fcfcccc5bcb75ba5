/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* Lets @app be dark when the desktop is, now and whenever that changes. */
void gallery_appearance_follow (MullionApp *app);

G_END_DECLS
