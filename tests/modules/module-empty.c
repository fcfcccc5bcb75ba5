/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A module that can be loaded and is no module of an app: it lacks the one function.
 */

__attribute__ ((visibility ("default"))) extern int mullion_test_module_something;

int mullion_test_module_something = 1;
