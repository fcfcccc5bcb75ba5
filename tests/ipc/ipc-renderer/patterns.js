// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/** Resolves with the arguments of the next message on a channel. */
const nextMessage = (channel) => new Promise((resolve) => {
  ipc.add(`next ${channel}`, 'once', channel, (...args) => resolve(args));
});

test('invoke resolves with what the handler returns', async () => {
  equal(await ipc.invoke('echo', 'hello'), 'hello');
});

test('invoke hands over all arguments', async () => {
  same(await ipc.invoke('echo-all', 1, 'two', [3], { four: 4 }), [1, 'two', [3], { four: 4 }]);
});

test('invoke without arguments', async () => {
  same(await ipc.invoke('echo-all'), []);
  equal(await ipc.invoke('echo'), undefined);
});

test('invoke resolves later', async () => {
  equal(await ipc.invoke('later', 'in a while'), 'in a while');
});

test('a thousand calls in flight get each its own answer', async () => {
  const calls = Array.from({ length: 1000 }, (item, i) => ipc.invoke(i % 50 ? 'echo' : 'later', i));
  const answers = await Promise.all(calls);
  answers.forEach((answer, i) => equal(answer, i));
});

test('a handler that answers twice has answered once', async () => {
  const first = await ipc.invoke('twice', 'first');
  assert(first !== undefined, 'there was no answer');
  equal(await ipc.invoke('echo', 'still here'), 'still here');
});

test('invoke of a handler that fails', () =>
  rejects(ipc.invoke('throws'), "Error invoking remote method 'throws': Error: boom"));

test('invoke without a handler', () => rejects(ipc.invoke('no-such-handler'),
  "Error invoking remote method 'no-such-handler': Error: No handler registered for " +
  "'no-such-handler'"));

test('invoke of a handler that drops the call', () =>
  rejects(ipc.invoke('never'), "Error invoking remote method 'never': reply was never sent"));

test('the quotes of a channel stay in the text', () => rejects(ipc.invoke("it's \"q\""),
  "Error invoking remote method 'it's \"q\"': Error: No handler registered for 'it's \"q\"'"));

test('sendSync returns the return value', () => {
  equal(ipc.sendSync('echo-sync', 'now'), 'now');
  same(ipc.sendSync('echo-sync', { a: [1] }), { a: [1] });
});

test('sendSync a hundred times', () => {
  for (let i = 0; i < 100; i++) {
    equal(ipc.sendSync('echo-sync', i), i);
  }
});

test('sendSync with calls in flight', async () => {
  const call = ipc.invoke('later', 'async');
  equal(ipc.sendSync('echo-sync', 'sync'), 'sync');
  equal(await call, 'async');
});

test('sendSync to a listener that sets nothing', () =>
  throws(() => ipc.sendSync('sync-never'), 'reply was never sent'));

test('sendSync without a listener throws at once', () => {
  let message = '';
  try {
    ipc.sendSync('no-listener');
  } catch (error) {
    ({ message } = error);
  }
  assert(/^WebContents #\d+ called ipcRenderer\.sendSync\(\) with 'no-listener' channel without listeners\.$/
    .test(message), `the message is ${message}`);
});

test('send and event.reply', async () => {
  const reply = nextMessage('echo-reply');
  ipc.send('echo', 'a', 2, [3]);
  same(await reply, ['a', 2, [3]]);
});

test('send without arguments', async () => {
  const reply = nextMessage('echo-reply');
  ipc.send('echo');
  same(await reply, []);
});

test('send to a channel without listeners is quiet', async () => {
  ipc.send('nobody listens', 1);
  equal(await ipc.invoke('echo', 'alive'), 'alive');
});

test('postMessage arrives as one argument', async () => {
  const reply = nextMessage('echo-reply');
  ipc.postMessage('echo', { a: 1 });
  same(await reply, [{ a: 1 }]);
});

test('messages that the main process pushes arrive in order', async () => {
  const seen = [];
  await new Promise((resolve) => {
    ipc.add('pushed', 'on', 'pushed', (i) => {
      seen.push(i);
      if (seen.length === 500) {
        resolve();
      }
    });
    ipc.send('push', 500);
  });
  ipc.remove('pushed', 'removeListener', 'pushed');
  seen.forEach((value, i) => equal(value, i));
});

test('a message of a megabyte', async () => {
  const text = 'mega'.repeat(1 << 18);
  equal(await ipc.invoke('echo', text), text);
  equal(ipc.sendSync('echo-sync', text), text);
});

test('channels of every kind', async () => {
  for (const channel of ['', ' ', '__proto__', 'constructor', 'é😀', 'a\nb']) {
    await rejects(ipc.invoke(channel),
      `Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`);
  }
});
