/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_NATIVE_THEME (mullion_native_theme_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionNativeTheme, mullion_native_theme, MULLION, NATIVE_THEME, GObject)

MULLION_AVAILABLE_IN_ALL
MullionNativeTheme *mullion_native_theme_get_default (void);

MULLION_AVAILABLE_IN_ALL
const char *mullion_native_theme_get_theme_source                (MullionNativeTheme *self);
MULLION_AVAILABLE_IN_ALL
gboolean    mullion_native_theme_set_theme_source                (MullionNativeTheme *self,
                                                                  const char         *source,
                                                                  GError            **error);
MULLION_AVAILABLE_IN_ALL
gboolean    mullion_native_theme_should_use_dark_colors          (MullionNativeTheme *self);
MULLION_AVAILABLE_IN_ALL
gboolean    mullion_native_theme_should_use_high_contrast_colors (MullionNativeTheme *self);
MULLION_AVAILABLE_IN_ALL
char       *mullion_native_theme_dup_accent_color                (MullionNativeTheme *self);

G_END_DECLS
