/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A bus of the test's own, and services on it that note what they are asked. */

/* Before anything else of GIO; it is the system bus as well. */
void  mock_bus_start (void);
/* Instead of that: there is none at all, neither of the session nor of the system. */
void  mock_bus_lack  (void);
void  mock_bus_stop  (void);

typedef struct _MockService MockService;

/* (transfer full) (nullable): what @method answers with; %NULL for an error of that name. */
typedef GVariant *(*MockAnswer) (MockService *service,
                                 const char  *method,
                                 GVariant    *arguments);

/* @xml describes the interfaces that it has at @path; @answer answers all methods. */
MockService *mock_service_new  (const char *name,
                                const char *path,
                                const char *xml,
                                MockAnswer  answer);
void         mock_service_free (MockService *self);

void         mock_service_emit (MockService *self,
                                const char  *interface,
                                const char  *signal,
                                GVariant    *arguments);

/* Properties as they are told to whoever asks; @value: sunk. */
void         mock_service_set_property (MockService *self,
                                        const char  *name,
                                        GVariant    *value);

/* (transfer full): the next call of @method that has come, or comes; those before it are
 * dropped. */
GVariant    *mock_service_wait (MockService *self,
                                const char  *method);
/* Which program called last, as the bus names it. */
const char  *mock_service_get_caller (MockService *self);

/* (transfer full): what a method of a portal answers with whose last argument is @options; the
 * response to that request is told before. @results: sunk. */
GVariant    *mock_service_respond (MockService *self,
                                   GVariant    *options,
                                   guint        response,
                                   GVariant    *results);

GDBusConnection *mock_service_get_connection (MockService *self);

#define mock_wait_until(condition) \
  G_STMT_START { \
    guint limit_of_wait = mock_limit_begin (#condition); \
    while (!(condition)) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (limit_of_wait); \
  } G_STMT_END

guint        mock_limit_begin (const char *what);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockService, mock_service_free)

G_END_DECLS
