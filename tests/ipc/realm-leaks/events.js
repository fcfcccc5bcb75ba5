// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// All worlds share the window and the document as event targets.

/** Collects the events of @type that come to @target while @fn and what it starts runs. */
const collectEvents = async (target, type, fn, time = 150) => {
  const events = [];
  const listener = (event) => {
    events.push(event);
    for (const key of ['error', 'reason', 'promise', 'detail', 'data', 'target']) {
      collect(event[key]);
    }
    event.preventDefault();
  };
  target.addEventListener(type, listener, true);
  fn();
  await new Promise((resolve) => { setTimeout(resolve, time); });
  target.removeEventListener(type, listener, true);
  return events;
};

test('a rejection that nobody handles in the preload is not shown to the page', async () => {
  const events = await collectEvents(window, 'unhandledrejection', leaks.rejectUnhandled);
  equal(events.length, 0);
  expectOurs(0);
});

test('nor is one that is handled late', async () => {
  const first = collectEvents(window, 'unhandledrejection', leaks.handleLate);
  const late = await collectEvents(window, 'rejectionhandled', () => {});
  equal((await first).length, 0);
  equal(late.length, 0);
  expectOurs(0);
});

test('a rejection of the page is still shown to the page', async () => {
  const events = await collectEvents(window, 'unhandledrejection', () => {
    Promise.reject(new Error('of the page'));
  });
  equal(events.length, 1);
  equal(events[0].reason.message, 'of the page');
  collector.take();
});

test('a rejection that came over the bridge is shown to the page', async () => {
  const events = await collectEvents(window, 'unhandledrejection', () => {
    leaks.rejectWith({ reason: [] });
  });
  equal(events.length, 1);
  equal(Object.getPrototypeOf(events[0].promise), Promise.prototype);
  expectOurs(2);
});

test('an error that nobody catches in the preload shows no object of it', async () => {
  await collectEvents(window, 'error', leaks.throwLater);
  await collectEvents(window, 'error', leaks.overflowLater);
  await collectEvents(window, 'error', leaks.report);
  expectOurs(0);
});

test('events that the preload dispatches show no object of it', async () => {
  for (const [type, dispatch] of [['leak-custom', leaks.dispatchCustom],
    ['leak-message', leaks.dispatchMessage], ['leak-error', leaks.dispatchError]]) {
    const events = await collectEvents(document, type, dispatch, 20);
    equal(events.length, 1, type);
    expectOurs(1);
  }
});

test('a listener cannot see who dispatched', async () => {
  let caller = 'nothing';
  document.body.addEventListener('leak-plain', function listener() {
    try {
      caller = listener.caller;
    } catch {
      caller = null;
    }
  });
  leaks.dispatchPlain();
  equal(caller, null);
});

test('what the preload leaves on shared platform objects shows no object of it', () => {
  leaks.touchPlatform();
  equal(document.body.onclick, null);
  equal(window.onstorage, null);
  equal(document.body.expando, undefined);
  const sheets = document.adoptedStyleSheets;
  equal(sheets.length, 1);
  for (const value of [history.state, performance.getEntriesByName('leak-mark')[0],
    performance.getEntriesByName('leak-mark')[0].detail, sheets, sheets[0], sheets.push]) {
    collect(value);
  }
  expectOurs(10);
});

test('the preload has no registry of custom elements, and the page has', () => {
  equal(leaks.registry, 'null');
  equal(leaks.registryKeys.startsWith('constructor'), true, 'what is left of the registry');
  equal(leaks.registryKeys.includes('define'), false);
  customElements.define('x-page', class extends HTMLElement {});
  equal(Object.getPrototypeOf(customElements.get('x-page')), HTMLElement);
});
