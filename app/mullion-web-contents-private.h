/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-app.h"
#include "mullion-crash-guard.h"
#include "mullion-denials.h"
#include "mullion-error.h"
#include "mullion-evaluations.h"
#include "mullion-find.h"
#include "mullion-key-watch.h"
#include "mullion-navigation-policy.h"
#include "mullion-outbox.h"
#include "mullion-page-host.h"
#include "mullion-page-looks.h"
#include "mullion-page-moves.h"
#include "mullion-printing.h"
#include "mullion-session-private.h"
#include "mullion-web-contents.h"
#include "mullion-web-preferences.h"
#include "mullion-window-opener.h"

G_BEGIN_DECLS

/* The page that says that another one stopped working. */
typedef enum
{
  MULLION_CRASH_PAGE_NONE,
  MULLION_CRASH_PAGE_COMES,
  MULLION_CRASH_PAGE_SHOWN, /* its load has started at least */
} MullionCrashPageState;

struct _MullionWebContents
{
  GObject parent_instance;

  guint id;
  MullionApp *app; /* (weak) */
  MullionWebPreferences *preferences;
  WebKitWebView *view;
  MullionSession *session;
  MullionIpcMain *ipc;
  MullionGrants *grants; /* (nullable): the app's */
  MullionDenials denials;
  MullionDenials complaints;

  MullionPageHost *host;    /* (nullable): of the page that is shown */
  GQueue provisional_hosts; /* (owned): of pages that may be shown next */
  guint64 offering_page_id; /* the page that offered the last channel, */
  guint n_offers;           /* and how many it did */

  /* A load is under way whose document does not listen yet: messages wait in the outbox. */
  gboolean is_awaiting_document;
  MullionOutbox *outbox;
  gboolean has_document; /* since the last load began */
  gboolean has_failed;

  /* WebKit goes on saying that a load is under way which was stopped before its start, or which
   * was but a move within the document: so we count for ourselves. */
  gboolean is_loading;
  gboolean has_started; /* WebKit has */
  gboolean has_answer;  /* something of it has come */
  gboolean is_replacing; /* it will report the end of a load that another one has replaced */

  MullionCrashGuard crashes;
  MullionCrashPageState crash_page;
  WebKitWebViewSessionState *lost_session; /* (nullable): of the page in whose place that is */
  gboolean reload_after_crash;
  char *trusted_uri; /* (nullable): what is loaded again when this load has ended */

  gboolean has_process_gone; /* and no load has begun since */
  gboolean is_punishing; /* WebKit is about to report the end of a process that we ended */
  char *gone_message;    /* (nullable): why we did */

  MullionNavigationPolicy *navigation;
  MullionWindowOpener *opener; /* of other windows */
  MullionKeyWatch *keys;       /* (nullable): there is no view */
  MullionPageMoves *moves;     /* (nullable): the same */
  MullionPageLooks *looks;     /* (nullable): the same */
  MullionEvaluations *evaluations;
  MullionFind *find;         /* (nullable): nothing was searched for yet */
  MullionPrinting *printing; /* (nullable): nothing was printed yet */
  GHashTable *styles;        /* (nullable): keys and sheets of what was put over the page */
  gboolean is_dev_tools_opened;
  gboolean is_destroyed;
};

/* @preferences: (transfer full)
 * @related: (nullable): whose page opens this one; they share a web process and a session */
MullionWebContents *mullion_web_contents_new     (MullionApp            *app,
                                                  MullionWebPreferences *preferences,
                                                  MullionWebContents    *related);
/* For a replay: nothing is shown, and what asks the view for something finds none. */
MullionWebContents *mullion_web_contents_new_without_view (MullionApp   *app,
                                                  guint                  id);
const MullionWebPreferences *
                    mullion_web_contents_get_preferences (MullionWebContents *self);
/* (nullable): those that @view, which may be NULL, shows. */
MullionWebContents *mullion_web_contents_from_web_view (WebKitWebView   *view);
MullionApp         *mullion_web_contents_get_app (MullionWebContents    *self);
/* FALSE with MULLION_ERROR_GONE when they are closed. */
gboolean            mullion_web_contents_has_page (MullionWebContents   *self,
                                                   GError              **error);
/* (nullable): the contents' own grants or the app's, NULL for the default. */
MullionGrants      *mullion_web_contents_get_grants_in_force (MullionWebContents *self);
/* Tells the log and whoever listens that @frame may not use @channel; @method: what it called.
 * Returns whether the log was told, which is not done without end. */
gboolean            mullion_web_contents_deny    (MullionWebContents    *self,
                                                  MullionWebFrameMain   *frame,
                                                  const char            *method,
                                                  const char            *channel,
                                                  const char            *reason);
/* Warns of what a page did, which it may do as often as it likes: not more often than is of use. */
void                mullion_web_contents_complain (MullionWebContents   *self,
                                                   const char           *text);
/* Ends the contents: its channel, its pending calls, its id. Emits `closed`. */
void                mullion_web_contents_destroy (MullionWebContents    *self);

void                mullion_web_contents_add_signals (GType              type);
/* Those of what the user sees and hears of the page, and does in it. */
void                mullion_web_contents_add_page_signals (GType         type);

/* A document comes that does not listen yet: messages wait for it. */
void                mullion_web_contents_begin_load       (MullionWebContents *self);
/* The load that was begun is stopped, and maybe no document comes. */
void                mullion_web_contents_end_load         (MullionWebContents *self);

/* Says anew to the page's process what its next documents are made with. */
void                mullion_web_contents_configure        (MullionWebContents *self);
void                mullion_web_contents_connect_view     (MullionWebContents *self);
void                mullion_web_contents_watch_process    (MullionWebContents *self);
/* The process of the page is gone, for @reason, and the app wants the page back. */
void                mullion_web_contents_recover          (MullionWebContents *self,
                                                           const char         *reason);
gboolean            mullion_web_contents_restore          (MullionWebContents *self);
gboolean            mullion_web_contents_follow_crash_page    (MullionWebContents       *self,
                                                               WebKitLoadEvent           event);
gboolean            mullion_web_contents_decide_on_crash_page (MullionWebContents       *self,
                                                               WebKitPolicyDecision     *decision,
                                                               WebKitPolicyDecisionType  type);
void                mullion_web_contents_punish           (MullionWebContents *self,
                                                           guint64             page_id,
                                                           const char         *message);
/* @options: (transfer none): kept until @callback, which gets a #GTask of a boolean. */
void                mullion_web_contents_print_with      (MullionWebContents  *self,
                                                          MullionPrintOptions *options,
                                                          GCancellable        *cancellable,
                                                          GAsyncReadyCallback  callback,
                                                          gpointer             user_data);
/* What is to be printed has no page any more. */
void                mullion_web_contents_fail_printing    (MullionWebContents *self);
void                mullion_web_contents_flush_outbox     (MullionWebContents *self);
void                mullion_web_contents_drop_hosts       (MullionWebContents *self);
/* Another page is shown than the one that they were for. */
void                mullion_web_contents_forget_styles    (MullionWebContents *self);

/* Takes @fd, our end of the channel of a page that may be shown next. */
void                mullion_web_contents_add_channel      (MullionWebContents *self,
                                                           guint64             page_id,
                                                           int                 fd);

/* What the page's channel reports. */
void                mullion_web_contents_document_created (MullionWebContents *self,
                                                           MullionPageHost    *host);
void                mullion_web_contents_document_ready   (MullionWebContents *self);
void                mullion_web_contents_dom_ready        (MullionWebContents *self);
void                mullion_web_contents_preload_failed   (MullionWebContents *self,
                                                           const char         *path,
                                                           const char         *message);
void                mullion_web_contents_channel_failed   (MullionWebContents *self,
                                                           MullionPageHost    *host,
                                                           const GError       *reason);
void                mullion_web_contents_evaluated        (MullionWebContents *self,
                                                           guint64             id,
                                                           gboolean            succeeded,
                                                           JsonNode           *value);

G_END_DECLS
