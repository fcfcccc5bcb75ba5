// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, result, row } from '../lib/dom.js';

const { crash } = window.gallery;

const KEY = 'crash-text';

function describe({ count, process, reason }) {
  return count === 0
    ? `This page lives in process ${process}, its first`
    : `Came back in process ${process}; the one before was ${reason}. Deaths so far: ${count}`;
}

function mount(stage, log) {
  const kept = el('textarea', { id: 'crash-text', rows: 3 },
    sessionStorage.getItem(KEY) ?? 'Write something, then end the page.');
  const state = result('crash-state', 'Asking the main process…');

  kept.addEventListener('input', () => sessionStorage.setItem(KEY, kept.value));

  async function look() {
    const report = await crash.report();
    state.show(describe(report), report.count === 0 ? '' : 'error');
    log.in('crash:report', report);
  }

  function end() {
    log.out('crash:end');
    crash.end();
  }

  stage.append(field('Kept in sessionStorage as you type', kept),
    row(button('crash-end', 'End the process of this page', end, 'suggested')), state);
  look();
}

export default {
  id: 'crash',
  title: 'A page dies',
  icon: 'skull',
  lead: 'A web process can crash, run out of memory, or be killed. The window stays, all calls end '
    + 'with an error, and `render-process-gone` says why. With `reloadAfterCrash` the page comes '
    + 'back with its history and its `sessionStorage`; the third time within a minute the window '
    + 'says that it stopped working instead, and offers to try again.',
  flow: {
    page: 'gallery.crash.end()',
    preload: "ipcRenderer.send('crash:end')",
    main: 'mullion_web_contents_forcefully_crash_renderer()',
  },
  mount,
};
