// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, result, row } from '../lib/dom.js';

const { messages } = window.gallery;

function mount(stage, log) {
  const first = el('input', { id: 'first', type: 'number', value: 19 });
  const second = el('input', { id: 'second', type: 'number', value: 23 });
  const label = el('input', { id: 'label', type: 'text', value: 'panes' });
  const sum = result('sum', 'No reply yet');

  const unsubscribe = [
    messages.onReply((total, name, count) => {
      log.in('messages:add', total, name, count);
      sum.show(`${total} ${name}`);
    }),
    messages.onNotice((text) => log.in('messages:notice', text)),
  ];

  const send = () => {
    const args = [Number(first.value), Number(second.value), label.value];
    log.out('messages:add', ...args);
    messages.send(...args);
  };
  const sendWrong = () => {
    log.out('messages:add', 'nineteen');
    messages.send('nineteen');
  };

  stage.append(
    el('div', { class: 'fields' }, field('First', first), field('Second', second),
      field('Of what', label)),
    row(button('send', 'Send three arguments', send, 'suggested'),
      button('send-wrong', 'Send nonsense', sendWrong)),
    sum);
  return () => unsubscribe.forEach((stop) => stop());
}

export default {
  id: 'messages',
  title: 'Send and reply',
  icon: 'exchange',
  lead: '`send` carries any number of arguments and waits for nothing. The listener in C answers '
    + 'on the same channel with `event.reply`, which goes to the very frame that asked, and says '
    + 'something more on another channel through `event.sender`.',
  flow: {
    page: 'gallery.messages.send(19, 23, …)',
    preload: 'ipcRenderer.send() · on()',
    main: 'mullion_ipc_main_event_reply()',
  },
  mount,
};
