// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, message, result, row } from '../lib/dom.js';

const { cancel } = window.gallery;

const FORMAT = new Intl.NumberFormat('en');

function createNumber(id, value, most) {
  return el('input', { id, type: 'number', value, min: 1, max: most, required: true });
}

function describe(error) {
  return error.name === 'Error' ? message(error) : `${error.name}: ${message(error)}`;
}

function mount(stage, log) {
  const limit = createNumber('limit', 100000000, 1e9);
  const deadline = createNumber('deadline', 5000, 60000);
  const answer = result('answer', 'Not started');
  const thread = result('thread', 'The thread in C is not at work');
  const start = button('start', 'Count the primes', () => run(), 'suggested');
  const abort = button('abort', 'Abort', () => controller.abort());
  let controller = null;

  abort.disabled = true;
  const unsubscribe = cancel.onStopped((reached) => {
    thread.show(`The thread in C stopped at ${FORMAT.format(reached)}`);
    log.in('cancel:stopped', reached);
  });

  function setRunning(running) {
    start.disabled = running;
    abort.disabled = !running;
  }

  async function run() {
    const timeout = Number(deadline.value);
    controller = new AbortController();
    setRunning(true);
    answer.show('Waiting for the answer…', '');
    thread.show('The thread in C is at work', '');
    log.out('cancel:count', Number(limit.value), { timeout });
    try {
      const primes = await cancel.count(Number(limit.value), controller.signal, timeout);
      answer.show(`There are ${FORMAT.format(primes)} primes`);
      thread.show('The thread in C has finished');
      log.in(primes);
    } catch (error) {
      answer.show(describe(error), 'error');
      log.error(describe(error));
    }
    setRunning(false);
  }

  stage.append(
    el('div', { class: 'fields' },
      field('Count the primes up to', limit), field('Within milliseconds', deadline)),
    row(start, abort), answer, thread);
  return () => {
    unsubscribe();
    if (controller) {
      controller.abort();
    }
  };
}

export default {
  id: 'cancel',
  title: 'Cancel and deadline',
  icon: 'stop',
  lead: '`ipcRenderer.with({ signal, timeout })` puts limits to a call. The promise rejects at once, '
    + 'with an `AbortError` or a `TimeoutError`, and the `GCancellable` of the handler fires. It '
    + 'fires as well when the page reloads, closes or crashes.',
  flow: {
    page: 'controller.abort()',
    preload: 'ipcRenderer.with({ signal }).invoke()',
    main: 'g_cancellable_is_cancelled()',
  },
  mount,
};
