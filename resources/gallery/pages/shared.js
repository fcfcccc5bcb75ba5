// SPDX-License-Identifier: LGPL-2.1-or-later
import * as database from '../lib/database.js';
import { button, el, field, message, row } from '../lib/dom.js';

const { shared } = window.gallery;
const KEY = 'gallery-text';

/** The main process holds it, and tells every other window of a change. */
function createMainStore(show) {
  shared.all().then((all) => show(all.text || ''), (error) => show('', error));
  return {
    set: (value) => shared.set('text', value),
    stop: shared.onChange((key, value) => key === 'text' && show(value)),
  };
}

/** The browser holds it, and fires a storage event in every other window. */
function createLocalStore(show) {
  const listener = (event) => event.key === KEY && show(event.newValue || '');
  window.addEventListener('storage', listener);
  show(localStorage.getItem(KEY) || '');
  return {
    set: async (value) => localStorage.setItem(KEY, value),
    stop: () => window.removeEventListener('storage', listener),
  };
}

/** The database says nothing of its own accord: the windows tell each other by broadcast. */
function createDatabaseStore(show) {
  const channel = new BroadcastChannel(KEY);
  const fail = (error) => show('', error);
  const read = () => database.get(KEY).then((value) => show(value || ''), fail);
  channel.onmessage = read;
  read();
  return {
    async set(value) {
      await database.set(KEY, value);
      channel.postMessage('changed');
    },
    stop: () => channel.close(),
  };
}

const STORES = [
  ['main', 'Held in the main process', createMainStore],
  ['local', 'localStorage', createLocalStore],
  ['database', 'IndexedDB', createDatabaseStore],
];

function createRow([id, label, create], log) {
  const input = el('input', {
    id: `shared-${id}`, type: 'text', autocomplete: 'off', maxlength: 200,
  });
  const fail = (error) => log.error(label, message(error));
  const store = create((value, error) => {
    if (error) {
      fail(error);
    } else if (input.value !== value) {
      input.value = value;
      log.in(label, value);
    }
  });
  input.addEventListener('input', () => {
    log.out(label, input.value);
    store.set(input.value).catch(fail);
  });
  return { node: field(label, input), stop: store.stop };
}

function mount(stage, log) {
  const rows = STORES.map((entry) => createRow(entry, log));
  const open = () => {
    log.out('shared:open-window');
    shared.openWindow().catch((error) => log.error(message(error)));
  };

  stage.append(
    row(button('shared-open', 'Open a second window', open, 'suggested')),
    ...rows.map((one) => one.node),
    el('p', { class: 'hint' }, 'Type in one window and watch the other.'));
  return () => rows.forEach((one) => one.stop());
}

export default {
  id: 'shared',
  title: 'Shared data',
  icon: 'windows',
  lead: 'Three places for what two windows share: the main process, which tells the other '
    + 'windows of each change; `localStorage`, which fires an event there; and `IndexedDB`. Both '
    + 'windows come from one `app://` origin, so they see the same storage.',
  flow: {
    page: 'gallery.shared.set(key, value)',
    preload: "ipcRenderer.invoke('shared:set', …)",
    main: 'mullion_web_contents_get_all()',
  },
  mount,
};
