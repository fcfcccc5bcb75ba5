/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gunixoutputstream.h>

G_BEGIN_DECLS

#define MULLION_TYPE_PATIENT_OUTPUT (mullion_patient_output_get_type ())

G_DECLARE_FINAL_TYPE (MullionPatientOutput, mullion_patient_output, MULLION, PATIENT_OUTPUT,
                      GUnixOutputStream)

/* @fd is the stream's. */
GOutputStream *mullion_patient_output_new (int fd);

G_END_DECLS
