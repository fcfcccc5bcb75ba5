// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// A script that got into a page of the app, and tries what the web has to get further.

const outcome = (promise) => Promise.resolve(promise).then(() => 'done', () => 'refused');

const start = (make) => new Promise((resolve, reject) => {
  const worker = make();
  worker.onerror = reject;
  (worker.port ?? worker).onmessage = ({ data }) => resolve(data);
  worker.port?.start();
});

/** As `outcome`, for what may throw as well. */
const attempt = (fn) => outcome(new Promise((resolve) => { resolve(fn()); }));

const SAYS_HELLO = 'postMessage("hello"); onconnect = (e) => e.ports[0].postMessage("hello")';
const blobOf = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
const dataOf = (text) => `data:text/javascript,${encodeURIComponent(text)}`;

globalThis.workers = {
  look: () => start(() => new Worker('worker.js')),
  lookShared: () => start(() => new SharedWorker('worker.js')),
  foreign: () => Promise.all([blobOf(SAYS_HELLO), dataOf(SAYS_HELLO), 'file:///etc/hostname',
    'app://another.app/page.js'].flatMap((url) => [
    attempt(() => start(() => new Worker(url))),
    attempt(() => start(() => new SharedWorker(url))),
  ])),
  service: () => attempt(() => navigator.serviceWorker.register('worker.js')),
};

globalThis.modules = () => Promise.all(['file', 'other', 'electron', 'file:///etc/hostname',
  'data:text/javascript,1'].map((name) => outcome(import(name))));

const inFrame = (attributes) => {
  const frame = Object.assign(document.createElement('iframe'), attributes);
  document.documentElement.append(frame);
  return frame;
};
const violated = (fn) => new Promise((resolve) => {
  addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    resolve(effectiveDirective);
  }, { once: true });
  fn();
});
const submit = (target) => {
  const form = Object.assign(document.createElement('form'), { action: 'javascript:top.fell = 1' });
  form.target = target;
  document.documentElement.append(form);
  form.submit();
};

/** What stopped each way to run an address as a script. */
globalThis.javascriptUrls = async () => {
  const frame = inFrame({ name: 'within' });
  const stopped = [];
  for (const way of [
    () => { inFrame({ src: 'javascript:top.fell = 1' }); },
    () => { frame.contentWindow.location = 'javascript:top.fell = 1'; },
    () => { open('javascript:top.fell = 1', 'within'); },
    () => { submit('within'); },
    () => { location.replace('javascript:top.fell = 1'); },
  ]) {
    stopped.push(await violated(way));
  }
  return [stopped, globalThis.fell === undefined];
};

const database = () => new Promise((resolve, reject) => {
  const request = indexedDB.open('notes', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('notes');
  request.onsuccess = () => resolve(request.result);
  request.onerror = reject;
});
const ended = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = reject;
});

globalThis.storage = {
  keep: async (text) => {
    localStorage.setItem('note', text);
    const store = (await database()).transaction('notes', 'readwrite').objectStore('notes');
    await ended(store.put(text, 'note'));
    return URL.createObjectURL(new Blob([text]));
  },
  find: async (blob) => {
    const store = (await database()).transaction('notes').objectStore('notes');
    return [localStorage.getItem('note'), await ended(store.get('note')) ?? null,
      await fetch(blob).then((answer) => answer.text(), () => 'refused')];
  },
};

const channel = new BroadcastChannel('notes');
globalThis.broadcasts = [];
channel.onmessage = ({ data }) => globalThis.broadcasts.push(data);
globalThis.broadcast = (text) => channel.postMessage(text);
