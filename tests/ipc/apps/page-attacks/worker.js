// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// A worker of the page, of either kind: what it finds, and what it can load.

const NAMES = ['api', 'require', 'process', 'module', 'ipcRenderer', 'native', 'webkit', 'mullion'];

const load = (url) => {
  try {
    importScripts(url);
    return 'loaded';
  } catch (error) {
    return 'refused';
  }
};

const read = (url) => fetch(url).then(() => 'read', () => 'refused');

const look = async () => ({
  found: NAMES.filter((name) => name in globalThis),
  loaded: ['file:///etc/hostname', 'app://another.app/page.js', 'data:text/javascript,1',
    URL.createObjectURL(new Blob(['1']))].map(load),
  read: await Promise.all(['file:///etc/hostname', 'app://another.app/page.js'].map(read)),
});

const answer = (port) => look().then((report) => port.postMessage(report));

if ('onconnect' in globalThis) {
  onconnect = (event) => answer(event.ports[0]);
} else {
  answer(globalThis);
}
