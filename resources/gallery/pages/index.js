// SPDX-License-Identifier: LGPL-2.1-or-later
// The pages of the Gallery in the order of the sidebar.
import app from './app.js';
import appearance from './appearance.js';
import ask from './ask.js';
import binary from './binary.js';
import bus from './bus.js';
import cancel from './cancel.js';
import chat from './chat.js';
import clipboard from './clipboard.js';
import crash from './crash.js';
import devtools from './devtools.js';
import dialogs from './dialogs.js';
import downloads from './downloads.js';
import drag from './drag.js';
import errors from './errors.js';
import invoke from './invoke.js';
import legacy from './legacy.js';
import menu from './menu.js';
import messages from './messages.js';
import node from './node.js';
import nodeIpc from './node-ipc.js';
import notes from './notes.js';
import notification from './notification.js';
import permissions from './permissions.js';
import ports from './ports.js';
import power from './power.js';
import print from './print.js';
import push from './push.js';
import screens from './screens.js';
import secrets from './secrets.js';
import session from './session.js';
import shared from './shared.js';
import shell from './shell.js';
import shortcuts from './shortcuts.js';
import streams from './streams.js';
import sync from './sync.js';
import system from './system.js';
import tray from './tray.js';
import welcome from './welcome.js';
import windows from './windows.js';

/**
 * A page: `id` names its module, its C file and its part of the preload script; `mount(stage,
 * log)` fills the stage and may return a function that stops whatever it started.
 */
export const groups = [
  { title: 'Start', pages: [welcome, notes] },
  { title: 'Page to main', pages: [messages, invoke, cancel, sync, binary, streams] },
  { title: 'Main to page', pages: [push, ask, system] },
  { title: 'Windows', pages: [windows, menu, dialogs, screens, appearance] },
  {
    title: 'The desktop',
    pages: [notification, tray, clipboard, drag, shell, shortcuts, secrets, power, app],
  },
  { title: 'What pages have', pages: [session, downloads, permissions, print, devtools] },
  { title: 'Between windows', pages: [shared, chat, ports, legacy] },
  { title: 'Other processes', pages: [node, nodeIpc, bus] },
  { title: 'When it goes wrong', pages: [errors, crash] },
];
