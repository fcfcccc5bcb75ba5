/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-permission-request-private.h"

#include "mullion-web-contents.h"

/**
 * MullionPermissionRequest:
 *
 * A page asks for something that is the user's: where they are, their camera, their clipboard.
 *
 * A [callback@PermissionRequestHandler] answers it once, now or later. One that is dropped without
 * an answer is denied.
 *
 * WebKitGTK does not say which frame asks. A frame of another origin can ask only for what the page
 * hands on to it with the attribute `allow`.
 *
 * Since: 0.1
 */

struct _MullionPermissionRequest
{
  GObject parent_instance;

  MullionWebContents *contents;
  WebKitPermissionRequest *wish; /* (nullable): not answered yet */
  const char *permission;
  char *requesting_url;
  const char *media_types[3];
};

G_DEFINE_FINAL_TYPE (MullionPermissionRequest, mullion_permission_request, G_TYPE_OBJECT)

/* -- What WebKit asks, in Electron's words -- */

static const char *
name_media (WebKitPermissionRequest *wish)
{
  WebKitUserMediaPermissionRequest *media = WEBKIT_USER_MEDIA_PERMISSION_REQUEST (wish);

  return webkit_user_media_permission_is_for_display_device (media) ? "display-capture" : "media";
}

const char *
mullion_permission_request_name (WebKitPermissionRequest *wish)
{
  const struct { GType type; const char *name; } names[] = {
    { WEBKIT_TYPE_GEOLOCATION_PERMISSION_REQUEST, "geolocation" },
    { WEBKIT_TYPE_NOTIFICATION_PERMISSION_REQUEST, "notifications" },
    { WEBKIT_TYPE_POINTER_LOCK_PERMISSION_REQUEST, "pointerLock" },
    { WEBKIT_TYPE_CLIPBOARD_PERMISSION_REQUEST, "clipboard-read" },
    { WEBKIT_TYPE_MEDIA_KEY_SYSTEM_PERMISSION_REQUEST, "mediaKeySystem" },
    { WEBKIT_TYPE_WEBSITE_DATA_ACCESS_PERMISSION_REQUEST, "storage-access" },
    { WEBKIT_TYPE_DEVICE_INFO_PERMISSION_REQUEST, "media" },
  };

  if (WEBKIT_IS_USER_MEDIA_PERMISSION_REQUEST (wish))
    return name_media (wish);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (G_TYPE_CHECK_INSTANCE_TYPE (wish, names[i].type))
      return names[i].name;

  return "unknown";
}

static void
note_media_types (MullionPermissionRequest *self)
{
  gsize n = 0;

  if (!WEBKIT_IS_USER_MEDIA_PERMISSION_REQUEST (self->wish))
    return;

  if (webkit_user_media_permission_is_for_audio_device (
        WEBKIT_USER_MEDIA_PERMISSION_REQUEST (self->wish)))
    self->media_types[n++] = "audio";
  if (webkit_user_media_permission_is_for_video_device (
        WEBKIT_USER_MEDIA_PERMISSION_REQUEST (self->wish)))
    self->media_types[n++] = "video";
}

/* -- What it is -- */

/**
 * mullion_permission_request_get_web_contents:
 * @self: a request
 *
 * Gets whose page asks.
 *
 * Returns: (transfer none): the page
 *
 * Since: 0.1
 */
MullionWebContents *
mullion_permission_request_get_web_contents (MullionPermissionRequest *self)
{
  g_return_val_if_fail (MULLION_IS_PERMISSION_REQUEST (self), NULL);

  return self->contents;
}

/**
 * mullion_permission_request_get_permission:
 * @self: a request
 *
 * Gets what the page asks for: `geolocation`, `notifications`, `media`, `display-capture`,
 * `pointerLock`, `clipboard-read`, `mediaKeySystem`, `storage-access`, or `unknown` for what
 * Electron has no name for.
 *
 * Returns: Electron's name of the permission
 *
 * Since: 0.1
 */
const char *
mullion_permission_request_get_permission (MullionPermissionRequest *self)
{
  g_return_val_if_fail (MULLION_IS_PERMISSION_REQUEST (self), NULL);

  return self->permission;
}

/**
 * mullion_permission_request_get_requesting_url:
 * @self: a request
 *
 * Gets the address of the page that asks, or whose frame does.
 *
 * Returns: the address that the page had when it asked
 *
 * Since: 0.1
 */
const char *
mullion_permission_request_get_requesting_url (MullionPermissionRequest *self)
{
  g_return_val_if_fail (MULLION_IS_PERMISSION_REQUEST (self), NULL);

  return self->requesting_url;
}

/**
 * mullion_permission_request_get_media_types:
 * @self: a request
 *
 * Gets what a page that asks for `media` wants to record, like Electron's `details.mediaTypes`.
 *
 * Returns: (transfer none) (array zero-terminated=1): `audio`, `video` or both; empty for any other
 *   permission
 *
 * Since: 0.1
 */
const char *const *
mullion_permission_request_get_media_types (MullionPermissionRequest *self)
{
  g_return_val_if_fail (MULLION_IS_PERMISSION_REQUEST (self), NULL);

  return self->media_types;
}

/* -- The answer -- */

/**
 * mullion_permission_request_allow:
 * @self: a request
 *
 * Gives the page what it asks for. Does nothing when the request is answered.
 *
 * Since: 0.1
 */
void
mullion_permission_request_allow (MullionPermissionRequest *self)
{
  g_return_if_fail (MULLION_IS_PERMISSION_REQUEST (self));

  if (self->wish != NULL)
    webkit_permission_request_allow (self->wish);
  g_clear_object (&self->wish);
}

/**
 * mullion_permission_request_deny:
 * @self: a request
 *
 * Refuses what the page asks for. Does nothing when the request is answered.
 *
 * Since: 0.1
 */
void
mullion_permission_request_deny (MullionPermissionRequest *self)
{
  g_return_if_fail (MULLION_IS_PERMISSION_REQUEST (self));

  if (self->wish != NULL)
    webkit_permission_request_deny (self->wish);
  g_clear_object (&self->wish);
}

/* -- Its beginning and its end -- */

static void
mullion_permission_request_dispose (GObject *object)
{
  MullionPermissionRequest *self = MULLION_PERMISSION_REQUEST (object);

  mullion_permission_request_deny (self);
  g_clear_object (&self->contents);

  G_OBJECT_CLASS (mullion_permission_request_parent_class)->dispose (object);
}

static void
mullion_permission_request_finalize (GObject *object)
{
  g_free (MULLION_PERMISSION_REQUEST (object)->requesting_url);

  G_OBJECT_CLASS (mullion_permission_request_parent_class)->finalize (object);
}

static void
mullion_permission_request_class_init (MullionPermissionRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mullion_permission_request_dispose;
  object_class->finalize = mullion_permission_request_finalize;
}

static void
mullion_permission_request_init (MullionPermissionRequest *self)
{
}

MullionPermissionRequest *
mullion_permission_request_new (MullionWebContents      *contents,
                                WebKitPermissionRequest *wish)
{
  MullionPermissionRequest *self = g_object_new (MULLION_TYPE_PERMISSION_REQUEST, NULL);
  const char *url = mullion_web_contents_get_uri (contents);

  self->contents = g_object_ref (contents);
  self->wish = g_object_ref (wish);
  self->permission = mullion_permission_request_name (wish);
  self->requesting_url = g_strdup (url != NULL ? url : "");
  note_media_types (self);

  return self;
}
