// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, result } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { shortcuts } = window.gallery;

function mount(stage, log) {
  const list = el('dl', { class: 'choices', id: 'shortcuts' });
  const outcome = result('shortcuts-outcome', 'No key is heard');
  const follow = follower(log, outcome);

  const toggle = async (accelerator, isOurs) => {
    await (isOurs
      ? follow('shortcuts:unregister', () => shortcuts.unregister(accelerator),
        () => `${accelerator} is given back`)
      : follow('shortcuts:register', () => shortcuts.register(accelerator),
        () => `${accelerator} is heard in any window: try it in another one`));
    await show();
  };

  function createChoice([accelerator, isOurs], index) {
    return [
      el('dt', {}, el('code', {}, accelerator)),
      el('dd', {}, button(`shortcut-${index}`, isOurs ? 'Give it back' : 'Take it',
        () => toggle(accelerator, isOurs))),
    ];
  }

  async function show() {
    try {
      list.replaceChildren(...Object.entries(await shortcuts.list()).flatMap(createChoice));
    } catch (error) {
      outcome.show(message(error), 'error');
    }
  }

  const unsubscribe = shortcuts.onPressed((accelerator) => {
    log.in('shortcuts:pressed', accelerator);
    outcome.show(`${accelerator} was pressed, at ${new Date().toLocaleTimeString()}`);
  });

  stage.append(list, outcome,
    el('p', { class: 'hint' }, 'A key that another program has is refused. On Wayland the portal of '
      + 'the desktop decides, and may ask you.'));
  show();
  return unsubscribe;
}

export default {
  id: 'shortcuts',
  title: 'Global shortcuts',
  icon: 'key',
  lead: 'Keys that are heard wherever the focus is. The page chooses from a few that the main process '
    + 'knows: one that could take any key would hear what you type elsewhere.',
  flow: {
    page: 'await gallery.shortcuts.register(key)',
    preload: "ipcRenderer.invoke('shortcuts:register', …)",
    main: 'mullion_global_shortcut_register_async()',
  },
  mount,
};
