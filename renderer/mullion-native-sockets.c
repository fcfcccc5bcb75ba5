/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-native-sockets.h"

/*
 * The sockets' part of the native door: functions for our own runtime, which alone ever holds them.
 *
 * Lives in the web process. Sockets are named by their numbers, which the runtime counts on to be
 * right; a number that is not, or not any more, does nothing or throws.
 */

MullionSide *
mullion_native_gather_side (JSCValue *buffers)
{
  MullionSide *side = mullion_side_new ();
  g_autoptr(JSCValue) length = jsc_value_object_get_property (buffers, "length");
  int n_buffers = jsc_value_to_int32 (length);

  for (int i = 0; i < n_buffers; i++)
    {
      g_autoptr(JSCValue) buffer = jsc_value_object_get_property_at_index (buffers, i);
      gsize size = 0;
      const void *data = jsc_value_array_buffer_get_data (buffer, &size);

      mullion_side_add (side, data, size);
    }

  return side;
}

static void
throw_error (const GError *error)
{
  jsc_context_throw (jsc_context_get_current (), error->message);
}

static guint
native_make_sockets (gpointer user_data)
{
  g_autoptr(GError) error = NULL;
  guint first = mullion_render_sockets_make_pair (user_data, &error);

  if (first == 0)
    throw_error (error);

  return first;
}

static gboolean
native_open_socket (guint    number,
                    gpointer user_data)
{
  return mullion_render_sockets_open (user_data, number);
}

/* Returns whether the other end was there. Throws when this frame cannot be sent. */
static gboolean
native_send_to_socket (guint       number,
                       guint       kind,
                       const char *text,
                       JSCValue   *buffers,
                       JSCValue   *ports,
                       gpointer    user_data)
{
  MullionRenderSockets *self = user_data;
  g_autoptr(MullionSide) side = NULL;
  GUnixFDList *fds = NULL;
  g_autoptr(GError) error = NULL;

  if (!jsc_value_is_null (ports) &&
      (fds = mullion_render_sockets_take (self, ports, &error)) == NULL)
    {
      throw_error (error);
      return FALSE;
    }

  if (!jsc_value_is_null (buffers))
    side = mullion_native_gather_side (buffers);
  if (mullion_render_sockets_send (self, number, kind, text, side, fds, &error))
    return TRUE;

  if (!g_error_matches (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED))
    throw_error (error);
  return FALSE;
}

static void
native_set_socket_reading (guint    number,
                           gboolean reading,
                           gpointer user_data)
{
  mullion_render_sockets_set_reading (user_data, number, reading);
}

static double
native_get_socket_queued (guint    number,
                          gpointer user_data)
{
  return mullion_render_sockets_get_queued (user_data, number);
}

static void
native_close_socket (guint    number,
                     gpointer user_data)
{
  mullion_render_sockets_remove (user_data, number);
}

void
mullion_native_add_socket_functions (JSCValue             *native,
                                     JSCContext           *context,
                                     MullionRenderSockets *sockets)
{
#define ADD(name, callback, ...) \
  G_STMT_START { \
    g_autoptr(JSCValue) function_ = \
      jsc_value_new_function (context, name, G_CALLBACK (callback), \
                              mullion_render_sockets_ref (sockets), \
                              (GDestroyNotify) mullion_render_sockets_unref, __VA_ARGS__); \
    jsc_value_object_set_property (native, name, function_); \
  } G_STMT_END

  ADD ("makeSockets", native_make_sockets, G_TYPE_UINT, 0, G_TYPE_NONE);
  ADD ("openSocket", native_open_socket, G_TYPE_BOOLEAN, 1, G_TYPE_UINT);
  ADD ("sendToSocket", native_send_to_socket, G_TYPE_BOOLEAN, 5, G_TYPE_UINT, G_TYPE_UINT,
       G_TYPE_STRING, JSC_TYPE_VALUE, JSC_TYPE_VALUE);
  ADD ("setSocketReading", native_set_socket_reading, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
  ADD ("getSocketQueued", native_get_socket_queued, G_TYPE_DOUBLE, 1, G_TYPE_UINT);
  ADD ("closeSocket", native_close_socket, G_TYPE_NONE, 1, G_TYPE_UINT);

#undef ADD
}
