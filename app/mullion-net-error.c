/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-net-error.h"

#include <gio/gio.h>
#include <webkit/webkit.h>

/*
 * Load errors in Electron's terms: apps and tests compare `did-fail-load` with Chromium's numbers
 * and names. What has no equal there is ERR_FAILED.
 */

#define ERR_FAILED (-2)

typedef struct
{
  GQuark (*domain) (void);
  int code;
  int number;
  const char *name;
} NetError;

static const NetError net_errors[] = {
  { webkit_network_error_quark, WEBKIT_NETWORK_ERROR_CANCELLED,
    -3, "ERR_ABORTED" },
  { webkit_network_error_quark, WEBKIT_NETWORK_ERROR_FILE_DOES_NOT_EXIST,
    -6, "ERR_FILE_NOT_FOUND" },
  { webkit_network_error_quark, WEBKIT_NETWORK_ERROR_UNKNOWN_PROTOCOL,
    -302, "ERR_UNKNOWN_URL_SCHEME" },
  { webkit_policy_error_quark, WEBKIT_POLICY_ERROR_CANNOT_SHOW_URI,
    -302, "ERR_UNKNOWN_URL_SCHEME" },
  { webkit_policy_error_quark, WEBKIT_POLICY_ERROR_FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE,
    -3, "ERR_ABORTED" },
  { g_io_error_quark, G_IO_ERROR_NOT_FOUND, -6, "ERR_FILE_NOT_FOUND" },
  { g_io_error_quark, G_IO_ERROR_PERMISSION_DENIED, -10, "ERR_ACCESS_DENIED" },
  { g_io_error_quark, G_IO_ERROR_CANCELLED, -3, "ERR_ABORTED" },
  { g_io_error_quark, G_IO_ERROR_TIMED_OUT, -7, "ERR_TIMED_OUT" },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, -102, "ERR_CONNECTION_REFUSED" },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, -100, "ERR_CONNECTION_CLOSED" },
  { g_io_error_quark, G_IO_ERROR_HOST_NOT_FOUND, -105, "ERR_NAME_NOT_RESOLVED" },
  { g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, -106, "ERR_INTERNET_DISCONNECTED" },
  { g_io_error_quark, G_IO_ERROR_HOST_UNREACHABLE, -109, "ERR_ADDRESS_UNREACHABLE" },
  { g_resolver_error_quark, G_RESOLVER_ERROR_NOT_FOUND, -105, "ERR_NAME_NOT_RESOLVED" },
};

int
mullion_net_error_from_error (const GError  *error,
                              const char   **name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (net_errors); i++)
    if (g_error_matches (error, net_errors[i].domain (), net_errors[i].code))
      {
        *name = net_errors[i].name;
        return net_errors[i].number;
      }

  *name = "ERR_FAILED";
  return ERR_FAILED;
}

/* The worst comes first: of several faults it is the one that is told. */
static const struct
{
  GTlsCertificateFlags flag;
  int number;
  const char *name;
} certificate_errors[] = {
  { G_TLS_CERTIFICATE_REVOKED, -206, "ERR_CERT_REVOKED" },
  { G_TLS_CERTIFICATE_UNKNOWN_CA, -202, "ERR_CERT_AUTHORITY_INVALID" },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, -200, "ERR_CERT_COMMON_NAME_INVALID" },
  { G_TLS_CERTIFICATE_EXPIRED, -201, "ERR_CERT_DATE_INVALID" },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, -201, "ERR_CERT_DATE_INVALID" },
  { G_TLS_CERTIFICATE_INSECURE, -208, "ERR_CERT_WEAK_SIGNATURE_ALGORITHM" },
};

int
mullion_net_error_from_certificate (GTlsCertificateFlags   errors,
                                    const char           **name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (certificate_errors); i++)
    if ((errors & certificate_errors[i].flag) != 0)
      {
        *name = certificate_errors[i].name;
        return certificate_errors[i].number;
      }

  *name = "ERR_CERT_INVALID";
  return -207;
}
