/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The pages and scripts of an app folder, to search in. */
typedef struct _MullionAppTexts MullionAppTexts;

MullionAppTexts *mullion_app_texts_new  (const char      *folder);
void             mullion_app_texts_free (MullionAppTexts *self);
/* Adds "FILE:LINE: what stands there" to @findings, which own it, for each match of @pattern. */
void             mullion_app_texts_find (MullionAppTexts *self,
                                         const char      *pattern,
                                         GPtrArray       *findings);

G_END_DECLS
