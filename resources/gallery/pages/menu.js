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

  const clicked = result('menu-clicked', 'The window has no menu bar');

  async function showBar(shown) {
    log.out('menu:show-bar', shown);
    await menu.showBar(shown);
    clicked.show(shown ? 'Choose from the bar, or press Ctrl+Shift+F' : 'The window has no menu bar',
      '');
  }

  const unsubscribe = menu.onClick((item) => {
    log.in('menu:click', item);
    const state = item.checked ? 'on' : 'off';
    clicked.show(`${item.label.replace('&', '')} is ${state}`);
  });

  const glass = button('menu-glass', 'With glass', async () => {
    log.out('app.glass', 'activate');
    await menu.toggleGlass();
  });
  const glassState = result('menu-glass-state');

  function showGlass({ state, enabled }) {
    glass.setAttribute('aria-pressed', state);
    glass.disabled = !enabled;
    glassState.show(`The action app.glass is ${state ? 'on' : 'off'}`, state ? 'ok' : '');
  }

  const listening = menu.onGlass((action) => {
    log.in('app.glass', action);
    showGlass(action);
  });
  menu.getGlass().then(showGlass);

  stage.append(area, row(open), chosen,
    row(button('menu-bar', 'Show a menu bar', () => showBar(true)),
      button('menu-no-bar', 'Take it away', () => showBar(false), 'flat')),
    clicked,
    row(glass), glassState);
  return () => {
    unsubscribe();
    listening.then((stop) => stop());
    menu.showBar(false);
  };
}

export default {
  id: 'menu',
  title: 'Native menus',
  icon: 'menu',
  lead: 'The page asks for a menu at a point, or above itself. The main process makes it from a '
    + 'template as Electron has them, with roles, accelerators and check marks; what opens is a '
    + 'menu of GTK, which may reach out of the window and follows the theme of the desktop. The '
    + 'last button, the item “With Glass” of the bar and Ctrl+Shift+G are one action, with one '
    + 'state.',
  flow: {
    page: 'await gallery.menu.popup(x, y)',
    preload: "ipcRenderer.invoke('menu:popup', …)",
    main: 'mullion_menu_popup_async()',
  },
  mount,
};
