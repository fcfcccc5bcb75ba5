/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-bus-job.h"
#include "mullion-local-bus.h"

#include <gio/gio.h>

/* local-bus-program NAME: is connected to a local bus, and takes jobs out of the queue “work”, which it
 * tells of on “taken” and never acknowledges. */

static void
job_cb (MullionMessageBus *bus,
        MullionBusJob     *job,
        gpointer           user_data)
{
  mullion_message_bus_publish (bus, "taken", json_node_copy (mullion_bus_job_get_value (job)), NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  MullionMessageBus *bus = MULLION_MESSAGE_BUS (mullion_local_bus_new (argv[1]));

  g_signal_connect (bus, "job", G_CALLBACK (job_cb), NULL);
  mullion_message_bus_work (bus, "work", NULL);
  mullion_message_bus_open (bus);
  g_main_loop_run (loop);
  return 0;
}
