// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, message, result, row } from '../lib/dom.js';

const { legacy } = window.gallery;

function createControls(log) {
  const key = el('input', { id: 'legacy-key', type: 'text', value: 'someProperty', maxlength: 60 });
  const value = el('input', {
    id: 'legacy-value', type: 'text', value: 'set in one window', maxlength: 200,
  });
  const shown = result('legacy-shown', 'Not read yet');

  function attempt(action) {
    try {
      action();
    } catch (error) {
      log.error(message(error));
      shown.show(message(error), 'error');
    }
  }

  const set = () => attempt(() => {
    legacy.set(key.value, value.value);
    log.out(`sharedObject.${key.value} =`, value.value);
    shown.show('Set', '');
  });
  const get = () => attempt(() => {
    const read = legacy.get(key.value);
    log.in(`sharedObject.${key.value}`, read);
    shown.show(read === undefined ? 'undefined' : String(read), read === undefined ? '' : 'ok');
  });

  return [
    el('div', { class: 'fields' }, field('Property', key), field('Value', value)),
    row(button('legacy-set', 'Set', set, 'suggested'), button('legacy-get', 'Read', get)),
    shown,
  ];
}

function mount(stage, log) {
  const enabled = legacy.isEnabled();
  const open = () => {
    log.out('legacy:open-window');
    legacy.openWindow().catch((error) => log.error(message(error)));
  };

  stage.append(
    el('p', { class: 'warning', role: 'note', id: 'legacy-state' },
      el('strong', {}, enabled ? 'On in this window. ' : 'Off in this window. '),
      enabled
        ? 'Each access waits for the main process, as in old Electron. New code keeps shared data '
          + 'behind a handler.'
        : 'A window has it only when it was made with enableRemoteModule. Open two of those, set a '
          + 'property in one and read it in the other.'),
    row(button('legacy-open', 'Open a window that has it', open, enabled ? '' : 'suggested')));
  if (enabled) {
    stage.append(...createControls(log));
  }
}

export default {
  id: 'legacy',
  title: 'Shared object',
  icon: 'link',
  lead: 'The oldest way: `remote.getGlobal(\'sharedObject\')` gives every window the same object '
    + 'of the main process, and each property is read and written synchronously. It is here for '
    + 'apps that come from there, and off unless a window asks for it.',
  flow: {
    page: 'gallery.legacy.set(key, value)',
    preload: "remote.getGlobal('sharedObject')",
    main: 'mullion_app_set_global()',
  },
  mount,
};
