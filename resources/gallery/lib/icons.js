// SPDX-License-Identifier: LGPL-2.1-or-later
// The symbolic icons: strokes on a 16 by 16 grid, coloured by the text around them.
import { svg } from './dom.js';

const PATHS = {
  home: 'M2.5 7.5 8 2.5l5.5 5M4 6.5v7h8v-7M6.5 13.5v-4h3v4',
  note: 'M4 2.5h5.5L12 5v8.5H4zM9 2.5V5.5h3M6 8h4M6 10.5h4',
  exchange: 'M2.5 5.5h10M9.5 2.5l3 3-3 3M13.5 10.5h-10M6.5 7.5l-3 3 3 3',
  call: 'M2.5 3.5h11v7h-6l-3 3v-3h-2zM5.5 7h.01M8 7h.01M10.5 7h.01',
  hourglass: 'M4.5 2.5h7M4.5 13.5h7M5 2.5c0 3 3 4 3 5.5s-3 2.5-3 5.5'
    + 'M11 2.5c0 3-3 4-3 5.5s3 2.5 3 5.5',
  bell: 'M4 11.5V7a4 4 0 0 1 8 0v4.5M2.5 11.5h11M7 13.5h2',
  menu: 'M3.5 2.5h9v11h-9zM6 5.5h4M6 8h4M6 10.5h4',
  chart: 'M2.5 2.5v11h11M5 10.5l2.5-3 2 1.5 3.5-5',
  windows: 'M2.5 5.5h7v8h-7zM6.5 5.5v-3h7v8h-4M2.5 7.5h7',
  chat: 'M2.5 2.5h8v5.5H6l-2 2V8H2.5zM12 6h1.5v6H12v1.5L10 12H7.5',
  link: 'M6.5 9.5l3-3M7 4.5l1.5-1.5a3 3 0 0 1 4.5 4.5L11.5 9M9 11.5 7.5 13A3 3 0 0 1 3 8.5L4.5 7',
  tools: 'M2.5 3.5h11v9h-11zM5 6.5l2 1.75-2 1.750M8.5 10.5h2.5',
  question: 'M2.5 2.5h11v8h-5l-3 3v-3h-3zM6.5 5.2a1.5 1.5 0 1 1 2 1.4q-.5.2-.5.9M8 9v.01',
  stop: 'M5.5 2.5h5l3 3v5l-3 3h-5l-3-3v-5zM6 6l4 4M10 6l-4 4',
  image: 'M2.5 3.5h11v9h-11zM2.5 10.5l3-3 3 3 2-2 3 2.5M10.5 6h.01',
  port: 'M2.5 5.5h4v5h-4zM9.5 5.5h4v5h-4zM6.5 8h3M4.5 5.5v-2M11.5 10.5v2',
  stream: 'M2.5 4.5h7M2.5 8h11M2.5 11.5h7M11.5 4.5h2M11.5 11.5h2',
  alert: 'M8 2.5l6 11H2zM8 6.5v3.5M8 11.700v.01',
  skull: 'M5.5 13.5v-2.2a5 5 0 1 1 5 0v2.2zM6 7.5v.01M10 7.5v.01M8 11.5v2',
  branch: 'M4.5 5.5v5M4.5 8h4a3 3 0 0 0 3-3M3 4a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0M3 12a1.5 1.5 0 1 0 3 0'
    + ' 1.5 1.5 0 1 0-3 0M10 4a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0',
  hub: 'M6 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0M8 6V2.5M8 10v3.5M6.3 9 3 11M9.7 9l3.3 2M6.3 7 3 5M9.7 7 13 5',
  bolt: 'M9 2.5 4 9h3.5L7 13.5 12 7H8.5z',
  printer: 'M4.5 6V2.5h7V6M4.5 11h-2V6h11v5h-2M4.5 9h7v4.5h-7z',
  store: 'M3 4.5c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2zv7c0 1.1 2.2 2 5 2s5-.9 5-2v-7'
    + 'M3 8c0 1.1 2.2 2 5 2s5-.9 5-2',
  tray: 'M2.5 3.5h11v9h-11zM2.5 9.5h11M10.5 11h.01M8.5 11h.01',
  folder: 'M2.5 4.5v8h11v-6.5H8l-1.5-1.5z',
  app: 'M2.5 2.5H7V7H2.5zM9 2.5h4.5V7H9zM2.5 9H7v4.5H2.5zM9 9h4.5v4.5H9z',
  key: 'M2.5 4.5h11v7h-11zM5 7h.01M8 7h.01M11 7h.01M5.5 9.5h5',
  screen: 'M2.5 3.5h11v7h-11zM6 13.5h4M8 10.5v3',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5M8 10v1',
  download: 'M8 2.5v7M5 6.5l3 3 3-3M2.5 11v2.5h11V11',
  hand: 'M8 2.5a5.5 5.5 0 1 0 .01 0M5.5 8l2 2 3.5-4',
  drag: 'M2.5 2.5h6v6h-6zM10.5 6.5h3v7h-7v-3M10.5 10.5h.01',
  drawer: 'M2.5 4h11M2.5 8h11M2.5 12h11',
};

/**
 * Makes an icon that screen readers pass over.
 *
 * @param {string} name one of the names above
 * @returns {SVGElement}
 */
export function icon(name) {
  return svg('svg', {
    class: 'icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true',
  }, svg('path', { d: PATHS[name] }));
}
