/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop-opening.h"

#include "capabilities/mullion-capability.h"

/*
 * MullionDesktopOpening: the files and links that the user opens with the app, and its second starts,
 * for pages. Main process.
 *
 * A file that the user opens with the app is one that the user chose: pages may use it as one of a
 * dialog. A start with a file comes before there is a page, so it waits for the first that listens.
 */

#define MAX_WAITING 32

struct _MullionDesktopOpening
{
  MullionDesktop *desktop; /* (unowned): it owns us */
  MullionApp *app;
  GPtrArray *waiting; /* of Opened (owned), the oldest first */
};

typedef struct
{
  const char *event;
  JsonArray *details;
} Opened;

static void
free_opened (gpointer data)
{
  Opened *opened = data;

  json_array_unref (opened->details);
  g_free (opened);
}

static void
tell (MullionDesktopOpening *self,
      const char            *event,
      JsonArray             *details)
{
  Opened *opened;

  if (mullion_desktop_is_listened_to (self->desktop, event))
    {
      mullion_desktop_tell (self->desktop, NULL, event, details);
      return;
    }

  if (self->waiting->len == MAX_WAITING)
    g_ptr_array_remove_index (self->waiting, 0);
  opened = g_new0 (Opened, 1);
  opened->event = event;
  opened->details = details;
  g_ptr_array_add (self->waiting, opened);
}

static JsonArray *
list_text (const char *text)
{
  JsonArray *array = json_array_new ();

  json_array_add_string_element (array, text);

  return array;
}

/* The app's folder stands on the command line, too. A name that is no text could not be told. */
static void
open_file_cb (MullionDesktopOpening *self,
              const char            *path)
{
  const char *own = mullion_app_get_app_path (self->app);

  if (g_strcmp0 (path, own) == 0 || !g_utf8_validate (path, -1, NULL))
    return;

  mullion_file_grants_add (
    mullion_capability_set_get_grants (mullion_desktop_get_set (self->desktop)), path);
  tell (self, "open-file", list_text (path));
}

static void
open_url_cb (MullionDesktopOpening *self,
             const char            *url)
{
  if (g_utf8_validate (url, -1, NULL))
    tell (self, "open-url", list_text (url));
}

/* As Electron has it: the command line, and where it was typed. */
static void
second_instance_cb (MullionDesktopOpening *self,
                    const char *const     *arguments,
                    const char            *folder)
{
  JsonArray *details = json_array_new ();
  JsonArray *texts = json_array_new ();
  g_autofree char *valid = g_utf8_make_valid (folder != NULL ? folder : "", -1);

  for (gsize i = 0; arguments != NULL && arguments[i] != NULL; i++)
    {
      g_autofree char *text = g_utf8_make_valid (arguments[i], -1);

      json_array_add_string_element (texts, text);
    }
  json_array_add_array_element (details, texts);
  json_array_add_string_element (details, valid);
  tell (self, "second-instance", details);
}

MullionDesktopOpening *
mullion_desktop_opening_new (MullionDesktop *desktop)
{
  MullionDesktopOpening *self = g_new0 (MullionDesktopOpening, 1);

  self->desktop = desktop;
  self->app = g_object_ref (mullion_capability_set_get_app (mullion_desktop_get_set (desktop)));
  self->waiting = g_ptr_array_new_with_free_func (free_opened);
  g_signal_connect_swapped (self->app, "open-file", G_CALLBACK (open_file_cb), self);
  g_signal_connect_swapped (self->app, "open-url", G_CALLBACK (open_url_cb), self);
  g_signal_connect_swapped (self->app, "second-instance", G_CALLBACK (second_instance_cb), self);

  return self;
}

void
mullion_desktop_opening_free (MullionDesktopOpening *self)
{
  g_signal_handlers_disconnect_by_data (self->app, self);
  g_object_unref (self->app);
  g_ptr_array_unref (self->waiting);
  g_free (self);
}

MullionDesktop *
mullion_desktop_opening_get_desktop (MullionDesktopOpening *self)
{
  return self->desktop;
}

void
mullion_desktop_opening_hand_over (MullionDesktopOpening *self,
                                   MullionWebFrameMain   *frame,
                                   const char            *event)
{
  for (guint i = 0; i < self->waiting->len;)
    {
      Opened *opened = self->waiting->pdata[i];

      if (!g_str_equal (opened->event, event))
        {
          i++;
          continue;
        }
      mullion_desktop_tell (self->desktop, frame, event, json_array_ref (opened->details));
      g_ptr_array_remove_index (self->waiting, i);
    }
}
