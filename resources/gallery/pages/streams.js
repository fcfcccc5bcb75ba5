// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, message, result, row } from '../lib/dom.js';

const { streams } = window.gallery;

const PAUSE = 40;
const UPLOAD = 32 * 2 ** 20;

const wait = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

const mebibytes = (size) => `${(size / 2 ** 20).toFixed(1)} MiB`;

function createBar(id, label) {
  const bar = el('progress', { id, max: 1, value: 0, 'aria-label': label });
  const text = el('span', { id: `${id}-text` }, mebibytes(0));
  const node = el('div', { class: 'field' }, el('label', { for: id }, label), bar, text);
  const show = (size, most) => {
    bar.max = most;
    bar.value = size;
    text.textContent = mebibytes(size);
  };
  return { node, show };
}

/** Bytes of the page that nobody has all at once. */
function createBytes(size, chunk) {
  let left = size;
  return new ReadableStream({
    pull(controller) {
      const bytes = new Uint8Array(Math.min(chunk, left));
      left -= bytes.length;
      controller.enqueue(bytes);
      if (left === 0) {
        controller.close();
      }
    },
  });
}

function mount(stage, log) {
  const made = createBar('made', 'Made by C');
  const read = createBar('read', 'Read by the page');
  const slow = el('input', { id: 'slow', type: 'checkbox', checked: true });
  const status = result('status', 'Not started');
  const digest = result('digest', 'Nothing was hashed yet');
  const start = button('start', 'Read', () => run(), 'suggested');
  const stop = button('stop', 'Stop', () => { isStopped = true; });
  const hash = button('hash', `Hash ${mebibytes(UPLOAD)} of the page in C`, () => upload());
  let isStopped = true;
  let sizeMade = 0;
  let sizeRead = 0;

  stop.disabled = true;
  const show = () => {
    const most = Math.max(sizeMade, 8 * 2 ** 20);
    made.show(sizeMade, most);
    read.show(sizeRead, most);
  };
  const forget = [
    streams.onMade((size) => {
      sizeMade = size;
      show();
    }),
    streams.onEnded((size) => log.in('streams:ended', mebibytes(size))),
  ];

  function setRunning(running) {
    start.disabled = running;
    stop.disabled = !running;
  }

  async function run() {
    isStopped = false;
    sizeMade = 0;
    sizeRead = 0;
    setRunning(true);
    status.show('Reading a stream that has no end', '');
    log.out('streams:open');
    try {
      for await (const chunk of await streams.open()) {
        sizeRead += chunk.byteLength;
        show();
        if (isStopped) {
          break;
        }
        if (slow.checked) {
          await wait(PAUSE);
        }
      }
      status.show(`Stopped after ${mebibytes(sizeRead)}; the source in C was told`);
    } catch (error) {
      status.show(message(error), 'error');
      log.error(message(error));
    }
    setRunning(false);
  }

  async function upload() {
    log.out('streams:hash', 'ReadableStream', mebibytes(UPLOAD));
    try {
      const text = await streams.hash(createBytes(UPLOAD, 256 * 1024));
      digest.show(`SHA-256 ${text}`);
      log.in(text);
    } catch (error) {
      digest.show(message(error), 'error');
      log.error(message(error));
    }
  }

  stage.append(
    made.node, read.node,
    row(start, stop, field('Read slowly', slow)), status,
    row(hash), digest);
  return () => {
    isStopped = true;
    forget.forEach((stopListening) => stopListening());
  };
}

export default {
  id: 'streams',
  title: 'Streams',
  icon: 'stream',
  lead: 'A `GInputStream` in a message is a `ReadableStream` of the page, and the other way round. '
    + 'Whoever reads decides how fast: read slowly, and the source in C makes no more than 4 MiB '
    + 'ahead of you.',
  flow: {
    page: 'for await (const chunk of stream)',
    preload: 'ipcRenderer.invoke()',
    main: 'mullion_value_new_input_stream()',
  },
  mount,
};
