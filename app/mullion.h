/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-app.h"
#include "mullion-browser-window.h"
#include "mullion-child-process.h"
#include "mullion-doctor.h"
#include "mullion-error.h"
#include "mullion-grants.h"
#include "mullion-ipc-main.h"
#include "mullion-ipc-main-event.h"
#include "mullion-ipc-main-invoke-event.h"
#include "mullion-process-error.h"
#include "mullion-spawn-options.h"
#include "mullion-types.h"
#include "mullion-value.h"
#include "mullion-web-contents.h"
#include "mullion-web-frame-main.h"
