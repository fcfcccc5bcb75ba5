/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-system-info.h"

#include "mullion-arguments.h"
#include "mullion-capability.h"

#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

/*
 * The capability `system-info`: figures of the machine and of this process. Main process.
 *
 * Everything comes from the kernel by short reads of /proc, cheap enough for a page that draws a
 * plot from it every second. A figure that cannot be read is null, never a made-up zero.
 */

/* Node's names of processors, where the kernel has others. */
static const struct
{
  const char *machine;
  const char *arch;
} arch_names[] = {
  { "x86_64", "x64" }, { "aarch64", "arm64" }, { "i686", "ia32" }, { "i386", "ia32" },
  { "armv7l", "arm" }, { "armv6l", "arm" }, { "ppc64le", "ppc64" },
};

static const char *
get_arch (const char *machine)
{
  for (gsize i = 0; i < G_N_ELEMENTS (arch_names); i++)
    if (g_str_equal (machine, arch_names[i].machine))
      return arch_names[i].arch;
  return machine;
}

/* The number after "KEY:" in the lines of @text, times 1024; -1 when it is not there. */
static gint64
find_kibibytes (const char *text,
                const char *key)
{
  g_autofree char *wanted = g_strconcat (key, ":", NULL);
  const char *line = text;

  while (line != NULL && !g_str_has_prefix (line, wanted))
    {
      line = strchr (line, '\n');
      line = line != NULL ? line + 1 : NULL;
    }
  if (line == NULL)
    return -1;
  return g_ascii_strtoll (line + strlen (wanted), NULL, 10) * 1024;
}

static void
add_bytes (JsonBuilder *builder,
           const char  *name,
           const char  *text,
           const char  *key)
{
  gint64 bytes = text != NULL ? find_kibibytes (text, key) : -1;

  json_builder_set_member_name (builder, name);
  if (bytes >= 0)
    json_builder_add_int_value (builder, bytes);
  else
    json_builder_add_null_value (builder);
}

static void
add_memory (JsonBuilder *builder)
{
  g_autofree char *memory = NULL;
  g_autofree char *status = NULL;

  g_file_get_contents ("/proc/meminfo", &memory, NULL, NULL);
  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);

  json_builder_set_member_name (builder, "memory");
  json_builder_begin_object (builder);
  add_bytes (builder, "total", memory, "MemTotal");
  add_bytes (builder, "free", memory, "MemFree");
  add_bytes (builder, "available", memory, "MemAvailable");
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "process");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "pid");
  json_builder_add_int_value (builder, getpid ());
  add_bytes (builder, "rss", status, "VmRSS");
  json_builder_end_object (builder);
}

static void
add_load (JsonBuilder *builder)
{
  struct timespec uptime;
  double load[3] = { 0, 0, 0 };

  json_builder_set_member_name (builder, "uptime");
  if (clock_gettime (CLOCK_BOOTTIME, &uptime) == 0)
    json_builder_add_double_value (builder, uptime.tv_sec + uptime.tv_nsec / 1e9);
  else
    json_builder_add_null_value (builder);

  json_builder_set_member_name (builder, "loadavg");
  if (getloadavg (load, 3) != 3)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_array (builder);
  for (int i = 0; i < 3; i++)
    json_builder_add_double_value (builder, load[i]);
  json_builder_end_array (builder);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

JsonNode *
mullion_system_info_describe (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  struct utsname name = { 0 };

  uname (&name);
  json_builder_begin_object (builder);
  add_string (builder, "platform", "linux");
  add_string (builder, "release", name.release);
  add_string (builder, "arch", get_arch (name.machine));
  add_string (builder, "hostname", name.nodename);
  json_builder_set_member_name (builder, "cpus");
  json_builder_add_int_value (builder, g_get_num_processors ());
  add_memory (builder);
  add_load (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
info_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  GError *error = NULL;

  if (!mullion_arguments_check_count (args, 0, &error))
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_ipc_main_invoke_event_return (event, mullion_system_info_describe ());
}

void
mullion_system_info_add_handlers (MullionCapabilitySet *set)
{
  mullion_capability_set_handle (set, "mullion:system.info", info_cb, NULL);
}
