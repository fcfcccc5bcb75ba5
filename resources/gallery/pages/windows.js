// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, result } from '../lib/dom.js';

const { windows } = window.gallery;

const kinds = [
  ['modal', 'Modal to this one', 'This window waits until it is closed'],
  ['frameless', 'Without a frame', 'Moved by a part of its page, closed by a button in it'],
  ['overlay', 'Buttons of the desktop', 'Above the page, on the side that the user has them'],
  ['header', 'A header bar of GTK', 'With a native button that tells the page'],
  ['transparent', 'Transparent', 'What the page leaves unpainted shows what is behind'],
  ['views', 'Two pages in one', 'Each with a view and a preload script of its own'],
];

function mount(stage, log) {
  const outcome = result('windows-outcome', 'What becomes of this window stands here');
  const unsubscribe = windows.onEvent((name) => {
    log.in('windows:event', name);
    outcome.show(name);
  });

  async function call(channel, ...args) {
    log.out(channel, ...args);
    try {
      await (channel === 'windows:open' ? windows.open(...args) : windows.toggleFullScreen());
    } catch (error) {
      log.error(message(error));
      outcome.show(message(error), 'error');
    }
  }

  stage.append(
    el('ul', { class: 'cases' }, kinds.map(([kind, label, text]) => el('li', { class: 'case' },
      el('div', { class: 'case-head' }, el('span', {}, label),
        button(`windows-${kind}`, 'Open', () => call('windows:open', kind))),
      el('span', { class: 'case-text' }, text))), el('li', { class: 'case' },
      el('div', { class: 'case-head' }, el('span', {}, 'Full screen'),
        button('windows-full-screen', 'Toggle', () => call('windows:full-screen'))),
      el('span', { class: 'case-text' }, 'This window; the desktop says when it is done'))),
    outcome);
  return unsubscribe;
}

export default {
  id: 'windows',
  title: 'Windows',
  icon: 'windows',
  lead: 'Windows with Electron’s options, which are GTK’s windows: with a header bar of widgets, or '
    + 'without any frame. What becomes of them the desktop decides, and tells.',
  flow: {
    page: "await gallery.windows.open('modal')",
    preload: "ipcRenderer.invoke('windows:open', …)",
    main: 'mullion_browser_window_new()',
  },
  mount,
};
