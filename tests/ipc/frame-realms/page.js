// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/*
 * The page's script has hold of its frames before and while they get their documents. It plays an
 * attacker who got a script into the page and wants what the preload scripts have.
 */

const append = (source) => {
  const frame = document.createElement('iframe');
  if (source !== undefined) {
    frame.src = source;
  }
  document.body.append(frame);
  return frame;
};

const untilLoaded = (frame) => new Promise((resolve) => {
  frame.addEventListener('load', resolve, { once: true });
});

/** Whether @object is of @realm; there everything ends in its Object.prototype. */
const isOf = (realm, object) => {
  let root = object;
  for (let next = object; next !== null; next = Object.getPrototypeOf(next)) {
    root = next;
  }
  return root === realm.Object.prototype;
};

const isForeign = (value, realm) => Object(value) === value && !isOf(realm, value) &&
  !isOf(window, value);

/** Replaces what a careless kit would use, by functions that keep what they are given. */
const patch = (realm, seen) => {
  for (const [holder, ...names] of [
    [realm.Reflect, 'apply', 'defineProperty', 'getPrototypeOf'],
    [realm.Object, 'freeze', 'setPrototypeOf'],
    [realm.Promise.prototype, 'then'],
    [realm.Array.prototype, 'toSpliced'],
    [realm.EventTarget.prototype, 'addEventListener', 'dispatchEvent'],
  ]) {
    for (const name of names) {
      const original = holder[name];
      holder[name] = function patched(...args) {
        seen.push(this, ...args);
        return Reflect.apply(original, this, args);
      };
    }
  }
};

const use = async (frameApi) => {
  same(frameApi.get().list, [1, { two: 2 }]);
  frameApi.call(() => ({}));
  await frameApi.fail().catch(() => {});
  equal(await frameApi.echo('x'), 'x');
};

test('a frame shows nothing of its preload to who patched its empty document', async () => {
  const frame = append('child.html');
  const realm = frame.contentWindow;
  const seen = [];
  patch(realm, seen);
  await untilLoaded(frame);
  // WebKit has given the new document the old window: otherwise this would show nothing.
  assert(String(realm.Reflect.apply).includes('patched'), 'the window is another one');
  await use(realm.api);
  for (const object of seen.flat()) {
    assert(!isForeign(object, realm), `a foreign ${typeof object} was seen`);
  }
  frame.remove();
});

test('a page that opens its document anew sees no promise of the preload', async () => {
  const frame = append('child.html');
  await untilLoaded(frame);
  const realm = frame.contentWindow;
  const frameApi = realm.api;
  const events = [];
  realm.document.open();
  realm.document.close();
  for (const type of ['unhandledrejection', 'rejectionhandled']) {
    realm.addEventListener(type, (event) => {
      events.push(event);
      event.preventDefault();
    }, true);
  }
  frameApi.rejectUnhandled();
  frameApi.invokeInVain();
  await frameApi.echo('both are known to the window after this');
  await new Promise((resolve) => {
    realm.addEventListener('unhandledrejection', (event) => {
      if (event.reason?.message === 'of the page') {
        resolve();
      }
    });
    realm.Promise.reject(new realm.Error('of the page'));
  });
  for (const { promise, reason } of events) {
    assert(!isForeign(promise, realm), 'a foreign promise was seen');
    assert(!isForeign(reason, realm), 'a foreign reason was seen');
  }
  equal(events.at(-1).promise instanceof realm.Promise, true);
  frame.remove();
});

test('nor does another window of the page that looks at such an event', async () => {
  const frame = append('child.html');
  const empty = append();
  await untilLoaded(frame);
  const realm = frame.contentWindow;
  const frameApi = realm.api;
  const getters = [window, empty.contentWindow].flatMap(({ PromiseRejectionEvent: Class }) =>
    ['promise', 'reason'].map((key) => Object.getOwnPropertyDescriptor(Class.prototype, key).get));
  realm.document.open();
  realm.document.close();
  const event = await new Promise((resolve) => {
    realm.addEventListener('unhandledrejection', (one) => {
      one.preventDefault();
      resolve(one);
    });
    frameApi.rejectUnhandled();
  });
  same(getters.map((getter) => Reflect.apply(getter, event, []) === undefined),
    [true, true, true, true]);
  frame.remove();
  empty.remove();
});

test('a reaction of a custom element does not see who set the attribute', () => {
  const seen = [];
  class Spy extends HTMLElement {
    static observedAttributes = ['title'];
  }
  Spy.prototype.attributeChangedCallback = noteCaller(seen);
  Spy.prototype.connectedCallback = noteCaller(seen);
  customElements.define('x-spy', Spy);
  const parent = document.createElement('div');
  document.body.append(parent);
  api.setContent(parent, '<x-spy></x-spy>');
  api.setTitle(parent.firstChild, 'a title');
  equal(seen.length, 4);
  assert(seen.every((caller) => caller === null), 'a caller was seen');
});

test('a frame that is taken away as it hears an answer takes nothing along', async () => {
  for (let i = 0; i < 5; i++) {
    const frame = append('child.html');
    await untilLoaded(frame);
    await frame.contentWindow.api.echo(i).then(() => frame.remove());
  }
  equal(await api.echo('alive'), 'alive');
});

run();
