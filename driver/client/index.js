// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// The commands of mullion-driver that WebDriver does not have, for Node.js. What they do is said in
// index.d.ts, which is what an editor shows.

const { spawn } = require('node:child_process');
const { createInterface } = require('node:readline');

/** What the driver answered a command with, when it did not do it. */
class MullionDriverError extends Error {
  constructor({ error, message }) {
    super(message);
    this.name = 'MullionDriverError';
    this.error = error;
  }
}

class MullionSession {
  #base;

  constructor({ url, sessionId }) {
    this.#base = `${url.replace(/\/+$/, '')}/session/${encodeURIComponent(sessionId)}/mullion/`;
  }

  static async of(client, url) {
    if (typeof client.getSession === 'function') {
      const session = await client.getSession();
      return new MullionSession({ url, sessionId: session.getId() });
    }
    const { protocol = 'http', hostname, port, path = '/' } = client.options;
    return new MullionSession({
      url: url ?? `${protocol}://${hostname}:${port}${path}`,
      sessionId: client.sessionId,
    });
  }

  async command(method, path, body) {
    const response = await fetch(this.#base + path, {
      method,
      body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
      headers: { 'Content-Type': 'application/json' },
    });
    const { value } = await response.json();
    if (!response.ok) {
      throw new MullionDriverError(value);
    }
    return value;
  }

  invoke(channel, ...args) {
    return this.command('POST', 'ipc/invoke', { channel, args });
  }

  send(channel, ...args) {
    return this.command('POST', 'ipc/send', { channel, args });
  }

  mock(channel, value = null) {
    return this.command('POST', 'ipc/mock', { channel, value });
  }

  mockError(channel, message) {
    return this.command('POST', 'ipc/mock', { channel, error: message });
  }

  unmock(channel) {
    return this.command('POST', 'ipc/unmock', channel === undefined ? {} : { channel });
  }

  takeCalls() {
    return this.command('GET', 'ipc/calls');
  }

  waitForMessage(channel, { direction, timeout } = {}) {
    return this.command('POST', 'ipc/wait', { channel, direction, timeout });
  }

  recording() {
    return this.command('GET', 'recording');
  }

  menu() {
    return this.command('GET', 'menu');
  }

  activateMenu(item) {
    return this.command('POST', 'menu/activate', { item });
  }

  dialogs() {
    return this.command('GET', 'dialog');
  }

  answerDialog(answer) {
    return this.command('POST', 'dialog/answer', answer);
  }

  notifications() {
    return this.command('GET', 'notification');
  }

  readClipboard() {
    return this.command('GET', 'clipboard');
  }

  writeClipboard(text) {
    return this.command('POST', 'clipboard', { text });
  }

  takeLog() {
    return this.command('GET', 'log');
  }

  async takeWindowScreenshot() {
    return Buffer.from(await this.command('GET', 'screenshot'), 'base64');
  }

  restart() {
    return this.command('POST', 'restart');
  }

  kill(signal = 9) {
    return this.command('POST', 'kill', { signal });
  }
}

function waitForExit(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
    } else {
      child.once('exit', resolve);
    }
  });
}

/** The address stands at the end of the first line that the driver prints. */
function readAddress(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`mullion-driver ended with status ${code}`)));
    createInterface({ input: child.stdout }).once('line', (line) => {
      const [url] = /https?:\S+$/.exec(line) ?? [];
      if (url === undefined) {
        reject(new Error(`mullion-driver said what is no address: ${line}`));
      }
      resolve(url);
    });
  });
}

async function startDriver({ path = 'mullion-driver', port = 0, args = [], env = process.env } = {}) {
  const child = spawn(path, [`--port=${port}`, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readAddress(child);
  return {
    url,
    async stop() {
      child.kill();
      await waitForExit(child);
    },
  };
}

module.exports = { MullionDriverError, MullionSession, startDriver };
