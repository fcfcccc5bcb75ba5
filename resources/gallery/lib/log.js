// SPDX-License-Identifier: LGPL-2.1-or-later
// A log of what crossed the process boundary, newest last, read politely by screen readers.
import { el } from './dom.js';

const LIMIT = 100;
const SIGNS = { out: '→', in: '←', error: '✕', info: '·' };
const NAMES = { out: 'sent', in: 'received', error: 'error', info: 'note' };

function describe(value) {
  if (typeof value === 'string') {
    return value;
  }
  return value === undefined ? 'undefined' : JSON.stringify(value);
}

/**
 * Makes a log card.
 *
 * @param {string} id
 * @returns {{node: HTMLElement, out: Function, in: Function, error: Function, info: Function}}
 *   each function takes any number of values and adds one line
 */
export function createLog(id) {
  const list = el('ol', {
    id, class: 'log', tabindex: 0,
    role: 'log', 'aria-live': 'polite', 'aria-label': 'What happened',
  });
  const empty = el('p', { class: 'log-empty' }, 'Messages will be listed here as they cross.');
  const clear = el('button', {
    type: 'button', class: 'button flat small', onclick: () => reset(),
  }, 'Clear');
  const node = el('section', { class: 'card' },
    el('div', { class: 'card-head' }, el('h2', {}, 'What happened'), clear), empty, list);

  function reset() {
    list.replaceChildren();
    empty.hidden = false;
  }

  function add(kind, values) {
    const time = new Date().toLocaleTimeString([], { hour12: false });
    list.append(el('li', { class: `log-line is-${kind}` },
      el('time', {}, time),
      el('span', { class: 'log-sign', role: 'img', 'aria-label': NAMES[kind] }, SIGNS[kind]),
      el('span', { class: 'log-text' }, values.map(describe).join('  '))));
    if (list.childElementCount > LIMIT) {
      list.firstElementChild.remove();
    }
    empty.hidden = true;
    list.scrollTop = list.scrollHeight;
  }

  return {
    node,
    out: (...values) => add('out', values),
    in: (...values) => add('in', values),
    error: (...values) => add('error', values),
    info: (...values) => add('info', values),
  };
}
