/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc/mullion-channel.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The side area of a frame, and the memfd that a large one travels in. */

static void
test_offsets (void)
{
  g_autoptr(MullionSide) side = mullion_side_new ();
  g_autoptr(GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autofree char *flat = NULL;

  g_assert_cmpuint (mullion_side_get_size (side), ==, 0);
  g_assert_cmpuint (mullion_side_add (side, "0123456789", 10), ==, 0);
  g_assert_cmpuint (mullion_side_add (side, "", 0), ==, 16);
  g_assert_cmpuint (mullion_side_add_bytes (side, bytes), ==, 16);
  g_assert_cmpuint (mullion_side_get_size (side), ==, 19);
  flat = mullion_side_flatten (side);
  g_assert_cmpmem (flat, 19, "0123456789\0\0\0\0\0\0abc", 19);

  mullion_side_clear (side);
  g_assert_cmpuint (mullion_side_get_size (side), ==, 0);
  g_assert_cmpuint (mullion_side_add (side, "x", 1), ==, 0);
}

static void
test_memfd (void)
{
  g_autoptr(MullionSide) side = mullion_side_new ();
  g_autoptr(GBytes) mapped = NULL;
  g_autoptr(GError) error = NULL;
  int fd;

  mullion_side_add (side, "0123456789", 10);
  mullion_side_add (side, "abc", 3);
  fd = mullion_side_to_memfd (side, &error);
  g_assert_no_error (error);
  g_assert_true (mullion_side_check_memfd (fd, 19, &error));
  g_assert_no_error (error);
  mapped = mullion_side_map (fd, 19, &error);
  g_assert_no_error (error);

  /* Nobody can change it any more, by whatever means. */
  g_assert_cmpint (pwrite (fd, "x", 1, 0), ==, -1);
  g_assert_cmpint (errno, ==, EPERM);
  g_assert_cmpint (ftruncate (fd, 1), ==, -1);
  g_assert_true (mmap (NULL, 19, PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED);
  close (fd);

  /* And the bytes outlive the file descriptor. */
  g_assert_cmpmem (g_bytes_get_data (mapped, NULL), g_bytes_get_size (mapped),
                   "0123456789\0\0\0\0\0\0abc", 19);
}

static ino_t
get_inode (int fd)
{
  struct stat info;

  g_assert_no_errno (fstat (fd, &info));

  return info.st_ino;
}

/* What came in a memfd goes on in it, as long as it is all of it. */
static void
test_pass_on (void)
{
  g_autoptr(MullionSide) side = mullion_side_new ();
  g_autoptr(MullionSide) again = mullion_side_new ();
  g_autoptr(GBytes) mapped = NULL;
  g_autoptr(GBytes) part = NULL;
  int fd;
  int same_fd;
  int other_fd;

  mullion_side_add (side, "0123456789", 10);
  fd = mullion_side_to_memfd (side, NULL);
  mapped = mullion_side_map (fd, 10, NULL);
  part = g_bytes_new_from_bytes (mapped, 0, 9);

  mullion_side_add_bytes (again, mapped);
  same_fd = mullion_side_to_memfd (again, NULL);
  g_assert_true (get_inode (same_fd) == get_inode (fd));

  mullion_side_clear (again);
  mullion_side_add_bytes (again, part);
  other_fd = mullion_side_to_memfd (again, NULL);
  g_assert_true (get_inode (other_fd) != get_inode (fd));
  g_assert_true (mullion_side_check_memfd (other_fd, 9, NULL));

  close (fd);
  close (same_fd);
  close (other_fd);
}

static void
assert_refused (int         fd,
                guint64     size,
                const char *text)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_side_check_memfd (fd, size, &error));
  g_assert_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED);
  g_assert_cmpstr (error->message, ==, text);
  close (fd);
}

static int
new_memfd (int seals)
{
  int fd = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  g_assert_cmpint (write (fd, "nineteen bytes long", 19), ==, 19);
  g_assert_no_errno (fcntl (fd, F_ADD_SEALS, seals));

  return fd;
}

static void
test_check (void)
{
  const char *unsealed = "The side area of a frame is no sealed memfd";
  const int all = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  const gsize size = 1024 * 1024;
  int pipe_fds[2];
  int holes;

  /* One seal less, and it is refused. */
  assert_refused (new_memfd (all & ~F_SEAL_SEAL), 19, unsealed);
  assert_refused (new_memfd (all & ~F_SEAL_SHRINK), 19, unsealed);
  assert_refused (new_memfd (all & ~F_SEAL_GROW), 19, unsealed);
  assert_refused (new_memfd (all & ~F_SEAL_WRITE), 19, unsealed);

  assert_refused (new_memfd (all), 20,
                  "The side area of a frame has 19 bytes and not the announced 20");
  assert_refused (new_memfd (all), 18,
                  "The side area of a frame has 19 bytes and not the announced 18");

  /* The last byte is there, and what is before it takes no memory of its sender. */
  holes = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  g_assert_cmpint (pwrite (holes, "x", 1, size - 1), ==, 1);
  g_assert_no_errno (fcntl (holes, F_ADD_SEALS, all));
  assert_refused (holes, size, "The side area of a frame is of 1048576 bytes and not all of them "
                               "were written");

  g_assert_no_errno (pipe2 (pipe_fds, O_CLOEXEC));
  assert_refused (pipe_fds[0], 19, unsealed);
  assert_refused (pipe_fds[1], 19, unsealed);
  assert_refused (open ("/proc/self/exe", O_RDONLY | O_CLOEXEC), 19, unsealed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/side/offsets", test_offsets);
  g_test_add_func ("/side/memfd", test_memfd);
  g_test_add_func ("/side/pass-on", test_pass_on);
  g_test_add_func ("/side/check", test_check);

  return g_test_run ();
}
