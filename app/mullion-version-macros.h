/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/**
 * MULLION_AVAILABLE_IN_ALL:
 *
 * Marks a symbol as part of the public interface of the library. Whatever does
 * not carry it stays inside.
 */
#define MULLION_AVAILABLE_IN_ALL __attribute__ ((visibility ("default"))) extern
