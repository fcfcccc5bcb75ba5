// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, row } from '../lib/dom.js';

const IN_TURN = 300;
const AT_ONCE = 3000;
const NAMES = { mullion: 'Mullion', webkit: 'WebKitGTK', gtk: 'GTK', glib: 'GLib' };

function hero(title) {
  title.textContent = 'HTML in front, C behind';
  return el('div', { class: 'hero' },
    el('img', { src: 'logo.svg', width: 72, height: 72, alt: '' }),
    el('div', {}, title, el('p', { class: 'hero-line' },
      'The bar that separates the panes of a window, and holds them together.')));
}

function createTile(id, label) {
  const value = el('strong', { id, class: 'tile-value' }, '–');
  return { value, node: el('div', { class: 'tile' }, value, el('span', {}, label)) };
}

async function measure(tiles) {
  const { callInTurn, callAtOnce } = window.gallery.welcome;

  // The clock of a page ticks in milliseconds: time many calls, never one.
  await callInTurn(20);
  const start = performance.now();
  await callInTurn(IN_TURN);
  const middle = performance.now();
  await callAtOnce(AT_ONCE);
  const end = performance.now();

  const each = (1000 * (middle - start)) / IN_TURN;
  const rate = AT_ONCE / Math.max(1, end - middle);
  tiles.each.value.textContent = `${each < 10 ? each.toFixed(1) : Math.round(each)} µs`;
  tiles.rate.value.textContent = `${Math.round(rate * 1000).toLocaleString('en')} /s`;
}

function createVersions() {
  const versions = window.gallery.welcome.versions();
  const isKnown = ([name]) => (name in NAMES ? 1 : 0);
  const known = Object.entries(versions).sort((a, b) => isKnown(b) - isKnown(a));
  return el('dl', { class: 'facts', id: 'versions' }, known.map(([name, version]) => el('div', {},
    el('dt', {}, NAMES[name] || name), el('dd', {}, version))));
}

function mount(stage) {
  const tiles = {
    each: createTile('round-trip', 'one call to C and back'),
    rate: createTile('call-rate', 'calls in flight together'),
  };
  const status = el('p', { class: 'hint', role: 'status', id: 'measured' }, 'Measuring…');
  const again = button('measure', 'Measure again', () => run());

  async function run() {
    again.disabled = true;
    status.textContent = 'Measuring…';
    try {
      await measure(tiles);
      status.textContent = `Measured on this machine, now: ${IN_TURN} invoke calls one after `
        + `another, then ${AT_ONCE.toLocaleString('en')} at once.`;
    } catch (error) {
      status.textContent = message(error);
    }
    again.disabled = false;
  }

  stage.append(el('div', { class: 'tiles' }, tiles.each.node, tiles.rate.node), status,
    row(again), el('h3', { class: 'minor' }, 'This window runs on'), createVersions());
  run();
}

export default {
  id: 'welcome',
  title: 'Welcome',
  icon: 'home',
  lead: 'Mullion opens GTK windows whose pages are HTML and whose work is done in C. A page sees '
    + 'only what a preload script exposes to it; everything else is a message between processes. '
    + 'Each page of this Gallery shows one such pattern at work, with the code that does it.',
  flow: {
    page: 'gallery.welcome.callInTurn()',
    preload: 'ipcRenderer.invoke()',
    main: 'mullion_ipc_main_handle()',
  },
  tryTitle: 'A round trip',
  log: false,
  hero,
  mount,
};
