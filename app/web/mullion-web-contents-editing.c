/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-editing.h"

#include "mullion-web-contents-private.h"

/*
 * What the user does to the text of MullionWebContents, done by the app.
 *
 * Main process. These are the commands of WebKit's editor, which are also behind the roles of menus.
 * Nobody hears when they are done; in contents that are closed, or where nothing can be edited, nothing
 * happens.
 */

static void
execute (MullionWebContents *self,
         const char         *command)
{
  if (mullion_web_contents_has_page (self, NULL))
    webkit_web_view_execute_editing_command (self->view, command);
}

/**
 * mullion_web_contents_undo:
 * @self: web contents
 *
 * Takes back the last change of the field that has the focus, like Electron's `contents.undo`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_undo (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  execute (self, WEBKIT_EDITING_COMMAND_UNDO);
}

/**
 * mullion_web_contents_redo:
 * @self: web contents
 *
 * Makes the change again that was taken back last, like Electron's `contents.redo`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_redo (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  execute (self, WEBKIT_EDITING_COMMAND_REDO);
}

/**
 * mullion_web_contents_cut:
 * @self: web contents
 *
 * Moves what is selected to the clipboard, like Electron's `contents.cut`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_cut (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  execute (self, WEBKIT_EDITING_COMMAND_CUT);
}

/**
 * mullion_web_contents_copy:
 * @self: web contents
 *
 * Copies what is selected to the clipboard, like Electron's `contents.copy`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_copy (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  execute (self, WEBKIT_EDITING_COMMAND_COPY);
}

/**
 * mullion_web_contents_paste:
 * @self: web contents
 *
 * Puts what is in the clipboard in the place of what is selected, like Electron's
 * `contents.paste`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_paste (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  execute (self, WEBKIT_EDITING_COMMAND_PASTE);
}

/**
 * mullion_web_contents_paste_and_match_style:
 * @self: web contents
 *
 * Pastes the text that is in the clipboard without its own look, like Electron's
 * `contents.pasteAndMatchStyle`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_paste_and_match_style (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  execute (self, WEBKIT_EDITING_COMMAND_PASTE_AS_PLAIN_TEXT);
}

/**
 * mullion_web_contents_delete:
 * @self: web contents
 *
 * Deletes what is selected, like Electron's `contents.delete`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_delete (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  execute (self, "Delete");
}

/**
 * mullion_web_contents_select_all:
 * @self: web contents
 *
 * Selects all of the field that has the focus, or of the page, like Electron's
 * `contents.selectAll`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_select_all (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  execute (self, WEBKIT_EDITING_COMMAND_SELECT_ALL);
}

/**
 * mullion_web_contents_unselect:
 * @self: web contents
 *
 * Ends the selection, like Electron's `contents.unselect`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_unselect (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  execute (self, "Unselect");
}

/**
 * mullion_web_contents_insert_text:
 * @self: web contents
 * @text: what to type
 *
 * Types a text into the field that has the focus, in the place of what is selected there, like
 * Electron's `contents.insertText`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_insert_text (MullionWebContents *self,
                                  const char         *text)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (text != NULL);

  if (mullion_web_contents_has_page (self, NULL))
    webkit_web_view_execute_editing_command_with_argument (self->view, "InsertText", text);
}
