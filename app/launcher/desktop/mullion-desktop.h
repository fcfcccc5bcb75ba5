/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

typedef struct _MullionCapabilitySet MullionCapabilitySet;
/* One module of `mullion/desktop` in one app, whose manifest has the capability of its name. */
typedef struct _MullionDesktop MullionDesktop;

/* A function of a module. Its channel is mullion:desktop.MODULE.NAME. */
typedef struct
{
  const char *name;
  MullionIpcMainHandler handler; /* its user data: the state, or the MullionDesktop without one */
  const char *arguments;         /* the schema that they passed before the handler is called */
} MullionDesktopMethod;

typedef struct
{
  const char *name; /* of the module, and of the capability */
  const MullionDesktopMethod *methods; /* the last one has no name */
  const char *const *events; /* (nullable): what pages may listen to */
  const char *events_right;  /* (nullable): the part of the module that they belong to */
  /* (nullable): whose signals the events are, for a page; without it, or where it is NULL, the module
   * tells them itself */
  gpointer (*get_source) (MullionDesktop *desktop, MullionWebContents *contents);
  /* (nullable): a page begins to listen */
  void (*listened) (MullionDesktop *desktop, MullionWebFrameMain *frame, const char *event);
  const char *options; /* (nullable): the schema of what the manifest may say instead of true */
  /* (nullable): whether it is right, where the schema cannot tell */
  gboolean (*check_options) (JsonObject *options, GError **error);
  gpointer (*open) (MullionDesktop *desktop); /* (nullable): makes the state of the module */
  GDestroyNotify close;
} MullionDesktopModule;

/* What many functions take. */
#define MULLION_DESKTOP_NOTHING "[]"
#define MULLION_DESKTOP_STRING  "[{\"type\":\"string\",\"maxLength\":65536}]"
#define MULLION_DESKTOP_PATH    "[{\"type\":\"string\",\"minLength\":1,\"maxLength\":4096}]"
#define MULLION_DESKTOP_BOOLEAN "[{\"type\":\"boolean\"}]"
#define MULLION_DESKTOP_LENGTH "{\"type\":\"integer\",\"minimum\":-1000000,\"maximum\":1000000}"
#define MULLION_DESKTOP_RECTANGLE                                                                  \
  "{\"type\":\"object\",\"required\":[\"x\",\"y\",\"width\",\"height\"],\"properties\":{"              \
  "\"x\":" MULLION_DESKTOP_LENGTH ",\"y\":" MULLION_DESKTOP_LENGTH ","                             \
  "\"width\":" MULLION_DESKTOP_LENGTH ",\"height\":" MULLION_DESKTOP_LENGTH "}}"
/* An object of options that may be left out; whoever reads it checks its members. */
#define MULLION_DESKTOP_OPTIONS                                                                    \
  "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"object\"}],\"maxItems\":1}"

/* The preload script that exposes mullion/desktop to the page, and does nothing else. */
const char      *mullion_desktop_get_preload            (void);
/* @options: (nullable): what the manifest says beside true, which passed the module's schema.
 * Registers the handlers; those go, and with them what the module has, when the set goes. */
void             mullion_desktop_add                    (MullionCapabilitySet       *set,
                                                         const MullionDesktopModule *module,
                                                         JsonObject                 *options);
/* Registers handlers that say which capability is missing. */
void             mullion_desktop_refuse                 (MullionCapabilitySet       *set,
                                                         const MullionDesktopModule *module);

/* -- For the modules -- */

/* For what may outlive the module: mullion_desktop_tell () may then still be called. */
MullionDesktop  *mullion_desktop_ref                    (MullionDesktop            *self);
void             mullion_desktop_unref                  (MullionDesktop            *self);
MullionCapabilitySet *mullion_desktop_get_set           (MullionDesktop            *self);
/* (nullable) (transfer none) */
JsonObject      *mullion_desktop_get_options            (MullionDesktop            *self);
/* (nullable): what the module's open () made */
gpointer         mullion_desktop_get_state              (MullionDesktop            *self);
/* Whether the manifest allows all of the module, or with @right that part of it; where not, the call
 * is refused. */
gboolean         mullion_desktop_check_right            (MullionDesktop            *self,
                                                         MullionIpcMainInvokeEvent *event,
                                                         const char                *right);
/* Whether the texts that the option @name lists have @text among them. */
gboolean         mullion_desktop_is_listed              (MullionDesktop            *self,
                                                         const char                *name,
                                                         const char                *text);
/* To the documents that listen, or to @frame alone, (nullable), if it does. @details: (nullable)
 * (transfer full): the arguments of the listeners. */
void             mullion_desktop_tell                   (MullionDesktop            *self,
                                                         MullionWebFrameMain       *frame,
                                                         const char                *event,
                                                         JsonArray                 *details);
gboolean         mullion_desktop_is_listened_to         (MullionDesktop            *self,
                                                         const char                *event);
/* Whether the user chose the file in a dialog of this run, or opened it with the app. */
gboolean         mullion_desktop_check_file             (MullionDesktop            *self,
                                                         const char                *path,
                                                         GError                   **error);
/* Whether a page may have it shown: other files of the user are not for it to show. */
gboolean         mullion_desktop_check_icon             (const char                *icon,
                                                         GError                   **error);
/* The same of the member `icon`, if there is one. @options: (nullable) */
gboolean         mullion_desktop_check_icon_option      (JsonObject                *options,
                                                         GError                   **error);
/* (nullable): the window whose page called */
MullionBrowserWindow *mullion_desktop_get_window        (MullionIpcMainInvokeEvent *event);
/* (nullable): the page that called; when it is gone, the call is answered */
MullionWebContents *mullion_desktop_find_contents       (MullionIpcMainInvokeEvent *event);
/* (nullable): the object that is argument @index */
JsonObject      *mullion_desktop_get_object             (JsonArray                 *args,
                                                         guint                      index);
/* @object: (nullable): what passed MULLION_DESKTOP_RECTANGLE. Returns: whether there is one */
gboolean         mullion_desktop_read_rectangle         (JsonObject                *object,
                                                         GdkRectangle              *rectangle);
/* Answers once: with @error, (nullable) (transfer full), or with undefined. */
void             mullion_desktop_answer                 (MullionIpcMainInvokeEvent *event,
                                                         GError                    *error);
/* The same with a text, (nullable) (transfer full): NULL is an error. */
void             mullion_desktop_answer_text            (MullionIpcMainInvokeEvent *event,
                                                         char                      *text,
                                                         GError                    *error);
/* The same with a list of texts. */
void             mullion_desktop_answer_texts           (MullionIpcMainInvokeEvent *event,
                                                         const char *const         *texts);
/* The same with bytes, (nullable) (transfer full): NULL is an error. */
void             mullion_desktop_answer_bytes           (MullionIpcMainInvokeEvent *event,
                                                         GBytes                    *bytes,
                                                         GError                    *error);
void             mullion_desktop_answer_boolean         (MullionIpcMainInvokeEvent *event,
                                                         gboolean                   value);
void             mullion_desktop_answer_number          (MullionIpcMainInvokeEvent *event,
                                                         double                     value);

/* One a file: what stands in the table. */
extern const MullionDesktopModule mullion_desktop_actions;
extern const MullionDesktopModule mullion_desktop_app;
extern const MullionDesktopModule mullion_desktop_capture;
extern const MullionDesktopModule mullion_desktop_clipboard;
extern const MullionDesktopModule mullion_desktop_content_filters;
extern const MullionDesktopModule mullion_desktop_dialog;
extern const MullionDesktopModule mullion_desktop_downloads;
extern const MullionDesktopModule mullion_desktop_drag;
extern const MullionDesktopModule mullion_desktop_find;
extern const MullionDesktopModule mullion_desktop_global_shortcut;
extern const MullionDesktopModule mullion_desktop_menu;
extern const MullionDesktopModule mullion_desktop_native_theme;
extern const MullionDesktopModule mullion_desktop_notification;
extern const MullionDesktopModule mullion_desktop_power_monitor;
extern const MullionDesktopModule mullion_desktop_power_save_blocker;
extern const MullionDesktopModule mullion_desktop_print;
extern const MullionDesktopModule mullion_desktop_safe_storage;
extern const MullionDesktopModule mullion_desktop_screen;
extern const MullionDesktopModule mullion_desktop_session;
extern const MullionDesktopModule mullion_desktop_shell;
extern const MullionDesktopModule mullion_desktop_tray;
extern const MullionDesktopModule mullion_desktop_views;
extern const MullionDesktopModule mullion_desktop_window;
extern const MullionDesktopModule mullion_desktop_windows;
extern const MullionDesktopModule mullion_desktop_zoom;

G_END_DECLS
