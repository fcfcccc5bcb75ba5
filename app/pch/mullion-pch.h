/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What nearly every file of the library includes, read by the compiler once and not once a file: a
 * cold build takes a third of the time. Each file still includes what it uses.
 */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>
#include <webkit/webkit.h>
