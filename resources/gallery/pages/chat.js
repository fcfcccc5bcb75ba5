// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, message, row } from '../lib/dom.js';

const { chat } = window.gallery;

function createTalk() {
  const list = el('ol', {
    id: 'talk', class: 'talk', tabindex: 0,
    role: 'log', 'aria-live': 'polite', 'aria-label': 'Messages',
  });
  const add = (from, text, way, own) => {
    list.append(el('li', { class: own ? 'bubble is-own' : 'bubble' }, el('span', {}, text),
      el('small', {}, own ? `to ${from}, ${way}` : `from ${from}, ${way}`)));
    list.scrollTop = list.scrollHeight;
  };
  return { list, add };
}

function mount(stage, log) {
  const talk = createTalk();
  const self = el('strong', { id: 'chat-self' }, '…');
  const peer = el('select', { id: 'chat-peer' });
  const text = el('input', {
    id: 'chat-text', type: 'text', value: 'Hello from the other pane', maxlength: 500,
  });
  let ownId = 0;

  const fail = (error) => log.error(message(error));

  function showPeers(ids) {
    const others = ids.filter((id) => id !== ownId);
    const selected = peer.value;
    peer.replaceChildren(...others.map((id) => el('option', { value: id }, `Window ${id}`)));
    if (others.includes(Number(selected))) {
      peer.value = selected;
    }
    for (const control of [peer, relay, direct]) {
      control.disabled = others.length === 0;
    }
  }

  async function say(way, send) {
    const target = Number(peer.value);
    try {
      log.out(way, target, text.value);
      await send(target, text.value);
      talk.add(`window ${target}`, text.value, way, true);
    } catch (error) {
      fail(error);
    }
  }

  const relay = button('chat-relay', 'Send through the main process',
    () => say('through the main process', chat.viaMain), 'suggested');
  const direct = button('chat-direct', 'sendTo', () => say('by sendTo', chat.sendTo));
  const unsubscribe = [
    chat.onPeers((ids) => showPeers(ids)),
    chat.onRelayed((id, line) => talk.add(`window ${id}`, line, 'through the main process', false)),
    chat.onDirect((id, line) => talk.add(`window ${id}`, line, 'by sendTo', false)),
  ];

  stage.append(
    el('p', {}, 'This page is window ', self, '.'),
    row(button('chat-open', 'Open a peer', () => chat.openPeer().catch(fail))),
    field('To', peer), field('Message', text), row(relay, direct), talk.list);
  showPeers([]);
  chat.join().then(({ id, peers }) => {
    ownId = id;
    self.textContent = String(id);
    showPeers(peers);
  }, fail);

  return () => {
    unsubscribe.forEach((stop) => stop());
    chat.leave();
  };
}

export default {
  id: 'chat',
  title: 'Page to page',
  icon: 'chat',
  lead: 'Two pages talk. By way of a handler in C, which may look at each message and refuse it; '
    + 'or with `sendTo`, which names the other page by the id of its web contents and is passed on '
    + 'by the main process unread.',
  flow: {
    page: 'gallery.chat.sendTo(id, text)',
    preload: 'ipcRenderer.sendTo()',
    main: 'mullion_web_contents_from_id()',
  },
  mount,
};
