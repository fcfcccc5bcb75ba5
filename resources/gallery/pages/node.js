// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, message, result, row } from '../lib/dom.js';

const { node } = window.gallery;

const WAYS = {
  stdio: 'standard input and output',
  channel: 'its IPC channel',
};

function mount(stage, log) {
  const text = el('input', { id: 'node-text', type: 'text', value: 'Was it a car?', maxlength: 500 });
  const answer = result('node-answer', 'Not asked');
  const child = result('node-child', 'Node.js is not running');

  async function ask(way) {
    answer.show(`Asked over ${WAYS[way]}…`, '');
    log.out(way, text.value);
    try {
      const { text: reversed, version, pid } = await node.ask(way, text.value);
      answer.show(`${reversed} — over ${WAYS[way]}`);
      child.show(`Node.js ${version} is running as process ${pid}`);
      log.in(way, reversed);
    } catch (error) {
      answer.show(message(error), 'error');
      child.show('Node.js is not running', '');
      log.error(message(error));
    }
  }

  async function stop() {
    const wasRunning = await node.stop();
    child.show(wasRunning ? 'Node.js was ended' : 'Node.js is not running', '');
    log.info(wasRunning ? 'SIGTERM' : 'nothing to end');
  }

  stage.append(
    field('Text to be turned around', text),
    row(
      button('node-stdio', 'Ask over stdin and stdout', () => ask('stdio'), 'suggested'),
      button('node-channel', 'Ask over the IPC channel', () => ask('channel'), 'suggested'),
      button('node-stop', 'End it', () => stop())),
    answer, child);
}

export default {
  id: 'node',
  title: 'A Node.js child',
  icon: 'branch',
  lead: 'The main process runs a real Node.js, if one is installed, and speaks with it in two ways: '
    + 'lines of JSON over its standard input and output, and the channel of `process.send`. It is '
    + 'started by the first question, and again when it has ended.',
  flow: {
    page: "gallery.node.ask('channel', text)",
    preload: "ipcRenderer.invoke('node:ask', …)",
    main: 'mullion_node_channel_send()',
  },
  mount,
};
