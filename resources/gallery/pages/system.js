// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, row } from '../lib/dom.js';
import { createPlot } from '../lib/plot.js';

const { system } = window.gallery;

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

function formatBytes(bytes) {
  if (bytes < GIB) {
    return `${Math.round(bytes / MIB)} MiB`;
  }
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

function formatTime(seconds) {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

const FACTS = [
  ['Memory in use',
    (f) => `${formatBytes(f.memoryTotal - f.memoryAvailable)} of ${formatBytes(f.memoryTotal)}`],
  ['The main process holds', (f) => formatBytes(f.resident)],
  ['Load over a minute', (f) => `${f.load.toFixed(2)} on ${f.processors} processors`],
  ['Up for', (f) => formatTime(f.uptime)],
];

function mount(stage) {
  const plot = createPlot('plot', 'Memory and load in the last minute', [
    { name: 'memory', label: 'Memory in use' },
    { name: 'load', label: 'Load for each processor' },
  ]);
  const values = FACTS.map(() => el('dd', {}, '–'));
  const facts = el('dl', { class: 'facts', id: 'figures' },
    FACTS.map(([label], index) => el('div', {}, el('dt', {}, label), values[index])));
  const toggle = button('watch', 'Pause', () => (stop ? pause() : watch()));
  let stop = null;
  let count = 0;

  function show(figures) {
    count += 1;
    plot.add({
      memory: 1 - figures.memoryAvailable / figures.memoryTotal,
      load: figures.load / figures.processors,
    });
    FACTS.forEach(([, format], index) => {
      values[index].textContent = format(figures);
    });
    facts.dataset.count = count;
  }

  function watch() {
    stop = system.watch(show);
    toggle.textContent = 'Pause';
  }

  function pause() {
    stop();
    stop = null;
    toggle.textContent = 'Go on';
  }

  stage.append(plot.node, facts, row(toggle));
  watch();
  return () => stop && pause();
}

export default {
  id: 'system',
  title: 'System figures',
  icon: 'chart',
  lead: 'The main process reads what the kernel says about memory and load, and sends it to this '
    + 'page each second. The page draws it. When you go to another page, the timer in C stops.',
  flow: {
    page: 'gallery.system.watch(draw)',
    preload: "ipcRenderer.on('system:figures')",
    main: '/proc/meminfo · /proc/self/statm',
  },
  tryTitle: 'The last minute',
  log: false,
  mount,
};
