// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, result, row } from '../lib/dom.js';

const { binary } = window.gallery;

const WIDTH = 1280;
const HEIGHT = 720;
const HILLS = ['#3a6ea5', '#2b5580', '#1d3d5f', '#10263d'];
const FILTERS = [['grey', 'Grey'], ['negative', 'Negative'], ['edges', 'Edges']];

function drawSky(context) {
  const sky = context.createLinearGradient(0, 0, 0, HEIGHT);
  sky.addColorStop(0, '#20457c');
  sky.addColorStop(0.45, '#e8875a');
  sky.addColorStop(0.7, '#ffd9a0');
  context.fillStyle = sky;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = '#fff3d6';
  context.beginPath();
  context.arc(880, 330, 70, 0, 2 * Math.PI);
  context.fill();
}

/** Ranges of hills, each nearer and darker than the one before. */
function drawHills(context) {
  HILLS.forEach((colour, range) => {
    const top = 400 + range * 75;
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(0, HEIGHT);
    for (let x = 0; x <= WIDTH; x += 8) {
      const y = Math.sin(x / (170 - 25 * range) + range * 2) * (46 - 8 * range)
        + Math.sin(x / 61 + range) * 14;
      context.lineTo(x, top + y);
    }
    context.lineTo(WIDTH, HEIGHT);
    context.fill();
  });
}

function mount(stage, log) {
  const canvas = el('canvas', {
    id: 'picture', class: 'picture', width: WIDTH, height: HEIGHT, role: 'img',
    'aria-label': 'A sunset over hills',
  });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const status = result('status', 'As it was painted');
  const buttons = FILTERS.map(([name, label]) => button(name, label, () => run(name)));

  function paint() {
    drawSky(context);
    drawHills(context);
    status.show('As it was painted', '');
  }

  async function run(name) {
    const pixels = context.getImageData(0, 0, WIDTH, HEIGHT);
    const size = `${(pixels.data.length / 2 ** 20).toFixed(1)} MiB`;
    log.out('binary:filter', name, size);
    try {
      const start = performance.now();
      context.putImageData(await binary.filter(name, pixels), 0, 0);
      const time = `${Math.round(performance.now() - start)} ms`;
      status.show(`${size} to C, filtered, and back in ${time}`);
      log.in(size, time);
    } catch (error) {
      status.show(message(error), 'error');
      log.error(message(error));
    }
  }

  paint();
  stage.append(canvas, row(...buttons, button('again', 'Paint again', paint, 'flat')), status);
}

export default {
  id: 'binary',
  title: 'Binary data',
  icon: 'image',
  lead: 'An `ArrayBuffer`, a typed array, a `Blob` or an `ImageData` goes along with any message. Its '
    + 'bytes travel beside the JSON, as sealed memory when they are many, and are `GBytes` in C '
    + 'without a copy.',
  flow: {
    page: 'context.putImageData()',
    preload: 'ipcRenderer.invoke()',
    main: 'mullion_value_dup_bytes()',
  },
  mount,
};
