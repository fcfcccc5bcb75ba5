// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { tray } = window.gallery;

const texts = {
  click: (place) => `The icon was clicked at ${place}`,
  scroll: (delta) => `The wheel was turned by ${delta}`,
  menu: (text) => text,
  failed: (reason) => reason,
};

function mount(stage, log) {
  const tip = el('input', { id: 'tray-tip', value: 'Four panes' });
  const state = result('tray-state', 'No icon yet');
  const follow = follower(log, state);

  const unsubscribe = tray.onEvent((event, detail) => {
    log.in('tray:event', event, detail);
    state.show(texts[event](detail), event === 'failed' ? 'error' : 'ok');
  });

  stage.append(field('What it says of itself', tip),
    row(button('tray-show', 'Show it', () => follow('tray:show', () => tray.show(tip.value),
      () => 'The icon is given to the tray'), 'suggested'),
      button('tray-hide', 'Take it away', () => follow('tray:hide', tray.hide,
        () => 'No icon'))),
    state,
    el('p', { class: 'hint' }, 'Click the icon, or choose from its menu. GNOME shows trays with an '
      + 'extension; the icon appears when there is one.'));
  return unsubscribe;
}

export default {
  id: 'tray',
  title: 'Tray',
  icon: 'tray',
  lead: 'An icon that stays when no window is in the way, with a menu. It speaks with the tray of the '
    + 'desktop over the bus; a desktop without one says so.',
  flow: {
    page: 'gallery.tray.show(toolTip)',
    preload: "ipcRenderer.invoke('tray:show', …)",
    main: 'mullion_tray_new()',
  },
  mount,
};
