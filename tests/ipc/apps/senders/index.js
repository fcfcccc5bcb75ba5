// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Makes documents of all kinds inside the page. Each says to its parent whether it has the preload's
// `api`; `add` resolves with that.

const CHILD = '<!doctype html><script>parent.postMessage(typeof api, "*")</scr' + 'ipt>';

function add(attributes, fill = () => {}) {
  const frame = document.createElement('iframe');
  for (const [name, value] of Object.entries(attributes)) {
    frame.setAttribute(name, value);
  }
  const heard = new Promise((resolve) => {
    window.addEventListener('message', (event) => {
      resolve([event.data, event.origin, event.source === frame.contentWindow]);
    }, { once: true });
  });
  document.documentElement.append(frame);
  fill(frame.contentDocument);
  return heard;
}

function insert(document) {
  const script = document.createElement('script');
  script.textContent = 'parent.postMessage(typeof api, "*")';
  document.body.append(script);
}

const blobOf = (text) => URL.createObjectURL(new Blob([text], { type: 'text/html' }));
