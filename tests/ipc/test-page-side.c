/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "hostile-page.h"

#include "tests/test-warnings.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* The binary values of a page, with a web process in the hands of an attacker: places that are none,
 * and memory that it could take away or change while main reads it. */

#define ALL_SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
#define SIZE 100000

typedef struct
{
  Page *page;
  GBytes *got; /* what the handler found: bytes, or a text */
} Fixture;

static void
take_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  Fixture *fixture = user_data;
  JsonNode *value = json_array_get_element (args, 0);
  gsize length = 0;
  char *text = mullion_value_dup_string (value, &length);

  g_clear_pointer (&fixture->got, g_bytes_unref);
  fixture->got = text != NULL ? g_bytes_new_take (text, length) : mullion_value_dup_bytes (value);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  mullion_ipc_main_on (mullion_app_get_ipc_main (ipc_app_get ()), "take", take_cb, fixture, NULL);
  fixture->page = page_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mullion_ipc_main_remove_all_listeners (mullion_app_get_ipc_main (ipc_app_get ()), NULL);
  g_clear_pointer (&fixture->got, g_bytes_unref);
  page_free (fixture->page);
}

/* Sends one frame, whose side area is @side inline, or the memfd @fd with the announced @size. */
static void
send_frame (Fixture    *fixture,
            const char *body,
            const char *side,
            int         fd,
            guint64     size)
{
  union { struct cmsghdr align; char bytes[CMSG_SPACE (sizeof (int))]; } control = { 0 };
  MullionFrameHeader header = {
    .length = strlen (body), .kind = MULLION_FRAME_MESSAGES, .document = 1, .side_length = size,
    .flags = side == NULL && size > 0 ? MULLION_FRAME_SIDE_IN_MEMFD : 0,
  };
  struct iovec parts[3] = {
    { &header, sizeof header }, { (char *) body, strlen (body) },
    { (char *) side, side != NULL ? size : 0 },
  };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = 3 };

  if (fd >= 0)
    {
      message.msg_control = &control;
      message.msg_controllen = sizeof control;
      control.align.cmsg_level = SOL_SOCKET;
      control.align.cmsg_type = SCM_RIGHTS;
      control.align.cmsg_len = CMSG_LEN (sizeof fd);
      memcpy (CMSG_DATA (&control.align), &fd, sizeof fd);
    }
  g_assert_cmpint (sendmsg (fixture->page->fd, &message, 0), >, 0);
  if (fd >= 0)
    close (fd);
}

static void
assert_cut (Fixture    *fixture,
            const char *reason)
{
  g_autofree char *pattern = g_strdup_printf ("The channel of WebContents #%u was cut off: %s",
    mullion_web_contents_get_id (fixture->page->window->contents), reason);

  expect_warning (pattern);
  page_wait_end (fixture->page);
  assert_warned ();
  g_assert_null (fixture->got);
}

static int
new_memfd (gsize size,
           int   seals)
{
  int fd = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  g_assert_cmpint (posix_fallocate (fd, 0, size), ==, 0);
  g_assert_no_errno (fcntl (fd, F_ADD_SEALS, seals));

  return fd;
}

#define TAKE(at, size) \
  "[[1,0,\"take\",[{\"$mullion\":\"buffer\",\"at\":" at ",\"size\":" size "}]]]"

static void
test_good (Fixture       *fixture,
           gconstpointer  data)
{
  send_frame (fixture, TAKE ("8", "3"), "01234567abc", -1, 11);
  ipc_wait_until (fixture->got != NULL);
  g_assert_cmpmem (g_bytes_get_data (fixture->got, NULL), g_bytes_get_size (fixture->got),
                   "abc", 3);
  g_clear_pointer (&fixture->got, g_bytes_unref);

  send_frame (fixture, TAKE ("8", "99992"), NULL, new_memfd (SIZE, ALL_SEALS), SIZE);
  ipc_wait_until (fixture->got != NULL);
  g_assert_cmpuint (g_bytes_get_size (fixture->got), ==, SIZE - 8);

  /* Two values may be of the same bytes: neither can change them. */
  g_clear_pointer (&fixture->got, g_bytes_unref);
  send_frame (fixture, "[[1,0,\"take\",[{\"$mullion\":\"buffer\",\"at\":0,\"size\":8},"
                       "{\"$mullion\":\"buffer\",\"at\":4,\"size\":4}]]]", "01234567", -1, 8);
  ipc_wait_until (fixture->got != NULL);
}

static void
test_place (Fixture       *fixture,
            gconstpointer  data)
{
  send_frame (fixture, data, "01234567", -1, 8);
  assert_cut (fixture, "A binary value lies outside of its frame");
}

#define TEXT(at, size, latin1) \
  "[[1,0,\"take\",[{\"$mullion\":\"text\",\"at\":" at ",\"size\":" size \
  ",\"latin1\":" latin1 "}]]]"

/* As UTF-8, "wie groß" and a NUL; 7 bytes of it as Latin-1 are "wie gro". */
#define TEXT_SIDE "wie gro\303\237\0\377"

static void
assert_text (Fixture    *fixture,
             const char *body,
             const char *side,
             gsize       size,
             const char *text)
{
  send_frame (fixture, body, side, -1, size);
  ipc_wait_until (fixture->got != NULL);
  g_assert_cmpmem (g_bytes_get_data (fixture->got, NULL), g_bytes_get_size (fixture->got),
                   text, strlen (text));
  g_clear_pointer (&fixture->got, g_bytes_unref);
}

static void
test_good_text (Fixture       *fixture,
                gconstpointer  data)
{
  assert_text (fixture, TEXT ("0", "9", "false"), TEXT_SIDE, sizeof TEXT_SIDE - 1, "wie groß");
  assert_text (fixture, TEXT ("8", "1", "true"), "01234567\337", 10, "ß");
  assert_text (fixture, TEXT ("2", "3", "true"), "01abc", 6, "abc");
  assert_text (fixture, TEXT ("0", "0", "false"), "", 1, "");
  assert_text (fixture,
               "[[1,0,\"take\",[[{\"a\":{\"$mullion\":\"text\",\"at\":0,\"size\":0}}]]],"
               "[1,0,\"take\",[\"second\"]]]", "", 1, "second");
}

static void
test_bad_text (Fixture       *fixture,
               gconstpointer  data)
{
  send_frame (fixture, data, TEXT_SIDE, -1, sizeof TEXT_SIDE - 1);
  assert_cut (fixture, "A text lies outside of its frame, or is none, or is too long");
}

/* One text that is named again and again would be as many texts in our memory. */
static void
test_repeated_text (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GString) body = g_string_new ("[[1,0,\"take\",[0");
  g_autofree char *text = g_strnfill (SIZE - 1, 'a');
  int fd = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  g_assert_cmpint (write (fd, text, SIZE), ==, SIZE);
  g_assert_no_errno (fcntl (fd, F_ADD_SEALS, ALL_SEALS));
  for (gsize i = 0; i <= MULLION_WIRE_MAX_LENGTH / SIZE + 1; i++)
    g_string_append_printf (body, ",{\"$mullion\":\"text\",\"at\":0,\"size\":%d}", SIZE - 1);
  g_string_append (body, "]]]");

  send_frame (fixture, body->str, NULL, fd, SIZE);
  assert_cut (fixture, "A text lies outside of its frame, or is none, or is too long");
}

/* Without a side area a tag is only a tag, and names nothing. */
static void
test_no_side (Fixture       *fixture,
              gconstpointer  data)
{
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, TAKE ("0", "8"));
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0,
             "[[1,0,\"take\",[{\"$mullion\":\"buffer\",\"bytes\":\"0\"}]]]");
  send_frame (fixture, TAKE ("0", "3"), "abc", -1, 3);
  ipc_wait_until (fixture->got != NULL);
  g_assert_cmpuint (g_bytes_get_size (fixture->got), ==, 3);
}

static void
test_unsealed (Fixture       *fixture,
               gconstpointer  data)
{
  send_frame (fixture, TAKE ("0", "8"), NULL, new_memfd (SIZE, ALL_SEALS & ~F_SEAL_SHRINK), SIZE);
  assert_cut (fixture, "The side area of a frame is no sealed memfd");
}

static void
test_shrunk (Fixture       *fixture,
             gconstpointer  data)
{
  send_frame (fixture, TAKE ("0", "8"), NULL, new_memfd (10, ALL_SEALS), SIZE);
  assert_cut (fixture, "The side area of a frame has 10 bytes and not the announced 100000");
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  send_frame (fixture, TAKE ("0", "8"), NULL, -1, SIZE);
  assert_cut (fixture, "A frame of kind 5 announced 1 file descriptors and came with 0");
}

static void
test_unannounced (Fixture       *fixture,
                  gconstpointer  data)
{
  send_frame (fixture, "[]", "", new_memfd (SIZE, ALL_SEALS), 0);
  assert_cut (fixture, "The channel carried file descriptors that no frame announced");
}

static void
test_not_a_file (Fixture       *fixture,
                 gconstpointer  data)
{
  int pipe_fds[2];

  g_assert_no_errno (pipe2 (pipe_fds, O_CLOEXEC));
  close (pipe_fds[1]);
  send_frame (fixture, TAKE ("0", "8"), NULL, pipe_fds[0], SIZE);
  assert_cut (fixture, "The side area of a frame is no sealed memfd");
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; const char *body; } places[] = {
    { "/page-side/place/behind", TAKE ("8", "1") },
    { "/page-side/place/too-long", TAKE ("1", "8") },
    { "/page-side/place/negative", TAKE ("-1", "1") },
    { "/page-side/place/negative-size", TAKE ("0", "-1") },
    { "/page-side/place/huge", TAKE ("9223372036854775807", "9223372036854775807") },
    { "/page-side/place/real", TAKE ("0.5", "1") },
    { "/page-side/place/text", TAKE ("\"0\"", "1") },
    { "/page-side/place/none", "[[1,0,\"take\",[{\"$mullion\":\"buffer\",\"bytes\":\"x\"}]]]" },
  };
  static const struct { const char *path; const char *body; } texts[] = {
    { "/page-side/text/too-long", TEXT ("0", "10", "true") },
    { "/page-side/text/too-short", TEXT ("0", "8", "true") },
    { "/page-side/text/to-the-end", TEXT ("10", "1", "true") },
    { "/page-side/text/behind", TEXT ("11", "0", "true") },
    { "/page-side/text/negative", TEXT ("-1", "10", "false") },
    { "/page-side/text/negative-size", TEXT ("0", "-1", "false") },
    { "/page-side/text/huge", TEXT ("9223372036854775807", "9223372036854775807", "false") },
    { "/page-side/text/no-size", "[[1,0,\"take\",[{\"$mullion\":\"text\",\"at\":0}]]]" },
    { "/page-side/text/half-a-character", TEXT ("8", "1", "false") },
    { "/page-side/text/deep", "[[1,0,\"take\",[{\"a\":[{\"$mullion\":\"text\"}]}]]]" },
  };
  g_autoptr(MullionApp) app = NULL;

  g_test_init (&argc, &argv, NULL);
  watch_warnings ();
  app = ipc_app_new ("org.example.PageSide");

#define ADD(path, test, data) g_test_add (path, Fixture, data, set_up, test, tear_down)
  ADD ("/page-side/good", test_good, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    ADD (places[i].path, test_place, places[i].body);
  ADD ("/page-side/good-text", test_good_text, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    ADD (texts[i].path, test_bad_text, texts[i].body);
  ADD ("/page-side/repeated-text", test_repeated_text, NULL);
  ADD ("/page-side/no-side", test_no_side, NULL);
  ADD ("/page-side/unsealed", test_unsealed, NULL);
  ADD ("/page-side/shrunk", test_shrunk, NULL);
  ADD ("/page-side/missing", test_missing, NULL);
  ADD ("/page-side/unannounced", test_unannounced, NULL);
  ADD ("/page-side/not-a-file", test_not_a_file, NULL);
#undef ADD

  return g_test_run ();
}
