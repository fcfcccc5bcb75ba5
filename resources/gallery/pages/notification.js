// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { notification } = window.gallery;

const texts = {
  show: () => 'The desktop shows it',
  click: () => 'It was clicked',
  action: (label) => `“${label}” was pressed`,
  reply: (text) => `The reply is: ${text}`,
  close: (reason) => `It is closed: ${reason}`,
  failed: (reason) => reason,
};

function mount(stage, log) {
  const title = el('input', { id: 'notification-title', value: 'The glass is here' });
  const body = el('input', { id: 'notification-body', value: 'Four panes, and one mullion' });
  const state = result('notification-state', 'Nothing shown yet');

  const unsubscribe = notification.onEvent((event, detail) => {
    log.in('notification:event', event, detail);
    state.show(texts[event](detail), event === 'failed' ? 'error' : 'ok');
  });

  const follow = follower(log, state);

  stage.append(field('Title', title), field('Text', body),
    row(button('notification-show', 'Show', () => follow('notification:show',
      () => notification.show(title.value, body.value)), 'suggested'),
      button('notification-close', 'Close', () => follow('notification:close',
        notification.close))),
    state,
    el('p', { class: 'hint' }, 'Shown again, it takes the place of the one that stands.'));
  return unsubscribe;
}

export default {
  id: 'notification',
  title: 'Notifications',
  icon: 'bell',
  lead: 'A notification of the desktop, with buttons, and on KDE’s desktop with a field for a reply. '
    + "What the user does with it comes back as Electron's events; a desktop that shows none says so.",
  flow: {
    page: 'gallery.notification.show(title, body)',
    preload: "ipcRenderer.invoke('notification:show', …)",
    main: 'mullion_notification_show()',
  },
  mount,
};
