/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../desktop/mullion-desktop.h"
#include "mullion-file-grants.h"

#include <mullion.h>

G_BEGIN_DECLS

#define MULLION_TYPE_CAPABILITY_SET (mullion_capability_set_get_type ())

/* The capabilities of one running app: the handlers that its manifest asked for, and their state. */
G_DECLARE_FINAL_TYPE (MullionCapabilitySet, mullion_capability_set, MULLION, CAPABILITY_SET, GObject)

/* Handlers of its own, or a module of `mullion/desktop`. */
typedef struct
{
  const char *name;
  void (*add_handlers) (MullionCapabilitySet *set);
  const MullionDesktopModule *module;
} MullionCapability;

const MullionCapability *mullion_capability_find      (const char *name);
char                    *mullion_capability_dup_names (void);

MullionCapabilitySet *mullion_capability_set_new        (MullionApp            *app);
/* @options: (nullable): what the manifest says of it beside true */
void                  mullion_capability_set_add        (MullionCapabilitySet  *self,
                                                         const char            *name,
                                                         JsonObject            *options);
void                  mullion_capability_set_add_all    (MullionCapabilitySet  *self);
/* The modules of `mullion/desktop` that were not added say so to whoever calls them. */
void                  mullion_capability_set_refuse_others (MullionCapabilitySet *self);
/* (nullable): the capability whose handler answers on @channel */
const char           *mullion_capability_set_find       (MullionCapabilitySet  *self,
                                                         const char            *channel);
MullionApp           *mullion_capability_set_get_app    (MullionCapabilitySet  *self);
MullionFileGrants    *mullion_capability_set_get_grants (MullionCapabilitySet  *self);
/* @preferences: (transfer none): Electron's webPreferences of the app's pages */
void                  mullion_capability_set_set_web_preferences (MullionCapabilitySet *self,
                                                                  JsonObject           *preferences);
/* (transfer none): those, for a page that a capability shows */
JsonObject           *mullion_capability_set_get_web_preferences (MullionCapabilitySet *self);
/* For the capabilities themselves: a handler that goes when the set goes, and what it needs. */
void                  mullion_capability_set_handle     (MullionCapabilitySet  *self,
                                                         const char            *channel,
                                                         MullionIpcMainHandler  handler,
                                                         gpointer               state);
void                  mullion_capability_set_own        (MullionCapabilitySet  *self,
                                                         gpointer               state,
                                                         GDestroyNotify         free_state);

/* One a file: what stands in the table. */
void mullion_app_info_add_handlers        (MullionCapabilitySet *set);
void mullion_clipboard_read_add_handlers  (MullionCapabilitySet *set);
void mullion_clipboard_write_add_handlers (MullionCapabilitySet *set);
void mullion_dialogs_add_handlers         (MullionCapabilitySet *set);
void mullion_notifications_add_handlers   (MullionCapabilitySet *set);
void mullion_open_external_add_handlers   (MullionCapabilitySet *set);
void mullion_system_info_add_handlers     (MullionCapabilitySet *set);
void mullion_text_files_add_handlers      (MullionCapabilitySet *set);

G_END_DECLS
