// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, result, row } from '../lib/dom.js';

const { push } = window.gallery;

function createClock(log) {
  const face = el('time', { id: 'clock', class: 'clock' }, '--:--:--');
  const toggle = button('clock-toggle', 'Start the clock', () => (stop ? pause() : run()),
    'suggested');
  let stop = null;

  function run() {
    let ticks = 0;
    stop = push.onTick((text) => {
      ticks += 1;
      face.textContent = text;
      face.dataset.ticks = ticks;
    });
    push.startClock();
    toggle.textContent = 'Unsubscribe';
    log.out('push:clock', true);
  }

  function pause() {
    stop();
    stop = null;
    push.stopClock();
    toggle.textContent = 'Start the clock';
    log.info(`Unsubscribed after ${face.dataset.ticks || 0} ticks`);
  }

  return { face, toggle, leave: () => stop && pause() };
}

function createWork(log) {
  const bar = el('progress', { id: 'progress', max: 100, value: 0, 'aria-label': 'Work done' });
  const status = result('work-status', 'Not started');
  const start = button('work', 'Start some work', async () => {
    start.disabled = true;
    log.out('push:work');
    try {
      status.show(await push.work());
      log.in(status.textContent);
    } catch (error) {
      status.show(message(error), 'error');
    }
    start.disabled = false;
  });
  const unsubscribe = push.onProgress((percent) => {
    bar.value = percent;
    status.show(`${percent} %`, '');
  });
  return { bar, status, start, unsubscribe };
}

function mount(stage, log) {
  const clock = createClock(log);
  const work = createWork(log);

  stage.append(
    el('p', { class: 'quote', id: 'greeting' },
      push.greeting() || 'The greeting comes when the page has finished loading.'),
    el('h3', { class: 'minor' }, 'A clock that ticks in C'),
    clock.face, row(clock.toggle),
    el('h3', { class: 'minor' }, 'Progress of work done in C'),
    work.bar, work.status, row(work.start));
  return () => {
    clock.leave();
    work.unsubscribe();
  };
}

export default {
  id: 'push',
  title: 'Main to page',
  icon: 'bell',
  lead: 'The main process speaks first: a greeting when the page has finished loading, a tick each '
    + 'second, the progress of its work. Subscribing returns a function that unsubscribes, and '
    + 'that function works across the bridge.',
  flow: {
    page: 'gallery.push.onTick(callback)',
    preload: 'ipcRenderer.on()',
    main: 'mullion_web_contents_send()',
  },
  mount,
};
