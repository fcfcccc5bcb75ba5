// SPDX-License-Identifier: LGPL-2.1-or-later
import { el, message } from '../lib/dom.js';

const { errors } = window.gallery;

const CASES = [
  ['fails', 'A handler that fails', () => errors.fails()],
  ['unknown', 'A channel that nobody handles', () => errors.unknown()],
  ['uncloneable', 'A function as an argument', () => errors.echo(() => 'not data')],
  ['never', 'A handler that never answers', () => errors.never()],
  ['throws', 'A preload function that throws', () => errors.throws()],
  ['channel', 'A channel that is not a string', () => errors.channel({ not: 'a string' })],
];

function createCase([id, title, provoke], log) {
  const text = el('output', { id: `error-${id}`, class: 'case-text', role: 'status' }, 'Not run yet');
  const run = async () => {
    log.out(title);
    try {
      text.textContent = `No error, but ${JSON.stringify(await provoke())}`;
    } catch (error) {
      text.textContent = message(error);
      text.dataset.kind = 'error';
      log.error(message(error));
    }
  };
  return el('li', { class: 'case' },
    el('div', { class: 'case-head' }, el('strong', {}, title),
      el('button', {
        type: 'button', class: 'button small', id: `run-${id}`, 'aria-label': `Run: ${title}`,
        onclick: run,
      }, 'Run')),
    text);
}

function mount(stage, log) {
  stage.append(el('ul', { class: 'cases' }, CASES.map((entry) => createCase(entry, log))));
}

export default {
  id: 'errors',
  title: 'Errors',
  icon: 'alert',
  lead: 'Every call ends, and every error says what was wrong. What arrives in the page is a plain '
    + 'Error of its own realm: its message crosses, and nothing of the other world comes with it.',
  flow: {
    page: 'catch (error)',
    preload: 'a rejected promise',
    main: 'mullion_ipc_main_invoke_event_return_error()',
  },
  mount,
};
