// SPDX-License-Identifier: LGPL-2.1-or-later
// A live plot in SVG: it takes its colours from the style sheet, so it follows light and dark.
import { el, svg } from './dom.js';

const WIDTH = 600;
const HEIGHT = 180;
const SPAN = 60;

function toPoints(samples, top) {
  const step = WIDTH / (SPAN - 1);
  const left = WIDTH - (samples.length - 1) * step;
  return samples.map((sample, index) => {
    const y = HEIGHT - (Math.min(sample, top) / top) * (HEIGHT - 8) - 2;
    return `${(left + index * step).toFixed(1)},${y.toFixed(1)}`;
  });
}

function createGrid() {
  return [0.25, 0.5, 0.75].map((part) => svg('line', {
    class: 'plot-grid', x1: 0, x2: WIDTH, y1: HEIGHT * part, y2: HEIGHT * part,
  }));
}

/**
 * Makes a plot of the last minute.
 *
 * @param {string} id
 * @param {string} label what screen readers call it
 * @param {{name: string, label: string}[]} series
 * @returns {{node: HTMLElement, add: Function}} `add({name: value})` with values of 0 to 1
 */
export function createPlot(id, label, series) {
  const samples = new Map(series.map(({ name }) => [name, []]));
  const lines = new Map();
  const areas = new Map();
  const image = svg('svg', {
    id, class: 'plot', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img',
    'aria-label': label,
  }, createGrid());

  for (const { name } of series) {
    areas.set(name, svg('polygon', { class: `plot-area is-${name}` }));
    lines.set(name, svg('polyline', { class: `plot-line is-${name}` }));
    image.append(areas.get(name), lines.get(name));
  }

  function add(values) {
    for (const [name, list] of samples) {
      list.push(values[name]);
      list.splice(0, list.length - SPAN);
      const points = toPoints(list, 1);
      const left = points[0].split(',')[0];
      lines.get(name).setAttribute('points', points.join(' '));
      areas.get(name).setAttribute('points',
        `${left},${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`);
    }
  }

  const legend = el('ul', { class: 'legend' }, series.map((one) => el('li', {},
    el('span', { class: `legend-mark is-${one.name}` }), one.label)));
  return { node: el('figure', { class: 'figure' }, image, legend), add };
}
