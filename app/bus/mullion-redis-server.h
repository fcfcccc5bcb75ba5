/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MULLION_REDIS_PORT 6379

/* Where a server is, and who asks. Zero at first. */
typedef struct
{
  char *host; /* (owned): a name, an address, or the path of a Unix socket */
  guint16 port; /* 0 of a Unix socket */
  char *user;     /* (nullable) (owned) */
  char *password; /* (nullable) (owned) */

  gboolean is_encrypted;
  GTlsDatabase *authorities;    /* (nullable) (owned): whom to believe; the system's */
  GTlsCertificate *certificate; /* (nullable) (owned): who we are */
} MullionRedisServer;

void               mullion_redis_server_clear          (MullionRedisServer        *self);
/* `redis:` or `rediss:`. FALSE with %MULLION_BUS_ERROR_ADDRESS. */
gboolean           mullion_redis_server_parse          (MullionRedisServer        *self,
                                                        const char                *uri,
                                                        GError                   **error);
/* (transfer full): "The Redis server at …: @reason" */
GError            *mullion_redis_server_new_error      (const MullionRedisServer  *self,
                                                        int                        code,
                                                        const char                *reason);
/* Of what GIO says of a connection: a MullionBusError. */
int                mullion_redis_server_classify_error (const GError              *error);

/* @self has to stay until it is finished. */
void               mullion_redis_server_connect_async  (const MullionRedisServer  *self,
                                                        GCancellable              *cancellable,
                                                        GAsyncReadyCallback        callback,
                                                        gpointer                   user_data);
/* (transfer full) (nullable) */
GSocketConnection *mullion_redis_server_connect_finish (GObject                   *source,
                                                        GAsyncResult              *result,
                                                        GError                   **error);

G_END_DECLS
