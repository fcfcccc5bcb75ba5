// SPDX-License-Identifier: LGPL-2.1-or-later
import { el, message, result } from '../lib/dom.js';

const { drag } = window.gallery;

function mount(stage, log) {
  const left = result('drag-out-outcome', 'Nothing was dragged away');
  const came = result('drag-in-outcome', 'Nothing was dropped');

  const source = el('div', {
    id: 'drag-source', class: 'area is-source', draggable: 'true',
    ondragstart: async (event) => {
      // The drag of the page would carry a text; the main process begins one of a file.
      event.preventDefault();
      log.out('drag:start');
      try {
        await drag.start();
        left.show('A file is on its way: let it go above a file manager');
      } catch (error) {
        log.error(message(error));
        left.show(message(error), 'error');
      }
    },
  }, 'Drag this pane out of the window');

  const target = el('div', {
    id: 'drag-target', class: 'area',
    ondragover: (event) => event.preventDefault(),
    ondrop: (event) => event.preventDefault(),
  }, 'Drop files here');
  const chosen = el('input', { id: 'drag-input', type: 'file', multiple: true });

  const unsubscribe = drag.onFiles((names) => {
    log.in('drop', ...names);
    came.show(names.length === 0 ? 'That was no file' : names.join(', '));
  });

  stage.append(el('h3', { class: 'minor' }, 'Out'), source, left,
    el('h3', { class: 'minor' }, 'In'), target,
    el('div', { class: 'field' }, el('label', { for: 'drag-input' }, 'Or choose them'), chosen), came);
  return unsubscribe;
}

export default {
  id: 'drag',
  title: 'Drag and drop',
  icon: 'drag',
  lead: 'Files cross the edge of the window, either way. Which file leaves, the main process says; where one '
    + 'that comes lies, only the preload script hears.',
  flow: {
    page: 'await gallery.drag.start()',
    preload: 'webUtils.getPathsForDrop(event)',
    main: 'mullion_web_contents_start_drag()',
  },
  mount,
};
