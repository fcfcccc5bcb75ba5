// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, message, result, row } from '../lib/dom.js';

const { sync } = window.gallery;
const SLOW = 1500;

function mount(stage, log) {
  const text = el('input', { id: 'sync-text', type: 'text', value: 'mullion' });
  const answer = result('sync-answer', 'No answer yet');

  function reverse() {
    log.out('sync:reverse', text.value);
    try {
      const value = sync.reverse(text.value);
      log.in(value);
      answer.show(value);
    } catch (error) {
      log.error(message(error));
      answer.show(message(error), 'error');
    }
  }

  function slow() {
    log.out('sync:slow', SLOW);
    const start = performance.now();
    const value = sync.slow(SLOW);
    const took = Math.round(performance.now() - start);
    log.in(value, `the page stood still for ${took} ms`);
    answer.show(`The page stood still for ${took} ms`, '');
  }

  stage.append(
    el('p', { class: 'warning', role: 'note' },
      el('strong', {}, 'It blocks. '),
      'Until the answer is there, this page neither draws nor hears anything: the bar below stops. '
      + 'Take invoke unless old code leaves you no choice.'),
    field('Text', text),
    row(button('reverse', 'Reverse it in C', reverse, 'suggested'),
      button('slow', 'Block for 1.5 seconds', slow)),
    answer,
    el('div', { class: 'runner', 'aria-hidden': 'true' }, el('span', { class: 'runner-dot' })));
}

export default {
  id: 'sync',
  title: 'Synchronous send',
  icon: 'hourglass',
  lead: '`sendSync` returns what the listener sets as the return value of the event, as a plain '
    + 'function call would. A channel without a listener throws at once instead of hanging.',
  flow: {
    page: "gallery.sync.reverse('mullion')",
    preload: 'ipcRenderer.sendSync()',
    main: 'mullion_ipc_main_event_set_return_value()',
  },
  mount,
};
