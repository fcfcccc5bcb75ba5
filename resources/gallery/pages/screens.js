// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, result, row, svg } from '../lib/dom.js';

const { screens } = window.gallery;

function rectangle(name, { x, y, width, height }) {
  return svg('rect', { class: `screen-${name}`, x, y, width, height });
}

/** The least box around all of them, with some air. */
function surround(displays) {
  const left = Math.min(...displays.map(({ bounds }) => bounds.x));
  const top = Math.min(...displays.map(({ bounds }) => bounds.y));
  const right = Math.max(...displays.map(({ bounds }) => bounds.x + bounds.width));
  const bottom = Math.max(...displays.map(({ bounds }) => bounds.y + bounds.height));
  const air = (right - left) / 50;
  return [left - air, top - air, right - left + 2 * air, bottom - top + 2 * air];
}

function draw({ displays, window: own, pointer }) {
  const box = surround(displays);
  return svg('svg', {
    id: 'screens-map', class: 'screens-map', viewBox: box.join(' '), role: 'img',
    'aria-label': 'The monitors, as they stand beside each other',
  },
  displays.map(({ bounds }) => rectangle('display', bounds)),
  displays.map(({ workArea }) => rectangle('work-area', workArea)),
  own === null ? null : rectangle('window', own),
  pointer === null ? null : svg('circle', {
    class: 'screen-pointer', cx: pointer.x, cy: pointer.y, r: box[2] / 80,
  }));
}

function describe({ label, bounds, scaleFactor, displayFrequency }) {
  const size = `${bounds.width} × ${bounds.height}, scale ${scaleFactor}`;
  const rate = displayFrequency > 0 ? `, ${Math.round(displayFrequency)} Hz` : '';
  return el('div', {}, el('dt', {}, label), el('dd', {}, size + rate));
}

function mount(stage, log) {
  const map = el('div', { class: 'figure' });
  const facts = el('dl', { class: 'facts', id: 'screens-facts' });
  const outcome = result('screens-outcome', 'Asking…');

  async function show() {
    log.out('screens:state');
    try {
      const state = await screens.state();
      const { displays, pointer } = state;
      log.in('screens:state', displays.length);
      map.replaceChildren(draw(state));
      facts.replaceChildren(...displays.map(describe));
      outcome.show(pointer === null ? 'Where the pointer is, the compositor keeps to itself'
        : `The pointer is at ${pointer.x}, ${pointer.y}`);
    } catch (error) {
      log.error(message(error));
      outcome.show(message(error), 'error');
    }
  }

  const unsubscribe = screens.onChanged(show);
  stage.append(map, facts, outcome, row(button('screens-look', 'Look again', show, 'suggested')));
  show();
  return unsubscribe;
}

export default {
  id: 'screens',
  title: 'Screens',
  icon: 'screen',
  lead: 'The monitors and how they stand beside each other, in logical pixels, with this window and the '
    + 'pointer. The picture follows when one is plugged in.',
  flow: {
    page: 'await gallery.screens.state()',
    preload: "ipcRenderer.invoke('screens:state')",
    main: 'mullion_screen_get_all_displays()',
  },
  mount,
};
