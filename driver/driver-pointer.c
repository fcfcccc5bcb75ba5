/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-pointer.h"

#include "driver-arrival.h"

/*
 * DriverPointer: a pointer that goes to places in windows, on a display that can only move it by so
 * much, and that tells nobody where windows are.
 *
 * The app sees where in its windows the pointer is. Once it was in a window, that window's place is
 * known, till it turns out that the window has moved. One in which it never was is looked for, all
 * over the display, and no page hears of that.
 */

/* A window that moves while the pointer goes there is followed. */
#define N_ATTEMPTS 5
/* Farther than any display goes. */
#define FAR_AWAY 100000

typedef struct
{
  double x;
  double y;
} Point;

struct _DriverPointer
{
  DriverRemoteSession *session; /* (unowned) */
  DriverApp *app;               /* (unowned) */

  Point at;            /* since it was moved first, or was in a corner */
  GHashTable *corners; /* id of a window → (owned) Point: where its surface begins */
};

DriverPointer *
driver_pointer_new (DriverRemoteSession *session,
                    DriverApp           *app)
{
  DriverPointer *self = g_new0 (DriverPointer, 1);

  self->session = session;
  self->app = app;
  self->corners = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
driver_pointer_free (DriverPointer *self)
{
  g_hash_table_unref (self->corners);
  g_free (self);
}

static void
move_to (DriverPointer *self,
         double         x,
         double         y)
{
  if (x != self->at.x || y != self->at.y)
    driver_remote_session_move (self->session, x - self->at.x, y - self->at.y);
  self->at.x = x;
  self->at.y = y;
}

/* -- Where windows are -- */

/* Where in @place's window it is now; @is_inside is whether that is so. */
static gboolean
look (DriverPointer      *self,
      const DriverPlace  *place,
      Point              *found,
      gboolean           *is_inside,
      GError            **error)
{
  guint window = 0;

  if (!driver_remote_session_check (self->session, error) ||
      !driver_arrival_find_pointer (self->app, &window, &found->x, &found->y, error))
    return FALSE;

  *is_inside = window == place->id;
  return TRUE;
}

static void
note_corner (DriverPointer     *self,
             const DriverPlace *place,
             const Point       *found)
{
  Point *corner = g_new (Point, 1);

  corner->x = self->at.x - found->x;
  corner->y = self->at.y - found->y;
  g_hash_table_insert (self->corners, GUINT_TO_POINTER (place->id), corner);
}

static gboolean
is_on_page (const DriverPlace *place,
            const Point       *found)
{
  return found->x >= place->x && found->x < place->x + place->width &&
         found->y >= place->y && found->y < place->y + place->height;
}

/* Stops where the page is. What was moved last may be on its way still, and so the place is not exact:
 * driver_pointer_move () sees to that. */
static gboolean
search_by (DriverPointer      *self,
           const DriverPlace  *place,
           int                 width,
           int                 height,
           int                 step,
           gboolean           *is_found,
           GError            **error)
{
  for (int y = step / 2; y < height && !*is_found; y += step)
    for (int x = step / 2; x < width && !*is_found; x += step)
      {
        Point found = { 0, 0 };

        move_to (self, x, -y);
        if (!look (self, place, &found, is_found, error))
          return FALSE;

        *is_found = *is_found && is_on_page (place, &found);
        if (*is_found)
          note_corner (self, place, &found);
      }

  return TRUE;
}

/* The lower left corner: in the other ones, a desktop may have things that open at a touch. */
static gboolean
search (DriverPointer      *self,
        const DriverPlace  *place,
        gboolean           *is_found,
        GError            **error)
{
  static const int steps[] = { 160, 80, 40, 20 };
  int width = 0;
  int height = 0;

  if (!driver_arrival_get_screen (self->app, &width, &height, error))
    return FALSE;

  g_hash_table_remove_all (self->corners);
  driver_remote_session_move (self->session, -FAR_AWAY, FAR_AWAY);
  self->at = (Point) { 0, 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (steps) && !*is_found; i++)
    if (!search_by (self, place, width, height, steps[i], is_found, error))
      return FALSE;

  return TRUE;
}

gboolean
driver_pointer_find (DriverPointer      *self,
                     const DriverPlace  *place,
                     GError            **error)
{
  gboolean is_found = FALSE;
  gboolean done;

  if (!driver_arrival_hide (self->app, TRUE, TRUE, error))
    return FALSE;

  done = search (self, place, &is_found, error);
  done = driver_arrival_hide (self->app, FALSE, FALSE, done ? error : NULL) && done;
  /* Now the page is there again for the pointer, which has to move to find out. */
  if (done && is_found)
    move_to (self, self->at.x + 1, self->at.y + 1);
  if (done && !is_found)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 "The pointer does not come to the window, wherever it is moved");
  return done && is_found;
}

/* -- Moving -- */

static gboolean
learn_corner (DriverPointer      *self,
              const DriverPlace  *place,
              GError            **error)
{
  gboolean is_inside = FALSE;
  Point found;

  if (!look (self, place, &found, &is_inside, error))
    return FALSE;
  if (!is_inside)
    return driver_pointer_find (self, place, error);

  note_corner (self, place, &found);
  return TRUE;
}

gboolean
driver_pointer_move (DriverPointer      *self,
                     const DriverPlace  *place,
                     double              x,
                     double              y,
                     GError            **error)
{
  gboolean has_arrived = FALSE;

  for (int i = 0; i < N_ATTEMPTS; i++)
    {
      const Point *corner = g_hash_table_lookup (self->corners, GUINT_TO_POINTER (place->id));

      if (corner == NULL && !learn_corner (self, place, error))
        return FALSE;

      corner = g_hash_table_lookup (self->corners, GUINT_TO_POINTER (place->id));
      move_to (self, corner->x + x, corner->y + y);
      if (!driver_remote_session_check (self->session, error) ||
          !driver_arrival_await_pointer (self->app, place->id, x, y, &has_arrived, error))
        return FALSE;
      if (has_arrived)
        return TRUE;

      g_hash_table_remove (self->corners, GUINT_TO_POINTER (place->id));
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               "The pointer does not come to (%g, %g) in the window", x, y);
  return FALSE;
}
