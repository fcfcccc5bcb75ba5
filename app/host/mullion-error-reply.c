/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-error-reply.h"

/*
 * How an error of the main process is told to a page.
 *
 * Lives in the main process. The text is what Electron would say. Of a GError that an app answers
 * with, domain, code and details come beside it, so that a page need not take the text apart. What
 * we say ourselves, such as that there is no handler, is the plain error that Electron has.
 */

JsonArray *
mullion_error_reply_new (const char *prefix,
                         const char *message)
{
  JsonArray *self = json_array_sized_new (1);
  g_autofree char *text = g_strconcat (prefix, message, NULL);

  json_array_add_string_element (self, text);

  return self;
}

/* @details: (nullable) (transfer full) */
JsonArray *
mullion_error_reply_new_typed (const char   *prefix,
                               const GError *error,
                               JsonNode     *details)
{
  JsonArray *self = mullion_error_reply_new (prefix, error->message);

  json_array_add_string_element (self, g_quark_to_string (error->domain));
  json_array_add_int_element (self, error->code);
  if (details != NULL)
    json_array_add_element (self, details);

  return self;
}
