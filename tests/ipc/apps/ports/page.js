// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Ports that came, and what was heard on them.

/** A queue that is read by waiting. */
class Inbox {
  #items = [];
  #waiting = [];

  put(item) {
    const take = this.#waiting.shift();
    if (take === undefined) {
      this.#items.push(item);
    } else {
      take(item);
    }
  }

  next() {
    return this.#items.length > 0
      ? Promise.resolve(this.#items.shift())
      : new Promise((resolve) => { this.#waiting.push(resolve); });
  }
}

const arrived = new Inbox();
const heard = new Inbox();

/** Notes what a port says from now on. */
const listen = (port, name = '') => {
  port.onmessage = ({ data, ports }) => heard.put({ name, data, ports });
  port.addEventListener('close', () => heard.put({ name, closed: true }));
  return port;
};

addEventListener('message', (event) => {
  if (event.source === window && typeof event.data?.arrived === 'string') {
    arrived.put({ name: event.data.arrived, ports: [...event.ports] });
  }
});

api.onPorts((name, ports) => { arrived.put({ name, ports }); });

window.kept = {};
window.arrived = arrived;
window.heard = heard;
window.listen = listen;
