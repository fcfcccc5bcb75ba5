/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

/* (transfer full): a value that is made anew with what the functions of values tell of @value. */
JsonNode   *remake_value    (JsonNode *value);
/* (transfer none): the last part of the name of its kind. */
const char *get_kind_name   (JsonNode *value);
