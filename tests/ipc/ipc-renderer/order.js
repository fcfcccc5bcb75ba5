// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// The main process keeps a list of what it heard on the channel `order`, in the order of arrival,
// and hands it out and begins anew on `order-log`.

const WAYS = ['send', 'invoke', 'send', 'sendSync', 'invoke', 'send', 'invoke'];

test('send, invoke and sendSync arrive in the order of their calls', async () => {
  ipc.sendSync('order-log');
  const pending = [];
  const expected = [];
  for (let i = 0; i < 1000; i++) {
    const way = WAYS[i % WAYS.length];
    expected.push(`${way} ${i}`);
    const result = ipc[way]('order', `${way} ${i}`);
    if (way === 'invoke') {
      pending.push(result.catch(() => {}));
    }
  }
  const log = ipc.sendSync('order-log');
  await Promise.all(pending);
  same(log, expected);
});

test('messages of two turns stay in order', async () => {
  ipc.sendSync('order-log');
  ipc.send('order', 'first');
  await null;
  ipc.send('order', 'second');
  await new Promise((resolve) => setTimeout(resolve));
  ipc.send('order', 'third');
  same(ipc.sendSync('order-log'), ['first', 'second', 'third']);
});

test('a long message does not overtake or fall behind', () => {
  ipc.sendSync('order-log');
  const long = 'x'.repeat(300 * 1024);
  ipc.send('order', 'short');
  ipc.send('order', long);
  ipc.send('order', 'last');
  const log = ipc.sendSync('order-log');
  same([log[0], log[1].length, log[2]], ['short', long.length, 'last']);
});

test('ten thousand messages arrive', () => {
  ipc.sendSync('order-log');
  for (let i = 0; i < 10000; i++) {
    ipc.send('order', i);
  }
  const log = ipc.sendSync('order-log');
  equal(log.length, 10000);
  log.forEach((value, i) => equal(value, i));
});
