// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, message, result, row } from '../lib/dom.js';

const { nodeIpc } = window.gallery;

function describe(count) {
  const peers = count === 1 ? '1 peer is' : `${count} peers are`;
  return count === 0 ? 'Nobody is there' : `${peers} connected`;
}

function mount(stage, log) {
  const text = el('input', { id: 'node-ipc-text', type: 'text', value: 'How long is this?', maxlength: 500 });
  const state = result('node-ipc-state', describe(0));
  const talk = el('ol', {
    id: 'node-ipc-talk', class: 'talk', tabindex: 0,
    role: 'log', 'aria-live': 'polite', 'aria-label': 'Messages',
  });
  const send = button('node-ipc-say', 'Say', () => say(), 'suggested');

  send.disabled = true;

  function add(line, own) {
    talk.append(el('li', { class: own ? 'bubble is-own' : 'bubble' }, el('span', {}, line)));
    talk.scrollTop = talk.scrollHeight;
  }

  function fail(error) {
    state.show(error, 'error');
    log.error(error);
  }

  async function start() {
    state.show('Starting Node.js…', '');
    log.out('node-ipc:start');
    try {
      await nodeIpc.start();
    } catch (error) {
      fail(message(error));
    }
  }

  async function say() {
    log.out('say', text.value);
    try {
      await nodeIpc.say(text.value);
      add(text.value, true);
    } catch (error) {
      fail(message(error));
    }
  }

  const unsubscribe = [
    nodeIpc.onPeers((count) => {
      send.disabled = count === 0;
      state.show(describe(count), count > 0 ? 'ok' : '');
      log.info(describe(count));
    }),
    nodeIpc.onHeard((line) => {
      add(line, false);
      log.in('say', line);
    }),
    nodeIpc.onError(fail),
  ];

  stage.append(
    row(
      button('node-ipc-start', 'Start a peer', () => start(), 'suggested'),
      button('node-ipc-stop', 'End all', () => nodeIpc.stop())),
    state, field('Message', text), row(send), talk);
  return () => {
    unsubscribe.forEach((stop) => stop());
    nodeIpc.stop();
  };
}

export default {
  id: 'node-ipc',
  title: 'A node-ipc chat',
  icon: 'chat',
  lead: 'The main process is a server of the protocol of the npm library `node-ipc`, at a Unix socket that '
    + 'nobody else can open. A peer is a Node.js with the library itself, if that is installed: '
    + '`npm install --global node-ipc@9.2.1`.',
  flow: {
    page: 'gallery.nodeIpc.say(text)',
    preload: "ipcRenderer.invoke('node-ipc:say', text)",
    main: 'mullion_socket_server_broadcast()',
  },
  mount,
};
