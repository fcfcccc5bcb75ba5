// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, result, row } from '../lib/dom.js';

const { invoke } = window.gallery;

function mount(stage, log) {
  const answer = result('answer', 'No answer yet');

  /** Shows a call from its start to its end, whichever way it ends. */
  async function follow(label, call) {
    log.out(label);
    answer.show('Waiting for the answer…', '');
    try {
      const value = await call();
      log.in(value);
      answer.show(String(value));
    } catch (error) {
      log.error(message(error));
      answer.show(message(error), 'error');
    }
  }

  stage.append(
    el('dl', { class: 'choices' },
      el('dt', {}, 'At once'),
      el('dd', {}, button('now', '6 × 7', () => follow('invoke:multiply  6  7',
        () => invoke.now(6, 7)), 'suggested')),
      el('dt', {}, 'Later, from a timer in C'),
      el('dd', {}, button('later', 'In one second', () => follow('invoke:later  1000',
        () => invoke.later(1000)))),
      el('dt', {}, 'After a native question'),
      el('dd', {}, button('ask', 'Ask me', () => follow('invoke:ask',
        () => invoke.ask('Shall the page go on?')))),
      el('dt', {}, 'Rejected with an error'),
      el('dd', {}, button('reject', 'Open a missing file', () => follow('invoke:open-file',
        () => invoke.reject())))),
    row(answer));
}

export default {
  id: 'invoke',
  title: 'Invoke and handle',
  icon: 'call',
  lead: '`invoke` returns a promise. Its handler in C may answer at once, keep the event and '
    + 'answer later, wait for somebody to press a button in a native dialog, or reject with a '
    + '`GError`, whose message arrives in the page.',
  flow: {
    page: 'await gallery.invoke.ask()',
    preload: 'ipcRenderer.invoke()',
    main: 'mullion_ipc_main_invoke_event_return()',
  },
  mount,
};
