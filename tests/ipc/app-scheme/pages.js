// SPDX-License-Identifier: LGPL-2.1-or-later
// What a page can rely on under app://, and what it cannot get at. The harness
// (../harness.js, a classic script) gives test, assert, equal, fail and run.
import { answer } from './answer.mjs';

const here = new URL('.', location.href).href;

/** Resolves with the first `type` event of `target`, rejects with its error. */
function once(target, type) {
  return new Promise((resolve, reject) => {
    target.addEventListener(type, resolve, { once: true });
    target.addEventListener('error', () => reject(target.error ?? new Error('error event')),
                            { once: true });
  });
}

/** Loads `address` into a frame and resolves with that frame. */
async function frameOf(address) {
  const frame = document.createElement('iframe');
  const loaded = once(frame, 'load');
  frame.src = address;
  document.body.append(frame);
  await loaded;
  return frame;
}

/** Checks that `fn` throws, or rejects with, a `Class`; the text is WebKit's own. */
async function refuses(fn, Class) {
  try {
    await fn();
  } catch (error) {
    assert(error instanceof Class, `${fn} threw ${error}`);
    return;
  }
  fail(`${fn} was not refused`);
}

const range = (value) => fetch('digits.txt', { headers: { Range: value } });

test('the origin is app://<host>, and secure', () => {
  assert(/^app:\/\/[a-z0-9.-]+$/.test(origin), origin);
  equal(location.protocol, 'app:');
  equal(`app://${location.host}`, origin);
  assert(isSecureContext, 'a secure context');
  assert(typeof crypto.subtle === 'object', 'crypto.subtle');
});

test('modules are imported, with import and import()', async () => {
  equal(answer, 42);
  equal((await import('./answer.mjs')).answer, 42);
});

test('files have the right types, and are not sniffed', async () => {
  const types = {
    'index.html': 'text/html; charset=utf-8',
    'style.css': 'text/css; charset=utf-8',
    'pages.js': 'text/javascript; charset=utf-8',
    'answer.mjs': 'text/javascript; charset=utf-8',
    'digits.txt': 'text/plain; charset=utf-8',
    'add.wasm': 'application/wasm',
  };
  for (const [name, type] of Object.entries(types)) {
    const response = await fetch(name);
    equal(response.status, 200);
    equal(response.headers.get('Content-Type'), type);
    equal(response.headers.get('X-Content-Type-Options'), 'nosniff');
  }
  equal(getComputedStyle(document.getElementById('styled')).color, 'rgb(1, 2, 3)');
  equal(document.getElementById('styled').textContent, '\u03a9');
});

test('a whole file comes with its length', async () => {
  const response = await fetch('digits.txt');
  equal(response.headers.get('Content-Length'), '10');
  equal(response.headers.get('Accept-Ranges'), 'bytes');
  equal(await response.text(), '0123456789');
});

test('byte ranges', async () => {
  const parts = { 'bytes=2-4': ['234', '2-4'], 'bytes=7-': ['789', '7-9'],
                  'bytes=-1': ['9', '9-9'], 'bytes=8-99': ['89', '8-9'] };
  for (const [value, [text, span]] of Object.entries(parts)) {
    const response = await range(value);
    equal(response.status, 206);
    equal(response.headers.get('Content-Range'), `bytes ${span}/10`);
    equal(response.headers.get('Content-Length'), String(text.length));
    equal(await response.text(), text);
  }
});

test('byte ranges that cannot be had', async () => {
  const response = await range('bytes=10-');
  equal(response.status, 416);
  equal(response.headers.get('Content-Range'), 'bytes */10');
  for (const value of ['bytes=0-1,3-4', 'bytes=4-2', 'bytes=x', 'lines=1-2']) {
    const whole = await range(value);
    equal(whole.status, 200);
    equal(await whole.text(), '0123456789');
  }
});

test('HEAD has headers and no body, other methods are refused', async () => {
  const head = await fetch('digits.txt', { method: 'HEAD' });
  equal(head.status, 200);
  equal(head.headers.get('Content-Length'), '10');
  equal(await head.text(), '');
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const response = await fetch('digits.txt', { method });
    equal(response.status, 405);
    equal(response.headers.get('Allow'), 'GET, HEAD');
  }
});

test('a missing file is a 404 with a reason', async () => {
  const response = await fetch('missing.txt');
  equal(response.status, 404);
  assert((await response.text()).includes('missing.txt'), 'names the file');
});

test('a folder is its index.html', async () => {
  equal((await fetch('folder/')).status, 200);
  equal((await fetch('folder')).status, 404);
  const frame = await frameOf('folder/');
  equal(frame.contentDocument.title, 'folder with relative links');
  frame.remove();
});

test('a folder without its slash leads to the one with it', async () => {
  const frame = await frameOf('folder?a=1#b');
  while (!frame.contentWindow.location.pathname.endsWith('/'))
    await once(frame, 'load');
  equal(frame.contentWindow.location.href, `${here}folder/?a=1#b`);
  frame.remove();
});

test('there is no way out of the folder', async () => {
  const refused = ['/..%2f..%2fetc/passwd', '/%2e%2e%2fetc%2fpasswd', '/..%5c..%5cetc', '/a//etc/passwd',
                   '/..\\..\\etc\\passwd', '/etc%2Fpasswd'];
  for (const path of refused)
    equal((await fetch(origin + path)).status, 403);
  for (const path of ['/a%00.txt', '/%', '/%zz', '/%ff', '/%c0%ae%c0%ae/etc/passwd'])
    equal((await fetch(origin + path)).status, 400);
  // WebKit itself resolves these, against the root of the origin.
  for (const path of ['/../../../etc/passwd', '/%2e%2e/%2E%2e/etc/passwd', '/etc/passwd'])
    equal((await fetch(origin + path)).status, 404);
  equal((await fetch(`${origin}/${'a'.repeat(300)}`)).status, 414);
});

test('other hosts and schemes are out of reach', async () => {
  for (const address of ['app://other/index.html', `${origin}:80/`, 'app:///etc/passwd',
                         'file:///etc/passwd', 'resource:///org/gtk/libgtk/theme/Default/gtk.css'])
    await refuses(() => fetch(address), TypeError);
});

test('the policy stops inline scripts and handlers', () => {
  document.getElementById('inline-handler').click();
  equal(window.inlineScriptRan, undefined);
  equal(window.inlineHandlerRan, undefined);
  assert(window.violations.includes('script-src-elem inline'), window.violations.join(', '));
});

test('the policy stops eval and remote hosts', async () => {
  await refuses(() => (0, eval)('1'), EvalError);
  await refuses(() => new Function('return 1'), EvalError);
  await refuses(() => fetch('https://example.org/'), TypeError);
  assert(window.violations.includes('connect-src https://example.org/'), window.violations.join(', '));
});

test('WebAssembly and workers of the app run', async () => {
  const { instance } = await WebAssembly.instantiateStreaming(fetch('add.wasm'));
  equal(instance.exports.add(2, 3), 5);
  equal((await once(new Worker('worker.js'), 'message')).data, origin);
});

test('localStorage and sessionStorage keep what they are given', () => {
  for (const storage of [localStorage, sessionStorage]) {
    storage.setItem('app-scheme', 'kept');
    equal(storage.getItem('app-scheme'), 'kept');
    storage.removeItem('app-scheme');
    equal(storage.getItem('app-scheme'), null);
  }
});

test('IndexedDB keeps what it is given', async () => {
  const opening = indexedDB.open('app-scheme', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('store');
  await once(opening, 'success');
  const store = () => opening.result.transaction('store', 'readwrite').objectStore('store');
  await once(store().put({ kept: true }, 'key'), 'success');
  equal((await once(store().get('key'), 'success')).target.result.kept, true);
  opening.result.close();
});

test('the page sees its query and hash', async () => {
  const frame = await frameOf('folder/?a=1&b=%20c#top');
  equal(frame.contentWindow.location.search, '?a=1&b=%20c');
  equal(frame.contentWindow.location.hash, '#top');
  equal(frame.contentDocument.title, 'folder with relative links');
  frame.remove();
});

run();
