/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-patient-output.h"

#include <limits.h>

/*
 * MullionPatientOutput: the app's own standard output, written without ever waiting.
 *
 * It may be the same open file as standard error, or as the output of other processes, and so must
 * not be made non-blocking. But a pipe that poll () calls writable takes PIPE_BUF bytes at once, and
 * no more are written in one go.
 */

struct _MullionPatientOutput
{
  GUnixOutputStream parent_instance;
};

G_DEFINE_FINAL_TYPE (MullionPatientOutput, mullion_patient_output, G_TYPE_UNIX_OUTPUT_STREAM)

static gssize
mullion_patient_output_write (GOutputStream  *stream,
                              const void     *buffer,
                              gsize           count,
                              GCancellable   *cancellable,
                              GError        **error)
{
  GOutputStreamClass *parent = G_OUTPUT_STREAM_CLASS (mullion_patient_output_parent_class);

  return parent->write_fn (stream, buffer, MIN (count, PIPE_BUF), cancellable, error);
}

static void
mullion_patient_output_class_init (MullionPatientOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = mullion_patient_output_write;
}

static void
mullion_patient_output_init (MullionPatientOutput *self)
{
}

GOutputStream *
mullion_patient_output_new (int fd)
{
  return g_object_new (MULLION_TYPE_PATIENT_OUTPUT, "fd", fd, "close-fd", TRUE, NULL);
}
