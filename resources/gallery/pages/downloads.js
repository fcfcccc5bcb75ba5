// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { downloads } = window.gallery;

const inMiB = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

const endings = {
  completed: ({ path }) => path,
  cancelled: () => 'Cancelled; nothing of it is left',
  interrupted: () => 'It broke off; nothing of it is left',
};

/** A download, from the first that is heard of it to its end. */
function createRow(id, cancel) {
  const bar = el('progress', { 'aria-label': `How far download ${id} is` });
  const state = el('span', { class: 'download-state' });
  const stop = button(`download-cancel-${id}`, 'Cancel', cancel, 'flat');
  const node = el('li', { class: 'case', id: `download-${id}` },
    el('div', { class: 'case-head' }, state, stop), bar);

  node.show = (item) => {
    bar.max = item.total;
    bar.value = item.received;
    node.dataset.state = item.state;
    state.textContent = endings[item.state]?.(item)
      ?? `${inMiB(item.received)} of ${inMiB(item.total)}`;
    if (item.state in endings) {
      stop.remove();
      bar.remove();
    }
  };
  return node;
}

function mount(stage, log) {
  const list = el('ul', { class: 'cases', id: 'downloads' });
  const outcome = result('downloads-outcome', 'Nothing is downloaded');
  const follow = follower(log, outcome);
  const rows = new Map();

  const unsubscribe = downloads.onChanged((item) => {
    if (!rows.has(item.id)) {
      rows.set(item.id, createRow(item.id, () => follow('downloads:cancel',
        () => downloads.cancel(item.id))));
      list.prepend(rows.get(item.id));
    }
    if (item.state !== 'progressing') {
      log.in('downloads:changed', item.state);
      outcome.show(`Download ${item.id} is ${item.state}`,
        item.state === 'completed' ? 'ok' : 'error');
    }
    rows.get(item.id).show(item);
  });

  stage.append(row(button('download-start', 'Download a file', () => follow('downloads:start',
    downloads.start, () => 'It is on its way'), 'suggested')),
  list, outcome,
  el('p', { class: 'hint' }, 'The file comes from a server of the Gallery on this machine, which takes its '
    + 'time. At most four come at a time.'));
  return unsubscribe;
}

export default {
  id: 'downloads',
  title: 'Downloads',
  icon: 'download',
  lead: 'What a page loads onto the disk: the main process says whether it may and where to, and tells how '
    + 'far it is. A file is at its place as a whole, or not at all.',
  flow: {
    page: 'await gallery.downloads.start()',
    preload: "ipcRenderer.invoke('downloads:start')",
    main: 'mullion_download_item_set_save_path()',
  },
  mount,
};
