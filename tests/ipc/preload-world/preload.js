// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What a preload script finds in its world. Each check is run by the page as a test of its own.

const electron = require('electron');
const { contextBridge, ipcRenderer, webFrame, webUtils } = electron;

const atStart = {
  readyState: document.readyState,
  hasHead: document.head !== null,
  scripts: document.scripts.length,
  thisIsExports: this === exports && exports === module.exports,
  arguments: arguments.length,
};

let loaded = 0;
process.once('loaded', () => { loaded++; });

contextBridge.exposeInMainWorld('harness', {
  report: (name, ok, detail) => ipcRenderer.send('test:result', { name, ok, detail }),
  done: () => ipcRenderer.send('test:done'),
});

const equal = (actual, expected, text = 'the value') => {
  if (!Object.is(actual, expected)) {
    throw new Error(`${text} is ${String(actual)}, not ${String(expected)}`);
  }
};

const same = (actual, expected) => equal(JSON.stringify(actual), JSON.stringify(expected));

const throws = (fn, message) => {
  let thrown;
  try {
    fn();
  } catch (error) {
    thrown = error;
  }
  equal(thrown === undefined ? 'nothing was thrown' : thrown.message, message);
};

const rejects = async (promise, message) => {
  equal(await promise.then(() => 'nothing was rejected', (error) => error.message), message);
};

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Immediates run in their order; a timer may overtake them on a busy machine. */
const afterImmediates = () => new Promise((resolve) => setImmediate(resolve));

const IPC_RENDERER = ['addListener', 'emit', 'eventNames', 'getMaxListeners', 'handle',
  'handleOnce', 'invoke', 'listenerCount', 'listeners', 'off', 'on', 'once', 'postMessage',
  'prependListener', 'prependOnceListener', 'rawListeners', 'removeAllListeners', 'removeHandler',
  'removeListener', 'send', 'sendSync', 'sendTo', 'sendToHost', 'setMaxListeners', 'with'];

const methodsOf = (object) => {
  const names = new Set();
  for (let at = object; at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    Object.getOwnPropertyNames(at).forEach((name) => names.add(name));
  }
  names.delete('constructor');
  return [...names].sort();
};

const environment = {
  'it runs before the document has anything': () => {
    equal(atStart.readyState, 'loading');
    equal(atStart.hasHead, false);
    equal(atStart.scripts, 0);
  },
  'it is a CommonJS function': () => {
    equal(atStart.thisIsExports, true);
    equal(atStart.arguments, 8);
    equal(global, globalThis);
    equal(Buffer, undefined);
  },
  'require knows electron by its names': () => {
    for (const name of ['mullion', 'electron/renderer', 'electron/common']) {
      equal(require(name), electron, name);
    }
  },
  'electron has its members': () => same(Object.keys(electron).sort(),
    ['actions', 'contextBridge', 'ipcRenderer', 'webFrame', 'webUtils']),
  'actions has its members': () => same(Object.keys(electron.actions).sort(),
    ['activate', 'getState', 'on', 'setState']),
  'contextBridge has its members': () => same(Object.keys(contextBridge).sort(),
    ['executeInMainWorld', 'exposeInIsolatedWorld', 'exposeInMainWorld']),
  'ipcRenderer has its members': () => same(methodsOf(ipcRenderer), IPC_RENDERER),
  'webFrame has its members': () => same(Object.keys(webFrame).sort(),
    ['executeJavaScript', 'executeJavaScriptInIsolatedWorld', 'getZoomFactor', 'getZoomLevel',
      'insertCSS', 'removeInsertedCSS', 'setZoomFactor', 'setZoomLevel']),
  'webUtils has its members': () => same(Object.keys(webUtils), ['getPathForFile', 'getPathsForDrop']),
  'remote is there only for who asks': () => equal('remote' in electron, false),
  'require knows three modules of Node': () => {
    for (const name of ['events', 'timers', 'url']) {
      equal(require(`node:${name}`), require(name), name);
    }
  },
  'require knows nothing else': () => {
    for (const name of ['fs', 'node:fs', './other.js', '', 'toString', '__proto__', 'runtime']) {
      throws(() => require(name), `module not found: ${name}`);
    }
  },
};

const facts = {
  'process has its fields': () => {
    equal(process.type, 'renderer');
    equal(process.platform, 'linux');
    equal(process.contextIsolated, true);
    equal(process.sandboxed, true);
    equal(process.isMainFrame, true);
    equal(Array.isArray(process.argv), true);
    equal(typeof process.arch, 'string');
    equal(/^v\d+\.\d+\.\d+$/.test(process.version), true);
    equal(`v${process.versions.mullion}`, process.version);
    same(['webkit', 'gtk'].map((name) => typeof process.versions[name]), ['string', 'string']);
  },
  'process.env is empty': () => {
    same(Object.keys(process.env), []);
    equal(Object.isFrozen(process.env), true);
  },
  'process keeps what it says': () => {
    throws(() => { process.contextIsolated = false; },
      'Attempted to assign to readonly property.');
    equal(process.contextIsolated, true);
  },
  'process has no way to the system': () => {
    for (const name of ['cwd', 'exit', 'kill', 'binding', 'mainModule', 'stdout']) {
      equal(process[name], undefined, name);
    }
  },
  'process tells once that it is loaded': () => equal(loaded, 1),
  'the clocks of process go forward': async () => {
    const start = process.hrtime();
    const uptime = process.uptime();
    await later(20);
    const [seconds, nanoseconds] = process.hrtime(start);
    equal(seconds > 0 || nanoseconds >= 15e6, true);
    equal(process.uptime() > uptime, true);
    equal(typeof process.hrtime.bigint(), 'bigint');
  },
  'nextTick runs before any task': async () => {
    const seen = [];
    setImmediate(() => seen.push('immediate'));
    process.nextTick((value) => seen.push(value), 'tick');
    seen.push('now');
    await afterImmediates();
    same(seen, ['now', 'tick', 'immediate']);
  },
};

const immediates = {
  'setImmediate passes its arguments': () => new Promise((resolve, reject) => {
    setImmediate((...args) => {
      try {
        resolve(same(args, [1, 2]));
      } catch (error) {
        reject(error);
      }
    }, 1, 2);
  }),
  'clearImmediate takes it back': async () => {
    let ran = false;
    clearImmediate(setImmediate(() => { ran = true; }));
    await afterImmediates();
    equal(ran, false);
  },
  'a nested setImmediate is not held back': async () => {
    const start = performance.now();
    await new Promise((resolve) => {
      let left = 200;
      const step = () => (--left === 0 ? resolve() : setImmediate(step));
      step();
    });
    // Nested timers would take 4 ms each.
    equal(performance.now() - start < 500, true, 'that it takes less than 500 ms');
  },
  'what a callback throws keeps no other from running': async () => {
    let ran = false;
    setImmediate(() => { throw new Error('an immediate that throws'); });
    setImmediate(() => { ran = true; });
    await afterImmediates();
    equal(ran, true);
  },
  'setImmediate wants a function': () => throws(() => setImmediate('code'),
    'The "callback" argument must be of type function. Received string'),
  'the module timers has them all': () => {
    const timers = require('timers');
    equal(timers.setImmediate, setImmediate);
    same(Object.keys(timers).sort(), ['clearImmediate', 'clearInterval', 'clearTimeout',
      'setImmediate', 'setInterval', 'setTimeout']);
    return new Promise((resolve) => timers.setTimeout(resolve, 1));
  },
};

const modules = {
  'events is a class, and holds itself': () => {
    const EventEmitter = require('events');
    equal(EventEmitter.EventEmitter, EventEmitter);
    const emitter = new EventEmitter();
    const seen = [];
    emitter.on('newListener', (name) => seen.push(`new ${name}`));
    emitter.once('a', (value) => seen.push(value));
    emitter.emit('a', 1);
    emitter.emit('a', 2);
    same(seen, ['new a', 1]);
    throws(() => emitter.emit('error', new Error('unheard')), 'unheard');
  },
  'events.once waits': async () => {
    const { EventEmitter, once } = require('events');
    const emitter = new EventEmitter();
    setTimeout(() => emitter.emit('a', 1, 2));
    same(await once(emitter, 'a'), [1, 2]);
    setTimeout(() => emitter.emit('error', new Error('first')));
    await rejects(once(emitter, 'b'), 'first');
  },
  'an old-style subclass of EventEmitter': () => {
    const EventEmitter = require('events');
    function Old() { EventEmitter.call(this); }
    Object.setPrototypeOf(Old.prototype, EventEmitter.prototype);
    let heard;
    new Old().on('a', (value) => { heard = value; }).emit('a', 5);
    equal(heard, 5);
  },
  'url reads and writes file URLs': () => {
    const url = require('url');
    equal(url.fileURLToPath('file:///a%20b/%C3%A9'), '/a b/é');
    equal(url.pathToFileURL('/a b/#é?%').href, 'file:///a%20b/%23%C3%A9%3F%25');
    throws(() => url.fileURLToPath('http://x/'), 'The URL must be of scheme file');
    equal(new url.URL('/x', 'app://host/y').href, 'app://host/x');
  },
  'url parses, formats and resolves as of old': () => {
    const url = require('url');
    const { host, pathname, query } = url.parse('http://user@h:8/p?a=1#z', true);
    same([host, pathname, query.a], ['h:8', '/p', '1']);
    equal(url.format({ protocol: 'https', host: 'h', pathname: 'p' }), 'https://h/p');
    equal(url.resolve('/one/two', '../three'), '/three');
  },
};

const frames = {
  'executeJavaScript runs in the page': async () => {
    equal(await webFrame.executeJavaScript('window.pageSecret'), 'of the page');
    equal(typeof window.pageSecret, 'undefined');
  },
  'executeJavaScript copies its result': async () => {
    const result = await webFrame.executeJavaScript('Promise.resolve({ a: [1, new Date(5)] })');
    equal(Object.getPrototypeOf(result), Object.prototype);
    equal(result.a[1].getTime(), 5);
    equal(result.a[1] instanceof Date, true);
  },
  'executeJavaScript rejects with what is thrown': async () => {
    await rejects(webFrame.executeJavaScript('throw new TypeError("thrown")'), 'thrown');
    await rejects(webFrame.executeJavaScript('Promise.reject(new Error("rejected"))'), 'rejected');
  },
  'an isolated world is neither': async () => {
    const run = (code) => webFrame.executeJavaScriptInIsolatedWorld(1000, [{ code }]);
    equal(await run('typeof pageSecret + typeof require'), 'undefinedundefined');
    equal(await run('globalThis.kept = 7; document.title'), document.title);
    equal(await run('kept'), 7);
    await rejects(webFrame.executeJavaScriptInIsolatedWorld(5, [{ code: '1' }]),
      'The id of a world must be 0, 999, or a whole number from 1000 on');
  },
  'insertCSS styles the page until it is removed': async () => {
    const colour = () => getComputedStyle(document.body).color;
    const before = colour();
    const key = webFrame.insertCSS('body { color: rgb(1, 2, 3) !important; }');
    equal(colour(), 'rgb(1, 2, 3)');
    webFrame.removeInsertedCSS(key);
    equal(colour(), before);
    webFrame.removeInsertedCSS('no such key');
  },
  'the zoom is set and read': () => {
    webFrame.setZoomFactor(1.5);
    equal(webFrame.getZoomFactor(), 1.5);
    webFrame.setZoomLevel(0);
    equal(webFrame.getZoomFactor(), 1);
    equal(webFrame.getZoomLevel(), 0);
    throws(() => webFrame.setZoomFactor(0), "'zoomFactor' must be a double greater than 0.0");
    throws(() => webFrame.setZoomFactor('2'), 'The zoom factor must be a finite number');
  },
  'webUtils knows no path of what no user gave': () => {
    throws(() => webUtils.getPathForFile({}),
      'getPathForFile expected to receive a File object but one was not provided');
    same(webUtils.getPathForFile(new File([], 'a')), '');
    same(webUtils.getPathsForDrop(new Event('drop')), []);
    const event = new DragEvent('drop', { dataTransfer: new DataTransfer() });
    window.dispatchEvent(event);
    same(webUtils.getPathsForDrop(event), []);
  },
};

const checks = { ...environment, ...facts, ...immediates, ...modules, ...frames };
global.leaked = 'not to the page';
const implicit = 1;

contextBridge.exposeInMainWorld('preload', {
  names: Object.keys(checks),
  run: (name) => checks[name](),
  implicit,
});
