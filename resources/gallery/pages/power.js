// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { power } = window.gallery;

const texts = {
  suspend: 'It goes to sleep',
  resume: 'It is awake again',
  shutdown: 'It goes down',
  'lock-screen': 'The screen is locked',
  'unlock-screen': 'The screen is unlocked',
  'on-ac': 'It has mains power',
  'on-battery': 'It runs on its battery',
};

function mount(stage, log) {
  const source = result('power-source', 'Asking…');
  const kept = result('power-outcome', 'The display may go dark');
  const idle = result('power-idle-outcome', 'Not asked yet');
  const followKept = follower(log, kept);
  const followIdle = follower(log, idle);

  const showSource = ({ onBattery }) => source.show(onBattery ? texts['on-battery']
    : texts['on-ac'], '');
  const unsubscribe = power.onEvent((name) => {
    log.in('power:event', name);
    source.show(texts[name]);
  });

  stage.append(
    el('h3', { class: 'minor' }, 'This machine'),
    source,
    el('h3', { class: 'minor' }, 'Awake'),
    row(button('power-start', 'Keep the display on', () => followKept('power:start', power.start,
      (id) => `The display stays on: blocker ${id}`), 'suggested'),
      button('power-stop', 'Let it go dark', () => followKept('power:stop', power.stop,
        (stopped) => (stopped ? 'The display may go dark' : 'Nothing kept it on')))),
    kept,
    el('h3', { class: 'minor' }, 'The user'),
    row(button('power-idle', 'How long idle?', () => followIdle('power:idle', power.idle,
      (seconds) => `Nobody has touched it for ${seconds} s`))),
    idle);
  power.state().then((state) => {
    showSource(state);
    if (state.blocked) {
      kept.show('The display stays on');
    }
  }, (error) => source.show(message(error), 'error'));
  return unsubscribe;
}

export default {
  id: 'power',
  title: 'Power',
  icon: 'bolt',
  lead: 'A machine that sleeps, wakes or runs on its battery tells the app, and one that shows a '
    + 'film can be kept awake. What this desktop lacks a service for, it says.',
  flow: {
    page: 'await gallery.power.start()',
    preload: "ipcRenderer.invoke('power:start')",
    main: 'mullion_power_save_blocker_start_async()',
  },
  mount,
};
