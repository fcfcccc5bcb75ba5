/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

/* A helper: says each message again on the port that it came from, takes the ports that come with one,
 * and ends in the way that a text says. */
void start_echo (MullionMessagePortMain *port);
