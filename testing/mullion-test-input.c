/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-test-private.h"

#include "mullion-automation-place.h"
#include "mullion-automation-settle.h"

#include <math.h>

#ifdef HAVE_XTEST
#include <X11/XKBlib.h>
#include <X11/extensions/XTest.h>
#include <gdk/x11/gdkx.h>
#endif

/*
 * Clicks and keys.
 *
 * On X11 they are the display's own, by its XTEST extension: GTK and WebKit cannot tell them from a
 * person's, and for the page they are trusted. A function returns when the page has heard of them.
 * Elsewhere a script makes the events, which is said in the log of the test.
 */

/* Scrolls to an element and returns its middle, in CSS pixels, and how wide the page is. */
#define FIND "(() => { const element = document.querySelector(%s);" \
  "element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });" \
  "const box = element.getBoundingClientRect();" \
  "return [box.x + box.width / 2, box.y + box.height / 2, innerWidth]; })()"

#define CLICK "(() => { const element = document.querySelector(%s); element.focus();" \
  "element.click(); })()"
#define TYPE "(() => { document.querySelector(%s).focus();" \
  "document.execCommand('insertText', false, %s); })()"

static void
run_quoted (MullionTest *self,
            const char  *code)
{
  g_autoptr(JsonNode) value = mullion_test_evaluate (self, code);

  g_test_message ("No XTEST: the input is made by a script, and not trusted");
}

#ifdef HAVE_XTEST

static Display *
get_display (MullionTest *self)
{
  GdkDisplay *display = self->window != NULL ? gtk_widget_get_display (GTK_WIDGET (self->window))
                                             : NULL;
  int unused;

  if (!GDK_IS_X11_DISPLAY (display))
    return NULL;

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  Display *xdisplay = gdk_x11_display_get_xdisplay (display);
  G_GNUC_END_IGNORE_DEPRECATIONS

  return XTestQueryExtension (xdisplay, &unused, &unused, &unused, &unused) ? xdisplay : NULL;
}

static void
set_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

static void
settle (MullionTest *self,
        Display     *display,
        guint        n_events,
        guint        n_motions)
{
  gboolean is_settled = FALSE;

  XSync (display, False);
  mullion_automation_settle (
    mullion_web_contents_get_web_view (mullion_browser_window_get_web_contents (self->window)),
    n_events, n_motions, set_flag, &is_settled);
  while (!is_set (&is_settled))
    g_main_context_iteration (NULL, TRUE);
}

/* Without a window manager nobody else gives the keyboard to a window. */
static void
give_keyboard (Display *display,
               Window   window)
{
  XRaiseWindow (display, window);
  XSetInputFocus (display, window, RevertToParent, CurrentTime);
}

static void
move_pointer (MullionTest *self,
              Display     *display,
              double       x,
              double       y,
              double       css_width)
{
  MullionAutomationPlace place;
  g_autoptr(GError) error = NULL;
  int root_x, root_y;
  double pixels;
  Window child;

  if (!mullion_automation_place_find (
        GTK_WIDGET (mullion_web_contents_get_web_view (
          mullion_browser_window_get_web_contents (self->window))), &place, &error))
    mullion_test_fail (self, "no place to click: %s", error->message);

  pixels = css_width > 0 ? place.width / css_width : place.scale;
  give_keyboard (display, place.window);
  XTranslateCoordinates (display, place.window, DefaultRootWindow (display),
                         place.x + (int) floor (x * pixels), place.y + (int) floor (y * pixels),
                         &root_x, &root_y, &child);
  XTestFakeMotionEvent (display, -1, root_x, root_y, CurrentTime);
}

static void
click_really (MullionTest *self,
              Display     *display,
              const char  *selector)
{
  g_autofree char *quoted = mullion_test_quote (selector);
  g_autofree char *code = g_strdup_printf (FIND, quoted);
  g_autoptr(JsonNode) found = mullion_test_evaluate (self, code);
  JsonArray *middle = json_node_get_array (found);

  move_pointer (self, display, json_array_get_double_element (middle, 0),
                json_array_get_double_element (middle, 1),
                json_array_get_double_element (middle, 2));
  XTestFakeButtonEvent (display, 1, True, CurrentTime);
  XTestFakeButtonEvent (display, 1, False, CurrentTime);
  settle (self, display, 3, 1);
}

static void
press (Display *display,
       KeyCode  keycode,
       gboolean has_shift)
{
  KeyCode shift = XKeysymToKeycode (display, GDK_KEY_Shift_L);

  if (has_shift)
    XTestFakeKeyEvent (display, shift, True, CurrentTime);
  XTestFakeKeyEvent (display, keycode, True, CurrentTime);
  XTestFakeKeyEvent (display, keycode, False, CurrentTime);
  if (has_shift)
    XTestFakeKeyEvent (display, shift, False, CurrentTime);
}

static void
type_character (MullionTest *self,
                Display     *display,
                gunichar     character)
{
  KeySym keysym = character == '\n' ? GDK_KEY_Return
                  : character == '\t' ? GDK_KEY_Tab : gdk_unicode_to_keyval (character);
  KeyCode keycode = XKeysymToKeycode (display, keysym);
  gboolean is_plain = keycode != 0 && XkbKeycodeToKeysym (display, keycode, 0, 0) == keysym;
  gboolean is_shifted = keycode != 0 && XkbKeycodeToKeysym (display, keycode, 0, 1) == keysym;

  if (!is_plain && !is_shifted)
    mullion_test_fail (self, "the keyboard has no key for the character U+%04X", character);

  press (display, keycode, !is_plain);
  settle (self, display, is_plain ? 2 : 4, 0);
}

#endif

/**
 * mullion_test_has_real_input:
 * @self: an app under test
 *
 * Tells whether clicks and keys come from the display itself, and are trusted events for the page.
 *
 * So it is on X11 with the XTEST extension. Elsewhere they are events that a script makes, with
 * `isTrusted` false.
 *
 * Returns: %TRUE if the input is real
 *
 * Since: 0.1
 */
gboolean
mullion_test_has_real_input (MullionTest *self)
{
  g_return_val_if_fail (MULLION_IS_TEST (self), FALSE);

#ifdef HAVE_XTEST
  return get_display (self) != NULL;
#else
  return FALSE;
#endif
}

/**
 * mullion_test_click:
 * @self: an app under test
 * @selector: a CSS selector
 *
 * Waits for an element, scrolls to it and clicks into its middle.
 *
 * Since: 0.1
 */
void
mullion_test_click (MullionTest *self,
                    const char  *selector)
{
  g_autofree char *quoted = NULL;
  g_autofree char *code = NULL;

  mullion_test_wait_for_selector (self, selector);
#ifdef HAVE_XTEST
  Display *display = get_display (self);

  if (display != NULL)
    {
      click_really (self, display, selector);
      return;
    }
#endif

  quoted = mullion_test_quote (selector);
  code = g_strdup_printf (CLICK, quoted);
  run_quoted (self, code);
}

/**
 * mullion_test_type:
 * @self: an app under test
 * @selector: a CSS selector
 * @text: characters that the keyboard has
 *
 * Clicks an element as [method@Test.click] does, and types @text.
 *
 * Since: 0.1
 */
void
mullion_test_type (MullionTest *self,
                   const char  *selector,
                   const char  *text)
{
  g_autofree char *quoted = NULL;
  g_autofree char *quoted_text = NULL;
  g_autofree char *code = NULL;

  g_return_if_fail (MULLION_IS_TEST (self) && selector != NULL && text != NULL);

  mullion_test_click (self, selector);
#ifdef HAVE_XTEST
  Display *display = get_display (self);

  if (display != NULL)
    {
      for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
        type_character (self, display, g_utf8_get_char (c));
      return;
    }
#endif

  quoted = mullion_test_quote (selector);
  quoted_text = mullion_test_quote (text);
  code = g_strdup_printf (TYPE, quoted, quoted_text);
  run_quoted (self, code);
}
