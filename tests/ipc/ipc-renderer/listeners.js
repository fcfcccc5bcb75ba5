// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/** Sends a message that is replied to, and waits until the reply has been heard. */
const roundTrip = async (...args) => {
  ipc.send('echo', ...args);
  await ipc.invoke('echo');
  await ipc.invoke('echo');
};

for (const method of ['on', 'addListener', 'prependListener']) {
  test(`${method} hears every message until it is removed`, async () => {
    const seen = [];
    ipc.add(method, method, 'echo-reply', (value) => { seen.push(value); });
    equal(ipc.count('echo-reply'), 1);
    await roundTrip(1);
    await roundTrip(2);
    ipc.remove(method, 'removeListener', 'echo-reply');
    equal(ipc.count('echo-reply'), 0);
    await roundTrip(3);
    same(seen, [1, 2]);
  });
}

for (const method of ['once', 'prependOnceListener']) {
  test(`${method} hears one message`, async () => {
    const seen = [];
    ipc.add(method, method, 'echo-reply', (value) => { seen.push(value); });
    await roundTrip(1);
    await roundTrip(2);
    same(seen, [1]);
    equal(ipc.count('echo-reply'), 0);
  });
}

test('off removes what once added', async () => {
  const seen = [];
  ipc.add('off', 'once', 'echo-reply', (value) => { seen.push(value); });
  ipc.remove('off', 'off', 'echo-reply');
  await roundTrip(1);
  same(seen, []);
});

test('listeners hear in the order of their coming', async () => {
  const seen = [];
  ipc.add('b', 'once', 'echo-reply', () => { seen.push('b'); });
  ipc.add('c', 'once', 'echo-reply', () => { seen.push('c'); });
  ipc.add('a', 'prependOnceListener', 'echo-reply', () => { seen.push('a'); });
  await roundTrip();
  same(seen, ['a', 'b', 'c']);
});

test('a listener that throws keeps nobody else from hearing', async () => {
  const seen = [];
  ipc.addThrowing('echo-reply');
  ipc.add('after', 'on', 'echo-reply', (value) => { seen.push(value); });
  await roundTrip(1);
  await roundTrip(2);
  ipc.remove('after', 'removeListener', 'echo-reply');
  same(seen, [1, 2]);
});

test('the page hears nothing of what a listener throws', async () => {
  const seen = [];
  const listener = (event) => { seen.push(event.message); };
  window.addEventListener('error', listener);
  ipc.addThrowing('echo-reply');
  await roundTrip();
  window.removeEventListener('error', listener);
  same(seen, []);
});

test('a listener that removes itself', async () => {
  let heard = 0;
  ipc.add('self', 'on', 'echo-reply', () => {
    heard++;
    ipc.remove('self', 'removeListener', 'echo-reply');
  });
  await roundTrip();
  await roundTrip();
  equal(heard, 1);
});

test('removeAllListeners of a channel', async () => {
  let heard = 0;
  ipc.add('one', 'on', 'echo-reply', () => { heard++; });
  ipc.add('two', 'on', 'other', () => { heard++; });
  ipc.removeAll('echo-reply');
  equal(ipc.count('echo-reply'), 0);
  equal(ipc.count('other'), 1);
  same(ipc.names(), ['other']);
  ipc.removeAll('other');
  await roundTrip();
  equal(heard, 0);
});

test('a listener may be no function', async () => {
  equal(await ipc.call('on', 'a', 5),
    'true TypeError: The "listener" argument must be of type function. Received type number (5)');
});

test('a message on the channel error needs no listener', async () => {
  equal(await ipc.invoke('echo', 'alive'), 'alive');
  equal(await ipc.call('emit', 'error', 'text'), "true Error: Unhandled error. ('text')");
});
