// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { devtools } = window.gallery;

function mount(stage, log) {
  const state = result('devtools-state', 'Asking…');
  const show = (isOpen) => state.show(`The developer tools are ${isOpen ? 'open' : 'closed'}`, '');
  const unsubscribe = devtools.onChange((isOpen) => {
    log.in('devtools:changed', isOpen);
    show(isOpen);
  });

  const follow = follower(log, state);

  stage.append(
    row(button('devtools-open', 'Open', () => follow('devtools:open', devtools.open), 'suggested'),
      button('devtools-close', 'Close', () => follow('devtools:close', devtools.close))),
    state,
    el('p', { class: 'hint' }, 'A window made with ',
      el('code', {}, 'webPreferences.devTools: false'), ' refuses.'));
  devtools.isOpen().then(show, (error) => state.show(message(error), 'error'));
  return unsubscribe;
}

export default {
  id: 'devtools',
  title: 'Developer tools',
  icon: 'tools',
  lead: 'The inspector of WebKit for this very page: elements, network, storage, a console. The '
    + 'page may ask for it; whether it opens is for the main process to say.',
  flow: {
    page: 'gallery.devtools.open()',
    preload: 'ipcRenderer.invoke()',
    main: 'mullion_web_contents_open_dev_tools()',
  },
  mount,
};
