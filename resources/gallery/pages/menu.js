// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, result, row } from '../lib/dom.js';

const { menu } = window.gallery;

function mount(stage, log) {
  const chosen = result('chosen', 'Nothing chosen yet');

  async function popup(x, y) {
    log.out('menu:popup', Math.round(x), Math.round(y));
    try {
      const choice = await menu.popup(x, y);
      log.in(choice);
      chosen.show(choice === null ? 'Closed with nothing chosen' : `Chosen: ${choice}`,
        choice === null ? '' : 'ok');
    } catch (error) {
      log.error(message(error));
      chosen.show(message(error), 'error');
    }
  }

  const area = el('div', {
    id: 'menu-area', class: 'area', tabindex: 0, role: 'group', 'aria-label': 'Context menu area',
    oncontextmenu: (event) => {
      event.preventDefault();
      popup(event.clientX, event.clientY);
    },
  }, el('span', {}, 'Right-click here, or press the Menu key'));

  const open = button('menu-open', 'Open the menu here', () => {
    const box = open.getBoundingClientRect();
    popup(box.left + box.width / 2, box.bottom);
  }, 'suggested');

  stage.append(area, row(open), chosen);
}

export default {
  id: 'menu',
  title: 'Native menu',
  icon: 'menu',
  lead: 'The page asks for a menu at a point. What opens is a `GtkPopoverMenu` that the main '
    + 'process made from a `GMenu`: it may reach out of the window, follows the theme of the '
    + 'desktop, and tells the page what was chosen, or that it was closed with nothing.',
  flow: {
    page: 'await gallery.menu.popup(x, y)',
    preload: "ipcRenderer.invoke('menu:popup', …)",
    main: 'gtk_popover_popup()',
  },
  mount,
};
