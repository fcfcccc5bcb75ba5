/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-arrival.h"

/* What the app says of its input, as functions. A Wayland compositor does not say it. */

gboolean
driver_arrival_hide (DriverApp  *app,
                     gboolean    hides_keys,
                     gboolean    hides_pointer,
                     GError    **error)
{
  g_autoptr(GVariant) answer =
    driver_app_call_input (app, "Hide", g_variant_new ("(bb)", hides_keys, hides_pointer), NULL,
                           error);

  return answer != NULL;
}

gboolean
driver_arrival_count (DriverApp  *app,
                      guint64    *count,
                      GError    **error)
{
  g_autoptr(GVariant) answer = driver_app_call_input (app, "Count", NULL, G_VARIANT_TYPE ("(t)"),
                                                      error);

  if (answer != NULL)
    g_variant_get (answer, "(t)", count);

  return answer != NULL;
}

gboolean
driver_arrival_await_input (DriverApp  *app,
                            guint64     since,
                            GArray     *expected,
                            GError    **error)
{
  GVariant *list = g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, expected->data, expected->len,
                                              sizeof (guint32));
  g_autoptr(GVariant) answer =
    driver_app_call_input (app, "AwaitInput", g_variant_new ("(t@au)", since, list),
                           G_VARIANT_TYPE ("(b)"), error);
  gboolean has_arrived = FALSE;

  if (answer == NULL)
    return FALSE;

  g_variant_get (answer, "(b)", &has_arrived);
  if (!has_arrived)
    g_debug ("Not all input has come to the app");
  return TRUE;
}

gboolean
driver_arrival_find_pointer (DriverApp  *app,
                             guint      *window,
                             double     *x,
                             double     *y,
                             GError    **error)
{
  g_autoptr(GVariant) answer = driver_app_call_input (app, "FindPointer", NULL,
                                                      G_VARIANT_TYPE ("(udd)"), error);

  if (answer != NULL)
    g_variant_get (answer, "(udd)", window, x, y);

  return answer != NULL;
}

gboolean
driver_arrival_await_pointer (DriverApp  *app,
                              guint       window,
                              double      x,
                              double      y,
                              gboolean   *has_arrived,
                              GError    **error)
{
  g_autoptr(GVariant) answer =
    driver_app_call_input (app, "AwaitPointer", g_variant_new ("(udd)", window, x, y),
                           G_VARIANT_TYPE ("(b)"), error);

  if (answer != NULL)
    g_variant_get (answer, "(b)", has_arrived);

  return answer != NULL;
}

gboolean
driver_arrival_get_screen (DriverApp  *app,
                           int        *width,
                           int        *height,
                           GError    **error)
{
  g_autoptr(GVariant) answer = driver_app_call_input (app, "GetScreen", NULL,
                                                      G_VARIANT_TYPE ("(ii)"), error);

  if (answer != NULL)
    g_variant_get (answer, "(ii)", width, height);

  return answer != NULL;
}

gboolean
driver_arrival_find_active (DriverApp  *app,
                            guint      *window,
                            GError    **error)
{
  g_autoptr(GVariant) answer = driver_app_call_input (app, "FindActive", NULL,
                                                      G_VARIANT_TYPE ("(u)"), error);

  if (answer != NULL)
    g_variant_get (answer, "(u)", window);

  return answer != NULL;
}

gboolean
driver_arrival_await_focus (DriverApp  *app,
                            guint       previous,
                            GError    **error)
{
  g_autoptr(GVariant) answer =
    driver_app_call_input (app, "AwaitFocus", g_variant_new ("(u)", previous),
                           G_VARIANT_TYPE ("(b)"), error);

  return answer != NULL;
}

gboolean
driver_arrival_find_key (DriverApp  *app,
                         gulong      keysym,
                         guint      *keycode,
                         guint      *level,
                         GError    **error)
{
  g_autoptr(GVariant) answer =
    driver_app_call_input (app, "FindKey", g_variant_new ("(u)", (guint) keysym),
                           G_VARIANT_TYPE ("(uu)"), error);

  if (answer != NULL)
    g_variant_get (answer, "(uu)", keycode, level);

  return answer != NULL;
}

gboolean
driver_arrival_insert_text (DriverApp   *app,
                            guint        window,
                            const char  *text,
                            GError     **error)
{
  g_autoptr(GVariant) answer =
    driver_app_call_input (app, "InsertText", g_variant_new ("(us)", window, text), NULL, error);

  return answer != NULL;
}
