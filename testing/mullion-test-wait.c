/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-test-private.h"

/*
 * What a test waits for, and what it is told when that does not come.
 *
 * Pages are waited for in the page: a script has a promise that settles when the page has what is
 * wanted. A page that navigates meanwhile takes the script along, which is then run in the next one.
 */

/* Of what the page shows, when a wait fails. */
#define MAX_SHOWN 1000

#define SHOW "`${location.href} “${document.title}”\\n${document.body ? document.body.innerText : ''}`"

typedef struct
{
  JsonNode *value;
  GError *error;
} Script;

static void
script_cb (GObject      *contents,
           GAsyncResult *result,
           gpointer      user_data)
{
  Script *script = user_data;

  script->value = mullion_web_contents_execute_javascript_finish (MULLION_WEB_CONTENTS (contents),
                                                                  result, &script->error);
}

static gboolean
has_ended (gpointer data)
{
  Script *script = data;

  return script->value != NULL || script->error != NULL;
}

JsonNode *
mullion_test_run_script (MullionTest  *self,
                         const char   *code,
                         GError      **error)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Script script = { NULL };

  if (self->window == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE, "There is no window");
      return NULL;
    }

  mullion_web_contents_execute_javascript_async (
    mullion_browser_window_get_web_contents (self->window), code, cancellable, script_cb, &script);
  if (!mullion_test_run_until (self, has_ended, &script))
    {
      g_cancellable_cancel (cancellable);
      while (!has_ended (&script))
        g_main_context_iteration (NULL, TRUE);
      g_clear_error (&script.error);
      g_set_error_literal (&script.error, MULLION_ERROR, MULLION_ERROR_TIMED_OUT,
                           "The time was up");
    }
  if (script.error != NULL)
    g_propagate_error (error, script.error);

  return script.value;
}

char *
mullion_test_quote (const char *text)
{
  g_autoptr(JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

/* -- Failures -- */

static char *
describe_page (MullionTest *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) shown = mullion_test_run_script (self, SHOW, &error);
  const char *text = shown != NULL ? json_node_get_string (shown) : NULL;

  if (text == NULL)
    return g_strdup_printf ("The page does not say what it shows: %s",
                            error != NULL ? error->message : "it is no text");

  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_SHOWN));
}

void
mullion_test_fail (MullionTest *self,
                   const char  *format,
                   ...)
{
  g_autofree char *wanted = NULL;
  g_autofree char *shown = describe_page (self);
  va_list args;

  va_start (args, format);
  wanted = g_strdup_vprintf (format, args);
  va_end (args);

  g_printerr ("Mullion test: %s (after %u ms)\nThe page:\n%s\n", wanted, self->timeout_msec, shown);
  g_test_message ("%s", wanted);
  g_abort ();
}

/* -- Waits -- */

/**
 * mullion_test_evaluate:
 * @self: an app under test
 * @code: JavaScript
 *
 * Runs a script in the world of the window's page; a promise that it comes to is waited for. A script
 * that throws, or whose page goes, fails the test.
 *
 * Returns: (transfer full): what the script comes to
 *
 * Since: 0.1
 */
JsonNode *
mullion_test_evaluate (MullionTest *self,
                       const char  *code)
{
  g_autoptr(GError) error = NULL;
  JsonNode *value;

  g_return_val_if_fail (MULLION_IS_TEST (self) && code != NULL, NULL);

  value = mullion_test_run_script (self, code, &error);
  if (error != NULL)
    mullion_test_fail (self, "the script `%s` failed: %s", code, error->message);

  return value;
}

/**
 * mullion_test_wait_until:
 * @self: an app under test
 * @expression: an expression of JavaScript
 *
 * Waits until an expression is true in the page, which is looked at with each of its frames. A page
 * that navigates meanwhile is followed.
 *
 * Since: 0.1
 */
void
mullion_test_wait_until (MullionTest *self,
                         const char  *expression)
{
  g_autofree char *code = NULL;
  gint64 end;

  g_return_if_fail (MULLION_IS_TEST (self) && expression != NULL);

  /* A hidden page has no frames. */
  code = g_strdup_printf ("(async () => { while (!(%s)) await new Promise((resolve) => "
                          "{ requestAnimationFrame(resolve); setTimeout(resolve, 100); }); "
                          "return true; })()", expression);
  end = g_get_monotonic_time () + self->timeout_msec * (gint64) 1000;
  while (g_get_monotonic_time () < end)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) value = mullion_test_run_script (self, code, &error);

      if (value != NULL)
        return;
      if (error != NULL && (!g_error_matches (error, MULLION_ERROR, MULLION_ERROR_GONE) ||
                            self->window == NULL))
        mullion_test_fail (self, "waited for `%s`: %s", expression, error->message);
    }
  mullion_test_fail (self, "waited for `%s` in pages that went away", expression);
}

/**
 * mullion_test_wait_for_selector:
 * @self: an app under test
 * @selector: a CSS selector
 *
 * Waits until the page has an element for @selector.
 *
 * Since: 0.1
 */
void
mullion_test_wait_for_selector (MullionTest *self,
                                const char  *selector)
{
  g_autofree char *quoted = NULL;
  g_autofree char *expression = NULL;

  g_return_if_fail (MULLION_IS_TEST (self) && selector != NULL);

  quoted = mullion_test_quote (selector);
  expression = g_strdup_printf ("document.querySelector(%s)", quoted);
  mullion_test_wait_until (self, expression);
}

static void
mark_cb (GClosure     *closure,
         GValue       *return_value,
         guint         n_values,
         const GValue *values,
         gpointer      hint,
         gpointer      marshal_data)
{
  *(gboolean *) closure->data = TRUE;
}

static gboolean
is_marked (gpointer mark)
{
  return *(gboolean *) mark;
}

/**
 * mullion_test_wait_for_signal:
 * @self: an app under test
 * @object: (type GObject.Object): any object
 * @signal: the name of a signal, with its detail if it is to have one
 *
 * Waits until @object emits a signal, from now on.
 *
 * Since: 0.1
 */
void
mullion_test_wait_for_signal (MullionTest *self,
                              gpointer     object,
                              const char  *signal)
{
  gboolean was_emitted = FALSE;
  GClosure *closure;
  gulong id;

  g_return_if_fail (MULLION_IS_TEST (self) && G_IS_OBJECT (object) && signal != NULL);

  g_object_ref (object);
  closure = g_closure_new_simple (sizeof (GClosure), &was_emitted);
  g_closure_set_marshal (closure, mark_cb);
  id = g_signal_connect_closure (object, signal, closure, TRUE);
  if (!mullion_test_run_until (self, is_marked, &was_emitted))
    mullion_test_fail (self, "no signal %s::%s", G_OBJECT_TYPE_NAME (object), signal);

  g_signal_handler_disconnect (object, id);
  g_object_unref (object);
}
